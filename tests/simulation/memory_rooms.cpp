// MemoryWriter: what is done to a room itself, and who is brought into it.
#include "simulation/memory_writer.hpp"

namespace parley::simulation {

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

void MemoryWriter::take_name(const RoomName& name, RoomId room) {
    put(records_.channels_by_name, name.str(), room);
}

void MemoryWriter::free_name(const RoomName& name) {
    erase(records_.channels_by_name, records_.channels_by_name.find(name.str()));
}

Outcome MemoryWriter::write(const store::InviteToRoom& change, Effects& effects) {
    const auto by = change.operation.user;
    const auto found = records_.rooms.find(change.room);
    if (found == records_.rooms.end()) return refused(Refusal::no_such_room);
    auto& room = found->second;
    if (!room.members.contains(by)) return refused(room.refusal_for_stranger());
    if (room.kind != RoomKind::channel) return refused(Refusal::not_in_a_chat);
    if (room.settings.archived) return refused(Refusal::room_archived);
    if (!records_.accounts.contains(change.person)) return refused(Refusal::no_such_person);
    if (room.members.contains(change.person)) return refused(Refusal::already_a_member);
    if (has_blocked(change.person, by)) return refused(Refusal::takes_no_messages);
    if (room.members.size() >= bounds_.members_per_room) return refused(Refusal::room_full);
    if (is_in_too_many(change.person)) return refused(Refusal::room_full);
    add_member(room, change.person);
    const auto sequence = append(change.room, MemberInvited{change.person, by, change.now}, effects);
    tell(change.person, RoomAdded{room.summary_for(change.room, change.person), by}, effects);
    return done(change.room, sequence);
}

template <class Change>
std::optional<Refusal> MemoryWriter::why_not_hers(const Change& change) const {
    const auto* room = records_.room(change.room);
    if (!room) return Refusal::no_such_room;
    if (!room->members.contains(change.operation.user)) return room->refusal_for_stranger();
    if (room->kind != RoomKind::channel) return Refusal::not_in_a_chat;
    if (room->owner != change.operation.user) return Refusal::not_your_room;
    return std::nullopt;
}

template <class Change>
std::optional<Refusal> MemoryWriter::why_not_changeable(const Change& change) const {
    if (const auto why = why_not_hers(change)) return why;
    return records_.room(change.room)->settings.archived ? std::optional(Refusal::room_archived) : std::nullopt;
}

Outcome MemoryWriter::write(const store::SetTopic& change, Effects& effects) {
    if (const auto why = why_not_changeable(change)) return refused(*why);
    auto& room = records_.rooms.at(change.room);
    if (room.topic == change.topic) return done(change.room, room.head());
    changing(room.topic) = change.topic;
    const auto& by = change.operation;
    return done(change.room, append(change.room, TopicChanged{by.user, by.op, change.now, change.topic}, effects));
}

Outcome MemoryWriter::write(const store::RenameRoom& change, Effects& effects) {
    if (const auto why = why_not_changeable(change)) return refused(*why);
    auto& room = records_.rooms.at(change.room);
    if (change.name.empty()) return refused(Refusal::room_name_not_allowed);
    if (room.name == change.name) return done(change.room, room.head());
    if (!room.is_hidden()) {
        if (records_.channels_by_name.contains(change.name.str())) return refused(Refusal::room_name_taken);
        free_name(room.name);
        take_name(change.name, change.room);
    }
    changing(room.name) = change.name;
    const auto& by = change.operation;
    return done(change.room, append(change.room, RoomRenamed{by.user, by.op, change.now, change.name}, effects));
}

Outcome MemoryWriter::write(const store::ChangeRoomSettings& change, Effects& effects) {
    if (const auto why = why_not_hers(change)) return refused(*why);
    auto& room = records_.rooms.at(change.room);
    const RoomSettings settings{
        change.access.value_or(room.settings.access), change.newcomers.value_or(room.settings.newcomers),
        change.posts.value_or(room.settings.posts), change.archived.value_or(room.settings.archived)};
    if (settings == room.settings) return done(change.room, room.head());
    if (room.settings.archived && settings.archived) return refused(Refusal::room_archived);
    const bool closes = settings.access != room.settings.access;
    if (closes && settings.access == RoomAccess::open) return refused(Refusal::access_stays);
    if ((closes || settings.archived) && change.room == records_.first_room) return refused(Refusal::access_stays);
    if (closes) free_name(room.name);
    changing(room.settings) = settings;
    if (settings.posts == WhoPosts::everybody)
        while (!room.posters.empty()) erase(room.posters, room.posters.begin());
    const auto& by = change.operation;
    const RoomSettingsChanged event{by.user, by.op, change.now, room.settings};
    return done(change.room, append(change.room, event, effects));
}

Outcome MemoryWriter::write(const store::SetPoster& change, Effects& effects) {
    if (const auto why = why_not_changeable(change)) return refused(*why);
    auto& room = records_.rooms.at(change.room);
    if (room.settings.posts == WhoPosts::everybody) return refused(Refusal::everybody_posts);
    if (room.posters.contains(change.person) == change.on) return done(change.room, room.head());
    if (!room.members.contains(change.person)) return refused(Refusal::not_a_member);
    if (change.on && room.posters.size() >= bounds_.posters_per_room) return refused(Refusal::too_many_posters);
    if (change.on) {
        put(room.posters, change.person, true);
    } else {
        forget_member(room.posters, change.person);
    }
    const auto& by = change.operation;
    const PosterChanged event{by.user, by.op, change.now, change.person, change.on};
    return done(change.room, append(change.room, event, effects));
}

Outcome MemoryWriter::write(const store::SetFavourite& change, Effects& effects) {
    const auto user = change.operation.user;
    const auto found = records_.rooms.find(change.room);
    if (found == records_.rooms.end()) return refused(Refusal::no_such_room);
    auto& room = found->second;
    if (!room.members.contains(user)) return refused(room.refusal_for_stranger());
    if (room.favourite_of.contains(user) == change.on) return {Status::committed, {}, {}};
    if (change.on) {
        put(room.favourite_of, user, true);
    } else {
        forget_member(room.favourite_of, user);
    }
    tell(user, FavouriteChanged{change.room, change.on}, effects);
    return {Status::committed, {}, {}};
}

}  // namespace parley::simulation
