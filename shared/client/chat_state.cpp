#include "client/chat_state.hpp"

namespace parley::client {

const Room* ChatState::room(RoomId id) const {
    const auto found = rooms.find(id);
    return found == rooms.end() ? nullptr : &found->second;
}

const Room* ChatState::room_named(std::string_view name) const {
    for (const auto& entry : rooms)
        if (entry.second.kind == RoomKind::channel && entry.second.name.view() == name) return &entry.second;
    return nullptr;
}

const Room* ChatState::direct_with(std::string_view account) const {
    const auto* other = person_named(account);
    if (other == nullptr) return nullptr;
    for (const auto& entry : rooms)
        if (entry.second.kind == RoomKind::direct && entry.second.peer == other->user) return &entry.second;
    return nullptr;
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

std::string ChatState::title_of(const Room& room) const {
    if (room.kind == RoomKind::channel) return room.name.str();
    const auto* other = person(room.peer);
    return other != nullptr ? other->account.str() : std::string("?");
}

std::uint64_t ChatState::unread_in_all() const {
    std::uint64_t sum = 0;
    for (const auto& entry : rooms) sum += entry.second.unread;
    return sum;
}

}  // namespace parley::client
