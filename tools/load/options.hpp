// The command line of parley-load.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "client_native/url.hpp"

namespace parley::load {

struct Options {
    native::Url url;
    std::size_t clients = 100;
    std::size_t rooms = 1;
    std::size_t senders = 8;
    std::uint64_t messages = 0;  // of each sender; 0: until `seconds` have passed
    double seconds = 10;
    double rate = 0;              // messages per second of all senders together; 0: closed loop
    std::size_t size = 100;       // bytes of a message
    std::size_t connecting = 32;  // logins under way at once
    double settle_seconds = 2;    // of quiet before memory is read
    int server_pid = 0;
    bool registers = false;
    bool baseline = false;  // a plain broadcast server instead of Parley
    bool json = false;
    std::string prefix = "load-";  // of the account names
    std::string password = "load-password";
    // How many come, go and type all the time instead of posting, and how many of the others look at the room.
    std::size_t storm = 0;
    std::size_t looking = 0;
    std::string event_log;  // a file for what was sent and seen, for parley-audit; empty: none
};

inline constexpr std::size_t kMostClients = 60'000;
inline constexpr std::size_t kMostSenders = 1'000;
inline constexpr std::size_t kMostCounters = 64'000'000;  // clients times senders of one room

// Or the exit code, after the reason (or the help) was printed: 0 for --help, 2 for a line that makes no sense.
[[nodiscard]] std::variant<Options, int> parse_options(int argc, const char* const* argv);

}  // namespace parley::load
