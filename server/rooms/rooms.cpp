#include "rooms/rooms.hpp"

#include "rooms/home.hpp"

namespace parley::rooms {

Rooms::Rooms(shard::Shards& shards, store::Store& store) : shards_(shards), store_(store) {
    for (std::uint32_t index = 0; index < shards.count(); ++index) {
        audiences_.push_back(std::make_unique<Audience>());
        homes_.push_back(std::make_unique<Home>(*this, shard::ShardId{index}));
    }
}

Rooms::~Rooms() = default;

void Rooms::on_room(RoomId room, Visit visit) {
    const auto to = shards_.home_of(room);
    shards_.post_to(to,
                    [this, to, room, visit = std::move(visit)]() mutable { home(to).visit(room, std::move(visit)); });
}

void Rooms::set_presence(RoomId room, Sequence committed, UserId user, Presence presence) {
    const auto to = shards_.home_of(room);
    shards_.post_to(to, [this, to, room, committed, user, presence] {
        home(to).set_presence(room, {committed, user, presence});
    });
}

void Rooms::enter(net::Connection& connection, UserId user) {
    audience(connection.shard()).enter(connection, user);
}

void Rooms::leave(net::Connection& connection) {
    for (const auto room : audience(connection.shard()).leave(connection.id())) heard_less(room, connection.shard(), 1);
}

void Rooms::unsubscribe(RoomId room, net::Connection& connection) {
    if (audience(connection.shard()).unsubscribe(room, connection.id())) heard_less(room, connection.shard(), 1);
}

void Rooms::watch(net::Connection& connection, std::vector<RoomId> rooms) {
    audience(connection.shard()).watch(connection.id(), std::move(rooms));
}

void Rooms::heard_less(RoomId room, shard::ShardId by, std::size_t count) {
    const auto to = shards_.home_of(room);
    shards_.post_to(to, [this, to, room, by, count] { home(to).heard_less(room, by, count); });
}

void Rooms::publish(shard::ShardId here, RoomId room, std::span<const RoomEvent> events) {
    home(here).publish(room, events);
}

}  // namespace parley::rooms
