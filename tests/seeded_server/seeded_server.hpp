// The real server above its sockets on one thread: shards, store, rooms, people, sessions and handlers, with
// connections made of memory. Every run of one seed is the same. For tests of what a server decides and in which order
// it says it.
#pragma once

#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "net/connection.hpp"
#include "protocol/alternative_of.hpp"
#include "protocol/codec.hpp"
#include "store/committer.hpp"
#include "store/store.hpp"
#include "support/seeded_shards.hpp"

namespace parley::support {

// The peer of one connection: what the server sent it, decoded, in order.
class MemoryConnection final : public net::Connection {
  public:
    MemoryConnection(shard::ShardId shard, net::ConnectionId id);
    ~MemoryConnection() override;

    net::ConnectionId id() const override { return id_; }
    shard::ShardId shard() const override { return shard_; }
    const net::Peer& peer() const override { return peer_; }
    void send(net::SharedFrame frame) override;
    void close(CloseCode code, std::string_view reason) override;
    void set_message_limit(std::size_t bytes) override { message_limit = bytes; }
    void pause_reading() override { paused = true; }
    void resume_reading() override { paused = false; }
    std::size_t queued_bytes() const override { return queued; }

    // The messages of one kind, in order.
    template <AlternativeOf<ServerMessage> Message>
    [[nodiscard]] std::vector<Message> all() const;
    template <AlternativeOf<ServerMessage> Message>
    [[nodiscard]] std::optional<Message> last() const {
        const auto found = all<Message>();
        return found.empty() ? std::nullopt : std::optional(found.back());
    }

    std::vector<ServerMessage> received;
    std::optional<CloseCode> closed;
    std::size_t message_limit = limits::kClientFrameBeforeLogin;
    std::size_t queued = 0;
    bool paused = false;
    bool gone = false;  // told to its session: nobody may hold on to it

  private:
    shard::ShardId shard_;
    net::ConnectionId id_;
    net::Peer peer_{"127.0.0.1", "test", true, true, false};
};

class ServerModules;

class SeededServer final {
  public:
    // The backend holds what the server knows; a second server on the same backend is the first one restarted.
    SeededServer(store::Backend& backend, std::uint64_t seed, std::size_t shard_count = 3);
    ~SeededServer();

    [[nodiscard]] MemoryConnection& connect();
    void disconnect(MemoryConnection& connection);
    void say(MemoryConnection& connection, const ClientMessage& message);
    template <AlternativeOf<ClientMessage> Message>
    void say(MemoryConnection& connection, const Message& message);
    void say_bytes(MemoryConnection& connection, std::span<const std::byte> frame);
    void drained(MemoryConnection& connection);

    void run_until_idle();
    // At most so many steps: what comes next falls into the middle of things.
    void run_steps(std::size_t count);
    // Until only the store has something to do: what it is asked waits.
    void run_shards() { shards_.run_until_idle(); }
    void advance(std::chrono::nanoseconds time);

    // A new account and a token for it, without the cost of a password.
    [[nodiscard]] Token make_account(std::string_view name);
    // Connected, greeted and resumed with the token; everything has arrived.
    [[nodiscard]] MemoryConnection& sign_in(const Token& token, Resume resume = {});
    [[nodiscard]] std::size_t live_rooms();
    // From now on people may ask only as fast as on a server.
    void limit_rates();
    [[nodiscard]] store::Store& store();
    [[nodiscard]] const store::StoreCounts& counts();

  private:
    struct Peer;
    bool run_one();
    void run_store();
    Peer& peer_of(MemoryConnection& connection);

    SeededShards shards_;
    std::mt19937_64 chance_;
    std::unique_ptr<ServerModules> modules_;
    std::vector<Peer> peers_;
    std::uint64_t last_connection_ = 0;
    std::uint64_t last_account_ = 0;
};

}  // namespace parley::support
