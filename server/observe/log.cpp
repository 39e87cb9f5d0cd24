#include "observe/log.hpp"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace parley::observe {

namespace {

// The one global: spdlog's default logger, and the form of its lines. Written by start_log alone, before any thread.
LogFormat chosen_format = LogFormat::text;
bool started = false;

void append_escaped(std::string& out, std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (byte < 0x20 || byte == 0x7F) {
            fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(byte));
        } else {
            out += c;
        }
    }
}

void append_text(std::string& out, std::string_view text, bool always_quoted) {
    const bool quoted = always_quoted || text.empty() || text.find_first_of(" =\"\\\t\r\n") != std::string_view::npos;
    if (quoted) out += '"';
    append_escaped(out, text);
    if (quoted) out += '"';
}

void append_value(std::string& out, const Field& field, LogFormat format) {
    std::visit(
        [&]<class Value>(const Value& value) {
            if constexpr (std::is_same_v<Value, std::string_view>) {
                append_text(out, value, format == LogFormat::json);
            } else {
                fmt::format_to(std::back_inserter(out), "{}", value);
            }
        },
        field.value);
}

void write(spdlog::level::level_enum level, std::string_view event, Fields fields) {
    if (!started || !spdlog::should_log(level)) return;
    spdlog::log(level, "{}", log_line(chosen_format, event, fields));
}

spdlog::level::level_enum level_of(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warn:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
    }
    return spdlog::level::info;
}

}  // namespace

std::string log_line(LogFormat format, std::string_view event, Fields fields) {
    std::string line;
    if (format == LogFormat::json) {
        line += "\"event\":";
        append_text(line, event, true);
    } else {
        line += event;
    }
    for (const auto& field : fields) {
        if (format == LogFormat::json) {
            line += ",\"";
            append_escaped(line, field.key);
            line += "\":";
        } else {
            line += ' ';
            append_escaped(line, field.key);
            line += '=';
        }
        append_value(line, field, format);
    }
    return line;
}

void start_log(Level lowest, LogFormat format) {
    chosen_format = format;
    auto logger = spdlog::stderr_logger_mt("parley");
    logger->set_pattern(format == LogFormat::json ? R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})"
                                                  : "%Y-%m-%dT%H:%M:%S.%eZ %l %v",
                        spdlog::pattern_time_type::utc);
    logger->set_level(level_of(lowest));
    logger->flush_on(spdlog::level::warn);
    spdlog::set_default_logger(std::move(logger));
    started = true;
}

void flush_log() {
    spdlog::default_logger()->flush();
}

void debug(std::string_view event, Fields fields) {
    write(spdlog::level::debug, event, fields);
}
void info(std::string_view event, Fields fields) {
    write(spdlog::level::info, event, fields);
}
void warn(std::string_view event, Fields fields) {
    write(spdlog::level::warn, event, fields);
}
void error(std::string_view event, Fields fields) {
    write(spdlog::level::err, event, fields);
}

}  // namespace parley::observe
