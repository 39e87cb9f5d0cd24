// Three people, two rooms and a direct chat, as one of them knows them.
#pragma once

#include "client/chat_state.hpp"

namespace parley::composing {

inline constexpr UserId kAna(17);
inline constexpr UserId kBo(18);
inline constexpr UserId kCarla(19);
inline constexpr RoomId kGeneral(1);
inline constexpr RoomId kGarden(2);

inline client::ChatState some_chat() {
    client::ChatState chat;
    chat.self = kAna;
    const auto add = [&](UserId user, std::string_view account, std::string_view nick) {
        Profile profile;
        profile.user = user;
        profile.account = AccountName::cut(account);
        profile.nick = Nick::cut(nick);
        chat.people.emplace(user, profile);
    };
    add(kAna, "ana", "Ana");
    add(kBo, "bo.b", "Robert");
    add(kCarla, "carla", "Carla Ana");
    const auto room = [&](RoomId id, std::string_view name) {
        client::Room fresh;
        fresh.id = id;
        fresh.name = RoomName::cut(name);
        chat.rooms.emplace(id, fresh);
    };
    room(kGeneral, "general");
    room(kGarden, "garden");
    chat.rooms.at(kGeneral).members = {{kAna, Presence::online}, {kBo, Presence::offline}};
    client::Room direct;
    direct.id = RoomId(3);
    direct.kind = RoomKind::direct;
    direct.peer = kBo;
    chat.rooms.emplace(direct.id, direct);
    return chat;
}

}  // namespace parley::composing
