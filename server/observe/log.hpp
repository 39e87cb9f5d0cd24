// The log: one line per event on stderr, "event key=value …" or JSON. Any thread. Never a password, a token or the body
// of a message. Control characters and quotes in values are escaped, so that one event is one line (THREATS T42).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace parley::observe {

enum class Level : std::uint8_t { debug, info, warn, error };
enum class LogFormat : std::uint8_t { text, json };

struct Field {
    std::string_view key;
    std::variant<std::string_view, std::uint64_t, std::int64_t, double> value;

    Field(std::string_view name, std::string_view text) : key(name), value(text) {}
    Field(std::string_view name, const std::string& text) : key(name), value(std::string_view(text)) {}
    Field(std::string_view name, const char* text) : key(name), value(std::string_view(text)) {}
    Field(std::string_view name, std::uint64_t number) : key(name), value(number) {}
    Field(std::string_view name, std::int64_t number) : key(name), value(number) {}
    Field(std::string_view name, double number) : key(name), value(number) {}
};
using Fields = std::initializer_list<Field>;

// Once, before any thread is started; until then nothing is written.
void start_log(Level lowest, LogFormat format);
void flush_log();

void debug(std::string_view event, Fields fields = {});
void info(std::string_view event, Fields fields = {});
void warn(std::string_view event, Fields fields = {});
void error(std::string_view event, Fields fields = {});

// The line without its time and level, as start_log's format has it; for the tests.
[[nodiscard]] std::string log_line(LogFormat format, std::string_view event, Fields fields);

}  // namespace parley::observe
