#include "ui/room_order.hpp"

#include <algorithm>
#include <tuple>

namespace parley::ui {

RoomSection section_of(const client::Room& room) {
    if (room.is_thread()) return RoomSection::threads;
    if (room.settings.archived) return RoomSection::archived;
    if (room.favourite) return RoomSection::favourites;
    return room.is_chat() ? RoomSection::chats : RoomSection::channels;
}

namespace {

// A chat that somebody she has blocked has opened, and could say nothing in.
bool is_nothing(const client::ChatState& chat, const client::Room& room) {
    return room.kind == RoomKind::direct && room.last_ordinal == Ordinal() && chat.has_blocked(room.peer);
}

}  // namespace

std::vector<const client::Room*> rooms_in(const client::ChatState& chat, RoomSection section) {
    std::vector<const client::Room*> rooms;
    for (const auto& [id, room] : chat.rooms)
        if (section_of(room) == section && !is_nothing(chat, room)) rooms.push_back(&room);
    std::sort(rooms.begin(), rooms.end(), [&](const auto* a, const auto* b) {
        return a->is_chat() != b->is_chat() ? b->is_chat() : chat.title_of(*a) < chat.title_of(*b);
    });
    return rooms;
}

std::vector<const client::Room*> threads_followed(const client::ChatState& chat, bool all) {
    std::vector<const client::Room*> threads;
    for (const auto& [id, room] : chat.rooms)
        if (room.is_thread() && (room.unread != 0 || (all && room.last_ordinal != Ordinal()))) threads.push_back(&room);
    const auto latest = [&](const client::Room& thread) {
        const auto* around = chat.room(thread.root.room);
        const auto* root = around != nullptr ? around->message(thread.root.ordinal) : nullptr;
        return root != nullptr && root->thread ? root->thread->latest : Timestamp();
    };
    std::sort(threads.begin(), threads.end(), [&](const auto* a, const auto* b) {
        return std::tuple(b->mentions != 0, latest(*b), b->id) < std::tuple(a->mentions != 0, latest(*a), a->id);
    });
    return threads;
}

std::vector<const client::Room*> rooms_in_order(const client::ChatState& chat, bool with_archived) {
    auto rooms = rooms_in(chat, RoomSection::favourites);
    for (const auto section : {RoomSection::channels, RoomSection::chats, RoomSection::archived}) {
        if (section == RoomSection::archived && !with_archived) continue;
        const auto more = rooms_in(chat, section);
        rooms.insert(rooms.end(), more.begin(), more.end());
    }
    return rooms;
}

Icon icon_of(const client::Room& room) {
    if (room.is_thread()) return Icon::message;
    if (room.kind == RoomKind::group) return Icon::people;
    if (room.settings.archived) return Icon::box;
    if (room.only_some_post()) return Icon::megaphone;
    return room.is_private() ? Icon::lock : Icon::hash;
}

}  // namespace parley::ui
