// The rooms of all shards, as the rest of the server reaches them. Each room lives on its home shard (Home); each
// connection is an audience member on its own shard (Audience). Everything about a room reaches a connection by way of
// the room's home, so that no acknowledgement overtakes an event.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "rooms/audience.hpp"
#include "rooms/room_context.hpp"
#include "shard/executor.hpp"
#include "store/store.hpp"

namespace parley::rooms {

class Home;

// Runs on the home shard of the room with the room, or with why there is none to be had: no_such_room (final), busy or
// storage_failing (retryable).
using Visit = std::move_only_function<void(std::expected<RoomContext, Refusal>)>;

class Rooms {
  public:
    // Both must outlive the rooms.
    Rooms(shard::Shards& shards, store::Store& store);
    ~Rooms();

    // Any shard. The room is loaded if it is not. Visits of one sender to one room run in order.
    void on_room(RoomId room, Visit visit);

    // A member came, went or turned away: told to the room in batches, once it has published `committed`, which is at
    // or after the event that made her one. Any shard. Where the room cannot be loaded now, it learns of her when it
    // is.
    void set_presence(RoomId room, Sequence committed, UserId user, Presence presence);

    // --- the connection's shard
    void enter(net::Connection& connection, UserId user);
    void leave(net::Connection& connection);
    void unsubscribe(RoomId room, net::Connection& connection);
    void watch(net::Connection& connection, std::vector<RoomId> rooms);  // in the place of those it watched before

    // --- the room's home, from the store
    void publish(shard::ShardId here, RoomId room, std::span<const RoomEvent> events);

    [[nodiscard]] shard::Shards& shards() { return shards_; }
    [[nodiscard]] store::Store& store() { return store_; }
    // The audience of a shard; only on that shard.
    [[nodiscard]] Audience& audience(shard::ShardId shard) { return *audiences_[shard::index_of(shard)]; }
    [[nodiscard]] Home& home(shard::ShardId shard) { return *homes_[shard::index_of(shard)]; }

  private:
    void heard_less(RoomId room, shard::ShardId by, std::size_t count);

    shard::Shards& shards_;
    store::Store& store_;
    std::vector<std::unique_ptr<Audience>> audiences_;
    std::vector<std::unique_ptr<Home>> homes_;
};

}  // namespace parley::rooms
