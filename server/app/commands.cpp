#include "app/commands.hpp"

#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <asio/io_context.hpp>
#include <asio/post.hpp>
#include <asio/signal_set.hpp>
#include <cstdio>
#include <iostream>

#include "app/server.hpp"
#include "app/version.hpp"
#include "observe/log.hpp"

namespace parley::app {

namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;
constexpr int kWrongUsage = 2;
constexpr auto kDefaultFile = "/etc/parley/parley.toml";

struct Given {
    std::string file;
    Values flags;
};

std::expected<Settings, std::string> settings_of(const Given& given) {
    Values from_file;
    const bool has_default = given.file.empty() && access(kDefaultFile, R_OK) == 0;
    if (!given.file.empty() || has_default) {
        auto read = values_of_file(given.file.empty() ? kDefaultFile : given.file);
        if (!read) return std::unexpected(read.error());
        from_file = std::move(*read);
    }
    auto from_environment = values_of_environment(environ);
    if (!from_environment) return std::unexpected(from_environment.error());
    const std::array<Values, 3> sources{std::move(from_file), std::move(*from_environment), given.flags};
    return settings_from(sources);
}

int serve(const Given& given) {
    auto settings = settings_of(given);
    if (!settings) {
        std::cerr << "parley-server: " << settings.error() << '\n';
        return kWrongUsage;
    }
    // Secrets stay in the process and in files that only its user reads (THREATS T40).
    umask(077);
    prctl(PR_SET_DUMPABLE, 0);
    observe::start_log(settings->log_level, settings->log_format);

    asio::io_context waiting;
    asio::signal_set stop_signals(waiting, SIGTERM, SIGINT);
    bool store_failed = false;
    Server server(std::move(*settings));
    const auto error = server.start([&] {
        asio::post(waiting, [&] {
            store_failed = true;
            waiting.stop();
        });
    });
    if (!error.empty()) {
        std::cerr << "parley-server: " << error << '\n';
        return kFailed;
    }
    if (!server.owner_code().empty())
        std::cout << "no owner yet: create the first account on this machine, or open this link, good once: "
                  << server.url() << "/#invite=" << server.owner_code() << '\n';
    std::cout << "listening on " << server.url() << '\n' << std::flush;
    stop_signals.async_wait([](std::error_code, int) {});
    waiting.run();
    if (!store_failed) observe::info("stopping");
    server.stop();
    observe::info("stopped");
    observe::flush_log();
    return store_failed ? kFailed : kDone;
}

}  // namespace

int run(int argc, char** argv) {
    CLI::App program("Parley: a chat server with its web client inside.", "parley-server");
    program.require_subcommand(0, 1);
    auto* version = program.add_subcommand("version", "print the version");
    auto* command = program.add_subcommand("serve", "run the server until SIGTERM (the default)");
    Given given;
    command->add_option("--config", given.file,
                        "a TOML file; " + std::string(kDefaultFile) + " is read where it exists");
    for (const auto& key : keys()) {
        command->add_option_function<std::string>(
            std::string(key.flag),
            [&given, name = std::string(key.name)](const std::string& text) { given.flags[name] = text; },
            std::string(key.meaning) + (key.fallback.empty() ? "" : " [" + std::string(key.fallback) + "]"));
    }
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? kDone : kWrongUsage;
    }
    if (*version) {
        std::cout << "parley-server " << kVersion << '\n';
        return kDone;
    }
    return serve(given);
}

}  // namespace parley::app
