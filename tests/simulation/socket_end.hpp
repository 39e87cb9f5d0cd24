// One end of a WebSocket on a pair of pipes. Two kinds: `FrameEnd` sends its frames as pieces, which is cheap;
// `ByteEnd` is the real endpoint of the programs, so that a connection can break in the middle of a frame. Both keep
// the rules of closing.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <span>

#include "net/shared_frame.hpp"
#include "shard/timer_queue.hpp"
#include "simulation/pipe.hpp"
#include "websocket/endpoint.hpp"

namespace parley::simulation {

// Whose end it is. closed() comes once, last; the end must outlive the call.
class SocketUser {
  public:
    virtual ~SocketUser() = default;
    virtual void opened() = 0;
    virtual void received(std::span<const std::byte> message) = 0;
    virtual void heard() = 0;
    virtual void closed(std::uint16_t code, const std::string& reason) = 0;
    virtual void write(Piece piece) = 0;
    [[nodiscard]] virtual bool takes_more() const = 0;
};

class SocketEnd {
  public:
    explicit SocketEnd(const Time& now) : now_(now) {}
    virtual ~SocketEnd() = default;
    virtual void connect() = 0;  // the client's
    virtual void feed(Piece piece) = 0;
    virtual void send(std::span<const std::byte> message) = 0;
    virtual void send_frame(const net::SharedFrame& frame) = 0;  // the server's
    virtual void ping() = 0;
    virtual void close(std::uint16_t code, const std::string& reason) = 0;
    virtual void set_message_limit(std::size_t bytes) = 0;
    // What came while the user took no more.
    virtual void go_on() = 0;

    [[nodiscard]] std::optional<Time> next_due() { return timers_.next_due(); }
    void run_due();

  protected:
    const Time& now_;
    shard::TimerQueue timers_;
};

// `by_bytes`: the real endpoint. The user and the clock outlive the end.
[[nodiscard]] std::unique_ptr<SocketEnd> make_client_end(bool by_bytes, SocketUser& user, const Time& now);
[[nodiscard]] std::unique_ptr<SocketEnd> make_server_end(bool by_bytes, SocketUser& user, const Time& now);

}  // namespace parley::simulation
