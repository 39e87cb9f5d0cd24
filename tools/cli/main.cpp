// parley-cli: a person's or a script's way into a Parley server.
#include <unistd.h>

#include <asio/io_context.hpp>
#include <asio/signal_set.hpp>
#include <cstdio>
#include <optional>

#include "cli/conversation.hpp"
#include "cli/options.hpp"

using namespace parley;

namespace {

int cannot_log(const std::string& why) {
    std::fprintf(stderr, "parley-cli: %s\n", why.c_str());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    const auto parsed = cli::parse_options(argc, argv, isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0);
    if (const auto* exit_code = std::get_if<int>(&parsed)) return *exit_code;
    const auto& options = std::get<cli::Options>(parsed);

    std::optional<event_log::EventLog> event_log;
    if (!options.event_log.empty()) {
        auto made = event_log::EventLog::create(options.event_log);
        if (!made) return cannot_log(made.error());
        event_log.emplace(std::move(*made));
    }
    asio::io_context io;
    int exit_code = 0;
    client::Settings settings;
    settings.client_name = "parley-cli";
    settings.timeline_messages = 0;  // what has been printed is not kept
    std::unique_ptr<native::OutboxFile> outbox;
    cli::Printer printer(stdout, options.json);
    if (!options.outbox.empty()) {
        auto opened = native::OutboxFile::open(options.outbox, options.name + " " + options.url.text);
        if (!opened) return cli::refuse("--outbox: " + opened.error());
        outbox = std::move(*opened);
        if (outbox->dropped_bytes() != 0)
            printer.error("outbox_damaged", "The last " + std::to_string(outbox->dropped_bytes()) + " bytes of " +
                                                options.outbox + " could not be read and were dropped.");
    }
    native::NativeClient client(io, options.url, settings, std::move(outbox));
    asio::signal_set signals(io, SIGINT, SIGTERM);
    std::unique_ptr<cli::InputLines> input;
    cli::Conversation conversation(client, printer, options.name, options.json, [&](int code) {
        exit_code = code;
        signals.cancel();
        if (input) input->stop();
    });
    input = std::make_unique<cli::InputLines>(io, STDIN_FILENO, cli::kLongestLine, conversation);
    std::optional<event_log::Recorder> recorder;
    if (event_log) conversation.record_into(recorder.emplace(*event_log, options.name));
    conversation.on_room_for_more([&] { input->read(); });
    client.on_notice([&](const client::Notice& notice) { conversation.happened(notice); });
    signals.async_wait([&](asio::error_code error, int) {
        if (!error) conversation.interrupt();
    });

    if (options.registers) {
        client.chat().register_account(options.name, options.password, options.invite);
    } else {
        client.chat().log_in(options.name, options.password);
    }
    client.start();
    input->read();
    io.run();
    if (event_log) {
        const bool all_answered = client.chat().unsettled_operations() == 0;
        const auto closed = all_answered ? event_log->finish() : event_log->close();
        if (!closed) return cannot_log(closed.error());
    }
    return exit_code;
}
