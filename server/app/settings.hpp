// How a server is to run. Every key can be given by flag, environment, file, in this order of precedence; unknown keys
// and values out of range are errors that say what would be right.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "observe/log.hpp"
#include "protocol/people.hpp"

namespace parley::app {

enum class RunProfile : std::uint8_t { normal, bench };  // bench: no rate limits, cheapest password hashes

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string data = "./parley-data";
    std::string web;          // a folder to serve the web client from instead of the embedded one
    std::size_t threads = 0;  // shards; 0: one per core
    std::vector<std::string> hosts;
    std::vector<std::string> origins;
    std::optional<Registration> registration;  // nothing: DESIGN section 7's default
    observe::Level log_level = observe::Level::info;
    observe::LogFormat log_format = observe::LogFormat::text;
    RunProfile profile = RunProfile::normal;
};

// One key as every source names it: "server.listen" in the file is [server] listen, PARLEY_SERVER__LISTEN in the
// environment, --listen on the command line.
struct Key {
    std::string_view name;
    std::string_view flag;
    std::string_view fallback;
    std::string_view meaning;
    // Sets the key from its text; the error is the end of a sentence that starts with the key's name.
    std::expected<void, std::string> (*set)(Settings& settings, std::string_view text);
};
[[nodiscard]] std::span<const Key> keys();

// Key name → text, from one source. Later maps win.
using Values = std::map<std::string, std::string, std::less<>>;
[[nodiscard]] std::expected<Values, std::string> values_of_file(const std::string& path);
[[nodiscard]] std::expected<Values, std::string> values_of_environment(const char* const* environment);
[[nodiscard]] std::expected<Settings, std::string> settings_from(std::span<const Values> sources);

}  // namespace parley::app
