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
    std::string outbox;     // a file for what is not sent; empty: it is lost with the program
    std::string event_log;  // a file for what was sent and seen, for parley-audit; empty: none
    bool registers = false;
    bool json = false;
};

// Or the exit code, after the reason (or the help) was printed: 0 for --help, 2 for a line that makes no sense.
[[nodiscard]] std::variant<Options, int> parse_options(int argc, const char* const* argv, bool on_a_terminal);

// Says why on standard error; returns the exit code of a wrong command line.
int refuse(const std::string& why);

// The first line of the file, without its end.
[[nodiscard]] std::expected<std::string, std::string> read_secret(const std::string& path);

}  // namespace parley::cli
