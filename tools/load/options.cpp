#include "load/options.hpp"

#include <CLI/CLI.hpp>

#include "load/tally.hpp"
#include "protocol/limits.hpp"

namespace parley::load {

namespace {

int refuse(const std::string& why) {
    std::fprintf(stderr, "parley-load: %s\n", why.c_str());
    return 2;
}

std::string what_is_wrong(const Options& options) {
    if (options.clients == 0 || options.clients > kMostClients)
        return "--clients is 1 to " + std::to_string(kMostClients);
    if (options.rooms == 0 || options.rooms > options.clients) return "--rooms is 1 to the number of clients";
    if (options.senders == 0 || options.senders > std::min(options.clients, kMostSenders))
        return "--senders is 1 to the number of clients, at most " + std::to_string(kMostSenders);
    if (options.clients * (options.senders / options.rooms + 1) > kMostCounters)
        return "too many clients times senders to count for";
    if (options.size < kShortestText || options.size > limits::kMessageText)
        return "--size is " + std::to_string(kShortestText) + " to " + std::to_string(limits::kMessageText);
    if (options.baseline && options.rooms != 1) return "the baseline has one room";
    if (options.baseline && !options.event_log.empty()) return "the baseline has nothing to audit: no --event-log";
    if (options.storm + options.looking > options.clients)
        return "--storm and --looking together are at most the number of clients";
    if (options.storm == 0 && options.looking != 0) return "--looking belongs to --storm";
    if (options.storm != 0 && (options.baseline || !options.event_log.empty() || options.rooms != 1))
        return "--storm has one room of Parley, and posts nothing to audit";
    if (options.seconds <= 0 || options.rate < 0 || options.connecting == 0)
        return "--seconds, --rate and --connecting are above 0";
    if (options.password.size() > limits::kPassword) return "the password is too long";
    return {};
}

}  // namespace

std::variant<Options, int> parse_options(int argc, const char* const* argv) {
    Options options;
    std::string url;
    CLI::App app("Opens many clients on a Parley server (run it with --profile bench) and measures what is delivered.",
                 "parley-load");
    app.add_option("--url", url, "the server, as ws://127.0.0.1:8080/ws")->required();
    app.add_option("--clients", options.clients, "clients, spread evenly over the rooms");
    app.add_option("--rooms", options.rooms, "rooms; with one it is the room general");
    app.add_option("--senders", options.senders, "how many of the clients post");
    app.add_option("--messages", options.messages, "messages of each sender; without it, for --seconds");
    app.add_option("--seconds", options.seconds, "how long to post");
    app.add_option(
        "--rate", options.rate,
        "messages per second of all senders; without it a closed loop: each sender posts when everybody has its last");
    app.add_option("--size", options.size, "bytes of a message");
    app.add_option("--connecting", options.connecting, "logins under way at once");
    app.add_option("--settle-seconds", options.settle_seconds, "quiet before the memory of the idle server is read");
    app.add_option("--server-pid", options.server_pid, "the server's process, for its CPU and memory");
    app.add_flag("--register", options.registers, "create the accounts load-1, load-2, … that are not there");
    app.add_option("--prefix", options.prefix, "of the account names");
    app.add_option("--password", options.password, "of all these accounts");
    app.add_option("--event-log", options.event_log, "a new file for what was sent and seen, for parley-audit");
    app.add_flag("--baseline", options.baseline, "the server is broadcast_baseline: raw frames, no login, no rooms");
    app.add_option(
        "--storm", options.storm,
        "so many come, go and type each second, for --seconds, and nobody posts: what does it cost the others?");
    app.add_option("--looking", options.looking, "with --storm: so many of the others look at the room");
    app.add_flag("--json", options.json, "the result as JSON");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    auto parsed = native::parse_url(url);
    if (!parsed) return refuse(parsed.error());
    options.url = std::move(*parsed);
    if (const auto wrong = what_is_wrong(options); !wrong.empty()) return refuse(wrong);
    return options;
}

}  // namespace parley::load
