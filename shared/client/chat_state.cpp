#include "client/chat_state.hpp"

#include <algorithm>

#include "client/message_changes.hpp"

namespace parley::client {

OpId PendingChange::op() const {
    return std::visit([](const auto& wish) { return wish.op; }, change);
}
RoomId PendingChange::room() const {
    return std::visit([](const auto& wish) { return wish.room; }, change);
}
Ordinal PendingChange::ordinal() const {
    return std::visit([](const auto& wish) { return wish.ordinal; }, change);
}

const Message* Room::message(Ordinal ordinal) const {
    if (const auto* loaded = timeline.find(ordinal)) return loaded;
    const auto found = beside.find(ordinal);
    return found == beside.end() ? nullptr : &found->second;
}

Message ChatState::with_pending(RoomId id, Message message) const {
    for (const auto& wish : pending_changes)
        if (wish.room() == id && wish.ordinal() == message.ordinal) lay_over(message, self, wish);
    return message;
}

bool ChatState::has_pending_changes(RoomId id, Ordinal message) const {
    return std::any_of(pending_changes.begin(), pending_changes.end(), [&](const PendingChange& wish) {
        return !wish.failed && wish.room() == id && wish.ordinal() == message;
    });
}

const Room* ChatState::room(RoomId id) const {
    const auto found = rooms.find(id);
    return found == rooms.end() ? nullptr : &found->second;
}

const Room* ChatState::room_named(std::string_view name) const {
    const Room* found = nullptr;
    for (const auto& [id, room] : rooms) {
        if (room.kind != RoomKind::channel || room.name.view() != name) continue;
        if (found == nullptr || found->is_private()) found = &room;
    }
    return found;
}

const Room* ChatState::direct_with(std::string_view account) const {
    const auto* other = person_named(account);
    if (other == nullptr) return nullptr;
    for (const auto& entry : rooms)
        if (entry.second.kind == RoomKind::direct && entry.second.peer == other->user) return &entry.second;
    return nullptr;
}

std::optional<Presence> ChatState::presence_of(UserId id) const {
    std::optional<Presence> known;
    for (const auto& entry : rooms) {
        const auto& room = entry.second;
        const bool is_live =
            room.members_loaded && (room.watched || (room.kind == RoomKind::direct && room.peer == id));
        if (!is_live) continue;
        const auto member = room.members.find(id);
        if (member != room.members.end()) known = member->second;
    }
    if (known) return known;
    const auto found = seen.find(id);
    return found == seen.end() ? std::nullopt : std::optional(found->second.presence);
}

const Profile* ChatState::person(UserId id) const {
    const auto found = people.find(id);
    return found == people.end() ? nullptr : &found->second;
}

const Profile* ChatState::person_named(std::string_view account) const {
    for (const auto& entry : people)
        if (entry.second.account.view() == account) return &entry.second;
    return nullptr;
}

const Room* ChatState::group_of(const std::vector<UserId>& others) const {
    std::set<UserId> wanted(others.begin(), others.end());
    wanted.insert(self);
    for (const auto& [id, room] : rooms)
        if (room.kind == RoomKind::group &&
            std::equal(wanted.begin(), wanted.end(), room.people.begin(), room.people.end()))
            return &room;
    return nullptr;
}

const Room* ChatState::thread_of(RoomId id, Ordinal message) const {
    const ThreadRoot root{id, message};
    const auto found = std::find_if(rooms.begin(), rooms.end(), [&](const auto& entry) {
        return entry.second.is_thread() && entry.second.root == root;
    });
    return found == rooms.end() ? nullptr : &found->second;
}

const Room& ChatState::ruler_of(const Room& of) const {
    const auto* ruler = of.is_thread() ? room(of.root.room) : nullptr;
    return ruler != nullptr ? *ruler : of;
}

bool ChatState::may_post(const Room& of) const {
    const auto& room = ruler_of(of);
    if (room.settings.archived) return false;
    return !room.only_some_post() || owns(room) || room.is_poster;
}

std::string ChatState::title_of(const Room& room) const {
    const auto account_of = [this](UserId id) {
        const auto* other = person(id);
        return other != nullptr ? other->account.str() : std::string("?");
    };
    if (room.is_thread()) return &ruler_of(room) == &room ? std::string() : title_of(ruler_of(room));
    if (room.kind == RoomKind::channel) return room.name.str();
    if (room.kind == RoomKind::direct) return account_of(room.peer);
    std::vector<std::string> names;
    for (const auto member : room.people)
        if (member != self) names.push_back(account_of(member));
    std::sort(names.begin(), names.end());
    std::string all;
    for (const auto& name : names) all += (all.empty() ? "" : ", ") + name;
    return all;
}

std::uint64_t ChatState::unread_in_all() const {
    std::uint64_t sum = 0;
    for (const auto& entry : rooms) sum += entry.second.unread;
    return sum;
}

std::uint64_t ChatState::mentions_in_all() const {
    std::uint64_t sum = 0;
    for (const auto& entry : rooms) sum += entry.second.said_to_her();
    return sum;
}

}  // namespace parley::client
