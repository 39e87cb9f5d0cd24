// The command line of parley-cli.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "client_native/url.hpp"

namespace parley::cli {

struct Options {
    native::Url url;
    std::string name;
    std::string password;
    std::string invite;
    bool registers = false;
    bool json = false;
};

// Or the exit code, after the reason (or the help) was printed: 0 for --help, 2 for a line that makes no sense.
[[nodiscard]] std::variant<Options, int> parse_options(int argc, const char* const* argv, bool on_a_terminal);

// The first line of the file, without its end.
[[nodiscard]] std::expected<std::string, std::string> read_secret(const std::string& path);

}  // namespace parley::cli
