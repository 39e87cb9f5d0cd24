// One WebSocket to a server over TCP, on an io_context that the caller runs. Frames in, frames out; what they mean it
// does not know. All calls on the io_context's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "client_native/url.hpp"

namespace asio {
class io_context;
}

namespace parley::native {

// Must outlive the socket, or be forgotten with Socket::forget().
class SocketEvents {
  public:
    virtual ~SocketEvents() = default;
    virtual void opened() = 0;
    // One binary message, valid during the call.
    virtual void received(std::span<const std::byte> frame) = 0;
    // Everything that was there to read has been given to received(); what is read at once is given at once.
    virtual void paused() = 0;
    // Once, last. 1006: it could not be opened, or was lost; the reason says why.
    virtual void closed(std::uint16_t code, const std::string& reason) = 0;
};

class Socket {
  public:
    virtual ~Socket() = default;
    // Queued without a bound of its own: the client's window of unanswered operations and queries bounds it.
    virtual void send(std::span<const std::byte> frame) = 0;
    // Says goodbye, and closes when the server has answered or limits::kCloseTime has passed. The events are forgotten.
    virtual void close(std::uint16_t code, const std::string& reason) = 0;
    // The events are not called any more.
    virtual void forget() = 0;
};

// Connects at once; the first event comes later. Keeps itself alive as long as something is under way.
[[nodiscard]] std::shared_ptr<Socket> open_socket(asio::io_context& io, const Url& url, SocketEvents& events);

}  // namespace parley::native
