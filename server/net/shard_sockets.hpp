// The sockets of one shard: their set, the read buffer they share, what is to run after this turn, and the sweep that
// holds them to their deadlines. Owned by the front; on the shard's thread, but for counts().
#pragma once

#include <asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "net/counts.hpp"
#include "net/front.hpp"
#include "net/host_rules.hpp"
#include "net/stream.hpp"
#include "net/write_rest.hpp"
#include "shard/asio_shards.hpp"

namespace parley::net {

// What every connection is served from; never changed while the front is open.
struct Service {
    const WebFiles& files;
    const std::vector<HttpPage> pages;
    const HostRules rules;
    ConnectionOpener& opener;
    const SharedFrame beat;
    const std::size_t outbox_memory;  // of a shard
};

class ShardSockets {
  public:
    // `gone` is called on this shard with the address of each socket that was closed.
    ShardSockets(shard::AsioShards& shards, shard::ShardId id, const Service& service,
                 std::function<void(const std::string&)> gone);
    ~ShardSockets();

    void take(Accepted accepted);
    // Ends every connection in order; `stopped` is called when the last is gone.
    void stop(std::function<void()> stopped);

    void run_later(Stream& stream);
    [[nodiscard]] shard::Shard& shard() { return shard_; }
    [[nodiscard]] asio::io_context& context() { return context_; }
    [[nodiscard]] const Service& service() const { return service_; }
    [[nodiscard]] std::span<char> read_buffer() { return read_buffer_; }
    [[nodiscard]] ShardCounts& counts() { return counts_; }
    [[nodiscard]] HeldMemory& held() { return held_; }
    // While the outboxes of this shard hold more than they may: what each may hold, so that the slow ones go first.
    [[nodiscard]] std::optional<std::size_t> outbox_share() const;
    // Now, to about kSweepEvery.
    [[nodiscard]] shard::MonotonicTime time_of_sweep() const { return time_of_sweep_; }

  private:
    void add(Accepted accepted);
    void call_turn();
    void turn();
    void bury(Stream& stream);
    void sweep_later();
    void sweep();

    shard::AsioShards& shards_;
    shard::Shard& shard_;
    asio::io_context& context_;
    const Service& service_;
    std::function<void(const std::string&)> gone_;
    std::function<void()> stopped_;
    std::vector<char> read_buffer_;
    ShardCounts counts_;
    HeldMemory held_;  // before the streams, which count in it
    std::vector<std::unique_ptr<Stream>> streams_;
    std::vector<Stream*> next_turn_;
    bool turn_comes_ = false;
    WriteRest rest_;
    asio::steady_timer after_rest_;
    bool sweeps_ = false;
    bool is_stopping_ = false;
    shard::MonotonicTime time_of_sweep_;
};

}  // namespace parley::net
