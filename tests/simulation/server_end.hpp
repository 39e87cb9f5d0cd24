// The server's end of one connection: what net/socket_connection is to the modules above, without a socket, and with
// its rules: the bounded outbox, the reading that stops while answers are not taken, beats, silence. Its bounds are in
// "bytes" that count `scale` times, so that small messages reach them.
#pragma once

#include <deque>
#include <memory>

#include "session/session.hpp"
#include "simulation/socket_end.hpp"

namespace parley::simulation {

class ServerProcess;
enum class LineId : std::uint64_t {};

struct EndRules {
    bool by_bytes = false;
    std::size_t window = 64 * 1024;  // bytes that the socket takes before its reader does
    std::size_t scale = 1;
};

class ServerEnd final : public net::Connection, public SocketUser {
  public:
    ServerEnd(ServerProcess& process, LineId line, shard::ShardId shard, Pipe& down, const EndRules& rules);

    [[nodiscard]] net::ConnectionId id() const override { return net::ConnectionId(static_cast<std::uint64_t>(line_)); }
    [[nodiscard]] shard::ShardId shard() const override { return shard_; }
    [[nodiscard]] const net::Peer& peer() const override { return peer_; }
    void send(net::SharedFrame frame) override;
    void close(CloseCode code, std::string_view reason) override;
    void set_message_limit(std::size_t bytes) override { end_->set_message_limit(bytes); }
    void pause_reading() override { is_paused_ = true; }
    void resume_reading() override;
    [[nodiscard]] std::size_t queued_bytes() const override { return outbox_bytes_ * rules_.scale; }

    void opened() override;
    void received(std::span<const std::byte> message) override;
    void heard() override;
    void closed(std::uint16_t code, const std::string& reason) override;
    void write(Piece piece) override;
    [[nodiscard]] bool takes_more() const override { return !is_paused_ && !is_full_; }

    // --- for the process, on the connection's shard
    void feed(Piece piece) { end_->feed(std::move(piece)); }
    void taken();
    void sweep();
    // When a timer of the connection is due that has not been handed to its shard.
    [[nodiscard]] std::optional<Time> next_due() { return timer_is_posted_ ? std::nullopt : end_->next_due(); }
    void post_timer();
    [[nodiscard]] bool waits_to_be_taken() const { return !outbox_.empty() || is_full_; }

  private:
    void flush();
    void keep_bounds();
    void cut_slow();
    [[nodiscard]] bool is_over_bounds() const;
    [[nodiscard]] Time now() const;

    ServerProcess& process_;
    const LineId line_;
    const shard::ShardId shard_;
    Pipe& down_;
    const EndRules& rules_;
    const net::Peer peer_{"127.0.0.1", "simulation", true, true, false};
    std::deque<Piece> outbox_;
    std::size_t outbox_bytes_ = 0;
    std::unique_ptr<session::Session> session_;
    Time last_heard_;
    Time last_sent_;
    Time last_ping_;
    Time last_taken_;
    bool timer_is_posted_ = false;
    bool is_paused_ = false;
    bool is_full_ = false;
    bool is_closing_ = false;
    bool is_closed_ = false;
    std::unique_ptr<SocketEnd> end_;
};

}  // namespace parley::simulation
