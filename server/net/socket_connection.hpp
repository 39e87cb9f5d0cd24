// A WebSocket on one stream: the Connection that the layers above see. Messages in and control frames are the
// endpoint's; ready-made frames go straight to the stream's outbox. Owned by its stream, on the shard's thread.
#pragma once

#include "net/counts.hpp"
#include "net/stream.hpp"
#include "websocket/endpoint.hpp"

namespace parley::net {

class SocketConnection final : public Connection, public StreamUser, private websocket::Wire {
  public:
    SocketConnection(Stream& stream, Peer peer);
    ~SocketConnection() override;

    // Answers the upgrade and opens; `rest` came after the request's head.
    void open(const std::string& key, std::string_view rest);

    [[nodiscard]] ConnectionId id() const override { return stream_.id(); }
    [[nodiscard]] shard::ShardId shard() const override;
    [[nodiscard]] const Peer& peer() const override { return peer_; }
    void send(SharedFrame frame) override;
    void close(CloseCode code, std::string_view reason) override;
    void set_message_limit(std::size_t bytes) override;
    void pause_reading() override;
    void resume_reading() override;
    [[nodiscard]] std::size_t queued_bytes() const override { return stream_.outbox().bytes(); }

    [[nodiscard]] std::size_t room() const override;
    void on_bytes(std::string_view bytes) override;
    void on_end() override;
    void on_taken() override;
    void on_turn() override;
    void on_sweep(shard::MonotonicTime now) override;
    void on_stop() override;

  private:
    void write(std::string bytes) override;
    void opened() override;
    void received(const char* bytes, std::size_t size) override;
    void heard() override;
    [[nodiscard]] bool takes_more() const override { return !is_paused_ && !is_full_; }
    void closing() override { is_closing_ = true; }
    void closed(std::uint16_t code, const std::string& reason) override;
    std::uint64_t call_after(std::chrono::milliseconds delay, std::function<void()> call) override;
    void cancel(std::uint64_t call) override;

    template <class Call>
    void guarded(Call&& call);
    void feed(std::string_view bytes);
    void feed_unread();
    void keep_bounds();
    [[nodiscard]] bool is_over_bounds() const;
    [[nodiscard]] bool is_over_share() const;
    void cut_slow();
    void look_at_silence(shard::MonotonicTime now);
    void tell_closed();
    [[nodiscard]] ShardCounts& counts();

    Stream& stream_;
    const Peer peer_;
    std::unique_ptr<ConnectionEvents> events_;
    shard::MonotonicTime last_heard_;
    shard::MonotonicTime last_ping_;
    shard::MonotonicTime last_sent_;
    shard::MonotonicTime message_since_{};  // while inside one
    std::string unread_;                    // what came before reading stopped; at most one read
    std::string close_reason_;
    std::uint16_t close_code_ = 0;
    bool was_inside_ = false;
    bool is_open_ = false;
    bool is_paused_ = false;    // by the layer above
    bool is_full_ = false;      // the outbox has passed kReadPauseAbove and not yet fallen below half of it
    bool has_drained_ = false;  // and on_drained() is to be told
    bool is_closing_ = false;   // our close frame is queued
    bool is_closed_ = false;
    websocket::Endpoint endpoint_;
};

}  // namespace parley::net
