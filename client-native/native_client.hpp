// The client for native programs: shared/client over a socket, on an io_context that the caller owns and runs in one
// thread (many clients may share it). See docs/bot_example.cpp for a whole bot.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "client/client.hpp"
#include "client_native/outbox_file.hpp"
#include "client_native/url.hpp"

namespace asio {
class io_context;
}

namespace parley::native {

class NativeClient {
  public:
    // Called for each notice, from the io_context, never from within a call to this class; it may call chat().
    using Listener = std::function<void(const client::Notice&)>;
    // What must be kept to resume without a password; nothing: forget it.
    using Keeper = std::function<void(const std::optional<client::SavedSession>&)>;

    // The outbox id and the jitter come from the system's random source.
    NativeClient(asio::io_context& io, Url url, client::Settings settings = {});
    // With a file for what is not sent: what an earlier run has left there is sent first.
    NativeClient(asio::io_context& io, Url url, client::Settings settings, std::unique_ptr<OutboxFile> outbox);
    ~NativeClient();  // closes its socket without waiting
    NativeClient(const NativeClient&) = delete;
    NativeClient& operator=(const NativeClient&) = delete;

    void on_notice(Listener listener);
    void on_session(Keeper keeper);

    void start();  // connect and stay connected
    void stop();   // say goodbye and stay away; io_context::run() then returns if nothing else is under way

    // For everything a person may want; what it leads to is done at the end of the loop's turn.
    [[nodiscard]] client::Client& chat();
    [[nodiscard]] const client::ChatState& state() const;
    [[nodiscard]] static client::Now now();
    // What has come over the wire since it was made: frames and their bytes, without what the protocols below add.
    struct Received {
        std::uint64_t frames = 0;
        std::uint64_t bytes = 0;
    };
    [[nodiscard]] Received received() const;

  private:
    class Driver;
    std::shared_ptr<Driver> driver_;
};

}  // namespace parley::native
