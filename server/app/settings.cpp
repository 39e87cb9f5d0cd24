#include "app/settings.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace parley::app {

namespace {

using Set = std::expected<void, std::string>;

std::optional<std::uint32_t> number_in(std::string_view text, std::uint32_t lowest, std::uint32_t highest) {
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < lowest || value > highest)
        return std::nullopt;
    return value;
}

template <class Value>
Set set_word(Value& out, std::string_view text, std::initializer_list<std::pair<std::string_view, Value>> words) {
    std::string known;
    for (const auto& [word, value] : words) {
        if (word == text) {
            out = value;
            return {};
        }
        known += (known.empty() ? "" : ", ") + std::string(word);
    }
    return std::unexpected("must be one of: " + known);
}

// Address and port are split at the last colon; an IPv6 address stands in brackets.
Set set_listen(Settings& settings, std::string_view text) {
    const auto colon = text.rfind(':');
    const auto port = colon == std::string_view::npos ? std::nullopt : number_in(text.substr(colon + 1), 0, 65535);
    if (!port || colon == 0) return std::unexpected("must be ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:0");
    auto address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
    settings.address = address;
    settings.port = static_cast<std::uint16_t>(*port);
    return {};
}

Set set_data(Settings& settings, std::string_view text) {
    if (text.empty()) return std::unexpected("must name a directory");
    settings.data = text;
    return {};
}

Set set_web(Settings& settings, std::string_view text) {
    settings.web = text;
    return {};
}

Set set_threads(Settings& settings, std::string_view text) {
    const auto count = number_in(text, 0, 256);
    if (!count) return std::unexpected("must be a number from 0 (one per core) to 256");
    settings.threads = *count;
    return {};
}

std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        auto word = text.substr(0, comma);
        text.remove_prefix(std::min(comma + 1, text.size()));
        while (word.starts_with(' ')) word.remove_prefix(1);
        while (word.ends_with(' ')) word.remove_suffix(1);
        if (!word.empty()) words.emplace_back(word);
    }
    return words;
}

Set set_hosts(Settings& settings, std::string_view text) {
    settings.hosts = words_of(text);
    return {};
}

Set set_origins(Settings& settings, std::string_view text) {
    settings.origins = words_of(text);
    for (const auto& origin : settings.origins) {
        if (!origin.starts_with("https://") && !origin.starts_with("http://"))
            return std::unexpected("must be origins such as https://chat.example.org, with commas between them");
    }
    return {};
}

Set set_registration(Settings& settings, std::string_view text) {
    if (text == "auto") {
        settings.registration.reset();
        return {};
    }
    auto rule = Registration::closed;
    const auto set =
        set_word(rule, text, {{"open", Registration::open}, {"closed", Registration::closed}, {"auto", rule}});
    if (set) settings.registration = rule;
    return set;
}

Set set_log_level(Settings& settings, std::string_view text) {
    using observe::Level;
    return set_word(settings.log_level, text,
                    {{"debug", Level::debug}, {"info", Level::info}, {"warn", Level::warn}, {"error", Level::error}});
}

Set set_log_format(Settings& settings, std::string_view text) {
    return set_word(settings.log_format, text,
                    {{"text", observe::LogFormat::text}, {"json", observe::LogFormat::json}});
}

Set set_profile(Settings& settings, std::string_view text) {
    return set_word(settings.profile, text, {{"normal", RunProfile::normal}, {"bench", RunProfile::bench}});
}

constexpr std::array<Key, 10> kKeys{{
    {"server.listen", "--listen", "127.0.0.1:8080", "where to listen, as ADDRESS:PORT; port 0 picks a free one",
     set_listen},
    {"server.data", "--data", "./parley-data", "the data directory", set_data},
    {"server.web", "--web", "", "serve the web client from this folder instead of the embedded one", set_web},
    {"server.threads", "--threads", "0", "shards, each with a thread; 0: one per core", set_threads},
    {"server.hosts", "--hosts", "", "further names by which browsers reach this server, with commas between them",
     set_hosts},
    {"server.origins", "--origins", "", "further origins whose pages may connect, with commas between them",
     set_origins},
    {"server.registration", "--registration", "auto", "who may make an account: auto (open on loopback), open, closed",
     set_registration},
    {"server.profile", "--profile", "normal", "normal, or bench: no rate limits, cheapest password hashes",
     set_profile},
    {"log.level", "--log-level", "info", "the least that is logged: debug, info, warn, error", set_log_level},
    {"log.format", "--log-format", "text", "text or json", set_log_format},
}};

}  // namespace

std::span<const Key> keys() {
    return kKeys;
}

std::expected<Settings, std::string> settings_from(std::span<const Values> sources) {
    Settings settings;
    for (const auto& source : sources) {
        for (const auto& [name, text] : source) {
            const auto key =
                std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& known) { return known.name == name; });
            if (key == kKeys.end()) return std::unexpected(name + " is not a key");
            if (const auto set = key->set(settings, text); !set) return std::unexpected(name + " " + set.error());
        }
    }
    return settings;
}

}  // namespace parley::app
