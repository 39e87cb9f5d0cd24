#include "cli/options.hpp"

#include <CLI/CLI.hpp>
#include <fstream>

#include "protocol/limits.hpp"
#include "text/names.hpp"

namespace parley::cli {

int refuse(const std::string& why) {
    std::fprintf(stderr, "parley-cli: %s\n", why.c_str());
    return 2;
}

std::expected<std::string, std::string> read_secret(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::unexpected("cannot read " + path);
    std::string line;
    for (char c = 0; file.get(c) && c != '\n';) {
        if (line.size() > limits::kPassword)
            return std::unexpected("the first line of " + path + " is longer than a password may be");
        line += c;
    }
    if (line.ends_with('\r')) line.pop_back();
    if (line.empty()) return std::unexpected("the first line of " + path + " is empty");
    return line;
}

std::variant<Options, int> parse_options(int argc, const char* const* argv, bool on_a_terminal) {
    Options options;
    std::string url;
    std::string password_file;
    CLI::App app("Talk on a Parley server. Reads commands and writes events: JSON lines, or plain text on a terminal.",
                 "parley-cli");
    app.add_option("--url", url, "the server, as ws://127.0.0.1:8080/ws")->required();
    app.add_option("--name", options.name, "your account name")->required();
    app.add_option("--password-file", password_file, "a file whose first line is your password")->required();
    app.add_option("--invite", options.invite, "the code of an invitation, for --register");
    app.add_option("--outbox", options.outbox,
                   "a file that keeps what is not sent yet: the next run sends it. One run at a time");
    app.add_option("--event-log", options.event_log, "a new file for what was sent and seen, for parley-audit");
    app.add_flag("--register", options.registers, "create the account");
    app.add_flag("--json", options.json, "JSON lines also on a terminal");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    auto parsed = native::parse_url(url);
    if (!parsed) return refuse(parsed.error());
    options.url = std::move(*parsed);
    if (!text::is_account_name(options.name))
        return refuse(
            "--name: a name has 2 to 32 characters: a to z, 0 to 9, and . _ - inside, starting with a letter");
    auto password = read_secret(password_file);
    if (!password) return refuse("--password-file: " + password.error());
    options.password = std::move(*password);
    if (!on_a_terminal) options.json = true;
    return options;
}

}  // namespace parley::cli
