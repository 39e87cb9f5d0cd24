// One accepted socket: bytes in through the shard's shared buffer, bytes out from an outbox by one gathered write a
// turn, and its end. What the bytes mean is the business of its user, first HTTP, then perhaps a WebSocket.
// Owned by ShardSockets; everything on the shard's thread. An exception out of its user closes this one socket.
#pragma once

#include <asio/io_context.hpp>
#include <asio/posix/basic_stream_descriptor.hpp>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "net/connection.hpp"
#include "net/descriptor.hpp"
#include "net/outbox.hpp"

namespace parley::net {

class ShardSockets;

// A socket as the acceptor hands it over: not blocking, TCP_NODELAY set.
struct Accepted {
    ConnectionId id{};
    Descriptor socket;
    std::string address;
};

class StreamUser {
  public:
    virtual ~StreamUser() = default;
    // How much it takes in one read; asked before each.
    [[nodiscard]] virtual std::size_t room() const = 0;
    virtual void on_bytes(std::string_view bytes) = 0;
    // The peer has ended its side, or the socket failed: nothing more comes. Once.
    virtual void on_end() = 0;
    // The socket took bytes of the outbox.
    virtual void on_taken() = 0;
    // Once after run_later(), from a fresh stack.
    virtual void on_turn() = 0;
    // Every kSweepEvery.
    virtual void on_sweep(shard::MonotonicTime now) = 0;
    // The server is going down: end in order.
    virtual void on_stop() = 0;
};

class Stream {
  public:
    // Throws std::system_error where the system cannot watch the socket.
    Stream(ShardSockets& home, Accepted accepted);
    ~Stream();

    void start(std::unique_ptr<StreamUser> user);
    // The user so far is destroyed after this turn.
    void become(std::unique_ptr<StreamUser> user);

    // Queued, and written after this turn together with what else is queued until then.
    void push(SharedFrame frame);
    void push(std::string_view copied);
    void push_view(std::string_view bytes);  // that outlive the stream
    // Offers the outbox to the socket before the turn ends, as long as it takes all that it is offered.
    void write_now();
    void drop_unsent() { outbox_.drop_unsent(); }
    [[nodiscard]] const Outbox& outbox() const { return outbox_; }
    // Since when the outbox waits without a byte taken; meaningless while it is empty.
    [[nodiscard]] shard::MonotonicTime waiting_since() const { return waiting_since_; }
    // Bytes the system has taken but the peer's system has not.
    [[nodiscard]] std::size_t unacknowledged();

    void pause_reading() { paused_ = true; }
    void resume_reading();
    void run_later();
    // Writes what is queued, at most for so long, ends our side, and throws away what comes until the peer ends its own
    // or kLingerTime has passed: a close with unread bytes would take our last words from the peer (RFC 9112, 9.6).
    void finish(std::chrono::nanoseconds at_most);
    void cut();

    [[nodiscard]] ShardSockets& home() { return home_; }
    [[nodiscard]] ConnectionId id() const { return id_; }
    [[nodiscard]] const std::string& address() const { return address_; }

    // For the home alone. turn(): false once nothing refers to the stream any more.
    [[nodiscard]] bool turn();
    void sweep(shard::MonotonicTime now);
    void stop();
    std::size_t place = 0;   // among the home's streams
    bool is_listed = false;  // for the next turn

  private:
    enum class Phase : unsigned char { open, finishing, lingering, closed };

    template <class Call>
    void guarded(Call&& call);
    void await_readable();
    void await_writable();
    void on_readable();
    void read_once();
    void discard(std::size_t size);
    void flush();
    void write_once();
    void written(std::size_t size);
    void linger();
    void cut_quietly();

    ShardSockets& home_;
    const ConnectionId id_;
    asio::posix::basic_stream_descriptor<asio::io_context::executor_type> socket_;
    std::string address_;
    std::unique_ptr<StreamUser> user_;
    std::unique_ptr<StreamUser> retired_;
    Outbox outbox_;
    shard::MonotonicTime waiting_since_{};
    shard::MonotonicTime deadline_{};  // of finishing and lingering
    std::size_t discarded_ = 0;
    Phase phase_ = Phase::open;
    bool paused_ = false;
    bool awaits_readable_ = false;
    bool awaits_writable_ = false;
    bool ended_ = false;  // nothing more comes
};

}  // namespace parley::net
