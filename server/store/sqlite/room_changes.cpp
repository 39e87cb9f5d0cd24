// ChangeWriter: what is done to a room itself, and who is brought into it.
#include "protocol/limits.hpp"
#include "sqlite/change_writer.hpp"

namespace parley::sqlite {

namespace {

using store::Outcome;
using store::Status;

Outcome done(RoomId room, Sequence sequence) {
    return {Status::committed, {}, {{}, room, sequence, {}}};
}
Outcome refused(Refusal reason) {
    return {Status::refused, reason, {}};
}

}  // namespace

Outcome ChangeWriter::write(const store::InviteToRoom& change, Effects& effects) {
    const auto room = rooms_.find(change.room);
    if (!room) return refused(Refusal::no_such_room);
    if (!rooms_.is_member(change.room, change.operation.user)) return refused(room->refusal_for_stranger());
    if (room->kind != RoomKind::channel) return refused(Refusal::not_in_a_chat);
    if (room->settings.archived) return refused(Refusal::room_archived);
    if (!accounts_.exists(change.person)) return refused(Refusal::no_such_person);
    if (rooms_.is_member(change.room, change.person)) return refused(Refusal::already_a_member);
    if (blocks_.holds(change.person, change.operation.user)) return refused(Refusal::takes_no_messages);
    const bool is_full = room->members >= limits::kMembersPerRoom || rooms_.is_in_too_many(change.person);
    if (is_full) return refused(Refusal::room_full);
    rooms_.add_member(change.room, change.person);
    const auto inviter = change.operation.user;
    const auto sequence = rooms_.append(change.room, MemberInvited{change.person, inviter, change.now}, effects);
    show(change.room, change.person, effects, inviter);
    return done(change.room, sequence);
}

template <class Change>
std::expected<RoomTables::State, Refusal> ChangeWriter::find_owned(const Change& change) {
    auto room = rooms_.find(change.room);
    if (!room) return std::unexpected(Refusal::no_such_room);
    if (!rooms_.is_member(change.room, change.operation.user)) return std::unexpected(room->refusal_for_stranger());
    if (room->kind != RoomKind::channel) return std::unexpected(Refusal::not_in_a_chat);
    if (room->owner != change.operation.user) return std::unexpected(Refusal::not_your_room);
    return *std::move(room);
}

template <class Change>
std::expected<RoomTables::State, Refusal> ChangeWriter::find_changeable(const Change& change) {
    auto room = find_owned(change);
    if (room && room->settings.archived) return std::unexpected(Refusal::room_archived);
    return room;
}

Outcome ChangeWriter::write(const store::SetTopic& change, Effects& effects) {
    const auto room = find_changeable(change);
    if (!room) return refused(room.error());
    if (room->topic == change.topic) return done(change.room, room->head);
    const auto& [user, op, fingerprint] = change.operation;
    rooms_.set_topic(change.room, change.topic);
    return done(change.room, rooms_.append(change.room, TopicChanged{user, op, change.now, change.topic}, effects));
}

Outcome ChangeWriter::write(const store::RenameRoom& change, Effects& effects) {
    const auto room = find_changeable(change);
    if (!room) return refused(room.error());
    if (change.name.empty()) return refused(Refusal::room_name_not_allowed);
    if (room->name == change.name) return done(change.room, room->head);
    if (!room->is_hidden() && rooms_.is_name_taken(change.name)) return refused(Refusal::room_name_taken);
    const auto& [user, op, fingerprint] = change.operation;
    rooms_.set_name(change.room, change.name);
    return done(change.room, rooms_.append(change.room, RoomRenamed{user, op, change.now, change.name}, effects));
}

Outcome ChangeWriter::write(const store::ChangeRoomSettings& change, Effects& effects) {
    const auto room = find_owned(change);
    if (!room) return refused(room.error());
    auto settings = room->settings;
    settings.access = change.access.value_or(settings.access);
    settings.newcomers = change.newcomers.value_or(settings.newcomers);
    settings.posts = change.posts.value_or(settings.posts);
    settings.archived = change.archived.value_or(settings.archived);
    if (settings == room->settings) return done(change.room, room->head);
    if (room->settings.archived && settings.archived) return refused(Refusal::room_archived);
    const bool is_open_to_all = settings.access == RoomAccess::open && !settings.archived;
    const bool closes_first = !is_open_to_all && change.room == rooms_.first_room();
    const bool opens = settings.access == RoomAccess::open && room->settings.access != RoomAccess::open;
    if (opens || closes_first) return refused(Refusal::access_stays);
    const auto& [user, op, fingerprint] = change.operation;
    rooms_.set_settings(*room, settings);
    return done(change.room, rooms_.append(change.room, RoomSettingsChanged{user, op, change.now, settings}, effects));
}

Outcome ChangeWriter::write(const store::SetPoster& change, Effects& effects) {
    const auto room = find_changeable(change);
    if (!room) return refused(room.error());
    if (room->settings.posts == WhoPosts::everybody) return refused(Refusal::everybody_posts);
    if (rooms_.is_poster(change.room, change.person) == change.on) return done(change.room, room->head);
    if (!rooms_.is_member(change.room, change.person)) return refused(Refusal::not_a_member);
    if (change.on && rooms_.posters(change.room) >= limits::kPostersPerRoom) return refused(Refusal::too_many_posters);
    const auto& [user, op, fingerprint] = change.operation;
    rooms_.set_poster(change.room, change.person, change.on);
    const PosterChanged event{user, op, change.now, change.person, change.on};
    return done(change.room, rooms_.append(change.room, event, effects));
}

Outcome ChangeWriter::write(const store::SetFavourite& change, Effects& effects) {
    const auto user = change.operation.user;
    const auto room = rooms_.find(change.room);
    if (!room) return refused(Refusal::no_such_room);
    if (!rooms_.is_member(change.room, user)) return refused(room->refusal_for_stranger());
    if (rooms_.is_favourite(change.room, user) != change.on) {
        rooms_.set_favourite(change.room, user, change.on);
        accounts_.tell(user, FavouriteChanged{change.room, change.on}, effects);
    }
    return {Status::committed, {}, {}};
}

}  // namespace parley::sqlite
