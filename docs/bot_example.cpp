// A whole bot: it answers everybody who says its name.  bot_example ws://127.0.0.1:8080/ws echo PASSWORD
// (Create its account first: parley-cli --url … --name echo --register --password-file …)
#include <asio/io_context.hpp>
#include <cstdio>

#include "client_native/native_client.hpp"

using namespace parley;

int main(int argc, char** argv) {
    const auto url = native::parse_url(argc == 4 ? argv[1] : "");
    if (!url) return std::fprintf(stderr, "%s\n", url.error().c_str()), 2;
    asio::io_context io;
    native::NativeClient bot(io, *url);
    bot.on_notice([&](const client::Notice& notice) {
        if (const auto* refused = std::get_if<client::LoginRefused>(&notice)) {
            std::fprintf(stderr, "%s\n", refused->sentence.c_str());
            bot.stop();
        }
        const auto* arrived = std::get_if<client::MessageArrived>(&notice);
        if (arrived == nullptr || arrived->message.author == bot.state().self) return;
        if (arrived->message.text.view().contains(argv[2])) bot.chat().post(arrived->room, "You called?");
    });
    bot.chat().log_in(argv[2], argv[3]);
    bot.start();
    io.run();
}
