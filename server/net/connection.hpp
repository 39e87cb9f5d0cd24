// One WebSocket connection as the layers above see it, and what they are to it. Net moves frames; what a frame means it
// does not know.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "net/shared_frame.hpp"
#include "shard/executor.hpp"

namespace parley::net {

// Unique for the life of the server process; shown in the logs of both sides.
enum class ConnectionId : std::uint64_t {};
constexpr std::uint64_t number_of(ConnectionId id) {
    return static_cast<std::uint64_t>(id);
}

// Who is at the other end, as of the handshake.
struct Peer {
    std::string address;     // of the TCP peer, without port
    std::string user_agent;  // cut to 256 bytes, printable only
    bool peer_is_loopback = false;
    bool host_is_loopback = false;  // the Host header named localhost, 127.0.0.0/8 or [::1]
    bool was_forwarded = false;     // a Forwarded or X-Forwarded-* header was present
};

// Lives on its shard; owned by net; every call on the shard's thread. Calls after close() or on_closed do nothing.
class Connection {
  public:
    virtual ~Connection() = default;
    [[nodiscard]] virtual ConnectionId id() const = 0;
    [[nodiscard]] virtual shard::ShardId shard() const = 0;
    [[nodiscard]] virtual const Peer& peer() const = 0;
    // Queues the frame; what one turn of the loop queues goes out in one gathered write. A peer whose queue passes
    // limits::kConnectionOutbox, or takes no byte for kOutboxStallTime, is cut with close code 1013.
    virtual void send(SharedFrame frame) = 0;
    // Sends what is queued, then a close frame; no data frame goes out after it. on_closed follows within kCloseTime.
    virtual void close(CloseCode code, std::string_view reason) = 0;
    // The longest message taken from this peer from now on: kClientFrameBeforeLogin at first. A longer one closes 1009.
    virtual void set_message_limit(std::size_t bytes) = 0;
    // Stops and resumes reading from this peer.
    virtual void pause_reading() = 0;
    virtual void resume_reading() = 0;
    [[nodiscard]] virtual std::size_t queued_bytes() const = 0;
};

// Implemented by session: one per connection, made when the handshake is done. An exception out of a call closes that
// one connection with 1011 and is counted.
class ConnectionEvents {
  public:
    virtual ~ConnectionEvents() = default;
    // One whole binary message; the bytes are valid during the call only. (A text message is closed with 1003 by net.)
    virtual void on_frame(std::span<const std::byte> frame) = 0;
    // The queue has fallen below half of limits::kReadPauseAbove after it was above it.
    virtual void on_drained() = 0;
    // Called once, last. The object is destroyed after it.
    virtual void on_closed(std::uint16_t code, std::string_view reason) = 0;
};

// Implemented by app over session; called on the connection's shard. The connection outlives what is returned.
class ConnectionOpener {
  public:
    virtual ~ConnectionOpener() = default;
    [[nodiscard]] virtual std::unique_ptr<ConnectionEvents> opened(Connection& connection) = 0;
};

}  // namespace parley::net
