#include "rooms/audience.hpp"

#include <algorithm>

namespace parley::rooms {

namespace {

bool contains(const std::vector<RoomId>& rooms, RoomId room) {
    return std::find(rooms.begin(), rooms.end(), room) != rooms.end();
}

}  // namespace

void Audience::enter(net::Connection& connection, UserId user) {
    listeners_.insert_or_assign(connection.id(), Listener{&connection, user, {}, {}});
}

std::vector<RoomId> Audience::leave(net::ConnectionId connection) {
    auto gone = std::move(listeners_.extract(connection).mapped());
    for (const auto room : gone.rooms) forget_room(gone, room);
    return std::move(gone.rooms);
}

bool Audience::subscribe(RoomId room, net::ConnectionId connection, Ordinal reads_from) {
    const auto found = listeners_.find(connection);
    if (found == listeners_.end()) return false;
    auto& rooms = found->second.rooms;
    auto& hearers = rooms_[room];
    if (contains(rooms, room)) {
        const auto same = [&](const Hearer& hearer) { return hearer.connection == found->second.connection; };
        std::find_if(hearers.begin(), hearers.end(), same)->reads_from = reads_from;
        return false;
    }
    rooms.push_back(room);
    hearers.push_back({found->second.connection, reads_from});
    if (contains(found->second.watched, room)) watchers_[room].emplace(connection, found->second.connection);
    return true;
}

bool Audience::unsubscribe(RoomId room, net::ConnectionId connection) {
    const auto found = listeners_.find(connection);
    if (found == listeners_.end() || std::erase(found->second.rooms, room) == 0) return false;
    forget_room(found->second, room);
    return true;
}

std::size_t Audience::unsubscribe_user(RoomId room, UserId user) {
    std::size_t count = 0;
    for (auto& [id, listener] : listeners_) {
        if (listener.user == user && unsubscribe(room, id)) ++count;
    }
    return count;
}

void Audience::forget_room(Listener& listener, RoomId room) {
    const auto found = rooms_.find(room);
    std::erase_if(found->second, [&](const Hearer& hearer) { return hearer.connection == listener.connection; });
    if (found->second.empty()) rooms_.erase(found);
    if (contains(listener.watched, room)) watch_no_more(listener, room);
}

void Audience::watch_no_more(const Listener& listener, RoomId room) {
    const auto found = watchers_.find(room);
    found->second.erase(listener.connection->id());
    if (found->second.empty()) watchers_.erase(found);
}

void Audience::watch(net::ConnectionId connection, std::vector<RoomId> rooms) {
    const auto found = listeners_.find(connection);
    if (found == listeners_.end()) return;
    auto& listener = found->second;
    std::sort(rooms.begin(), rooms.end());
    rooms.erase(std::unique(rooms.begin(), rooms.end()), rooms.end());
    for (const auto room : listener.watched)
        if (contains(listener.rooms, room)) watch_no_more(listener, room);
    for (const auto room : rooms)
        if (contains(listener.rooms, room)) watchers_[room].emplace(connection, listener.connection);
    listener.watched = std::move(rooms);
}

void Audience::tell(RoomId room, const Telling& telling) const {
    const auto found = rooms_.find(room);
    if (found == rooms_.end()) return;
    for (const auto& [connection, reads_from] : found->second) {
        const bool is_hers = telling.about == Ordinal() || telling.about >= reads_from;
        for (const auto& frame : is_hers ? telling.frames : telling.concealed) connection->send(frame);
    }
}

void Audience::tell_watchers(RoomId room, const net::SharedFrame& frame) const {
    const auto found = watchers_.find(room);
    if (found == watchers_.end()) return;
    for (const auto& [id, connection] : found->second) connection->send(frame);
}

void Audience::send(net::ConnectionId connection, std::vector<net::SharedFrame> frames) const {
    const auto found = listeners_.find(connection);
    if (found == listeners_.end()) return;
    for (auto& frame : frames) found->second.connection->send(std::move(frame));
}

void Audience::cut(RoomId room) const {
    const auto found = rooms_.find(room);
    if (found == rooms_.end()) return;
    for (const auto& hearer : found->second)
        hearer.connection->close(CloseCode::try_again_later, "the server is behind; resume");
}

}  // namespace parley::rooms
