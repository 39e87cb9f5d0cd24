// MemoryWriter: messages, and what is done to them.
#include <algorithm>
#include <map>
#include <set>

#include "simulation/memory_writer.hpp"

namespace parley::simulation {

namespace {

using store::Outcome;
using store::Status;

Outcome done(RoomId room, Sequence sequence, Ordinal ordinal = {}) {
    return {Status::committed, {}, {{}, room, sequence, ordinal}};
}
Outcome refused(Refusal reason) {
    return {Status::refused, reason, {}};
}

// A message's reactions as what they are.
using Reactions = std::map<std::string, std::set<UserId>>;

Reactions reactions_of(const Message& message) {
    Reactions all;
    for (const auto& reaction : message.reactions)
        all[reaction.emoji.str()].insert(reaction.users.begin(), reaction.users.end());
    return all;
}

void set_reactions(Message& message, const Reactions& all) {
    message.reactions = {};
    for (const auto& [emoji, users] : all) {
        Reaction reaction{Emoji::cut(emoji), {}};
        for (const auto user : users) reaction.users.push_back(user);
        if (!users.empty()) message.reactions.push_back(std::move(reaction));
    }
}

}  // namespace

bool MemoryWriter::has_blocked(UserId person, UserId whom) const {
    return records_.accounts.at(person).blocked.contains(whom);
}

bool MemoryWriter::takes_no_messages(const StoredRoom& of, UserId from) const {
    const auto& room = records_.ruler_of(of);
    return room.kind == RoomKind::direct && has_blocked(room.peer_of(from), from);
}

Outcome MemoryWriter::write(const store::AppendMessage& change, Effects& effects) {
    const auto user = change.operation.user;
    const auto* room = records_.room(change.room);
    if (!room) return refused(Refusal::no_such_room);
    if (!room->members.contains(user)) return refused(room->refusal_for_stranger());
    if (takes_no_messages(*room, user)) return refused(Refusal::takes_no_messages);
    if (const auto why = records_.ruler_of(*room).why_not_post(user)) return refused(*why);
    const bool is_there = change.reply_to <= room->last_ordinal() && change.reply_to >= room->reads_from(user);
    if (change.reply_to != Ordinal() && !is_there) return refused(Refusal::no_such_message);
    const auto ordinal = room->last_ordinal().next();
    const MessagePosted message{ordinal, user, change.operation.op, change.now, change.text, change.reply_to};
    if (room->kind != RoomKind::thread) return done(change.room, append(change.room, message, effects), ordinal);
    bring_in(change, effects);
    const auto sequence = append(change.room, message, effects);
    tell_root(change.room, change.now, effects);
    return done(change.room, sequence, ordinal);
}

template <class Change>
std::optional<Refusal> MemoryWriter::why_no_message(const Change& change) const {
    const auto* room = records_.room(change.room);
    if (!room) return Refusal::no_such_room;
    const auto user = change.operation.user;
    if (!room->members.contains(user)) return room->refusal_for_stranger();
    if (!std::same_as<Change, store::DeleteMessage> && takes_no_messages(*room, user))
        return Refusal::takes_no_messages;
    if (records_.ruler_of(*room).settings.archived) return Refusal::room_archived;
    const auto from = room->reads_from(change.operation.user);
    if (!room->has_message(change.ordinal) || change.ordinal < from) return Refusal::no_such_message;
    return std::nullopt;
}

template <class Change>
std::optional<Refusal> MemoryWriter::why_not_as_poster(const Change& change) const {
    if (const auto why = why_no_message(change)) return why;
    return records_.ruler_of(*records_.room(change.room)).why_not_post(change.operation.user);
}

// Undone by its place: what is posted behind it may move it.
Outcome MemoryWriter::become(RoomId id, Message message, RoomEventBody event, Effects& effects) {
    auto& room = records_.rooms.at(id);
    message.revision = append(id, std::move(event), effects);
    const auto place = message.ordinal.value() - 1;
    undo_.add([&room, place, before = room.messages[place]] { room.messages[place] = before; });
    room.messages[place] = std::move(message);
    return done(id, room.head());
}

Outcome MemoryWriter::write(const store::EditText& change, Effects& effects) {
    if (const auto why = why_not_as_poster(change)) return refused(*why);
    auto message = records_.room(change.room)->message(change.ordinal);
    const auto [user, op, fingerprint] = change.operation;
    if (message.author != user) return refused(Refusal::not_your_message);
    if (message.deleted) return refused(Refusal::message_deleted);
    if (message.text == change.text) return done(change.room, records_.room(change.room)->head());
    message.text = change.text;
    message.edited = change.now;
    return become(change.room, message, MessageEdited{change.ordinal, user, op, change.now, change.text}, effects);
}

Outcome MemoryWriter::write(const store::DeleteMessage& change, Effects& effects) {
    if (const auto why = why_no_message(change)) return refused(*why);
    const auto& before = records_.room(change.room)->message(change.ordinal);
    const auto [user, op, fingerprint] = change.operation;
    if (before.author != user) return refused(Refusal::not_your_message);
    if (before.deleted) return done(change.room, records_.room(change.room)->head());
    Message message{before.ordinal, before.sequence, {}, before.author, before.time, {}, before.reply_to};
    message.deleted = true;
    message.thread = before.thread;
    const auto outcome = become(change.room, message, MessageDeleted{change.ordinal, user, op, change.now}, effects);
    if (records_.room(change.room)->kind == RoomKind::thread) tell_root(change.room, std::nullopt, effects);
    return outcome;
}

Outcome MemoryWriter::write(const store::SetReaction& change, Effects& effects) {
    if (const auto why = why_no_message(change)) return refused(*why);
    auto message = records_.room(change.room)->message(change.ordinal);
    const auto [user, op, fingerprint] = change.operation;
    auto all = reactions_of(message);
    const bool is_new = !all.contains(change.emoji.str());
    std::size_t count = 0;
    for (const auto& [emoji, users] : all) count += users.size();
    auto& users = all[change.emoji.str()];
    if (users.contains(user) == change.on) return done(change.room, records_.room(change.room)->head());
    if (message.deleted) return refused(Refusal::message_deleted);
    const bool is_full = count >= bounds_.reactions_per_message || (is_new && all.size() > bounds_.emoji_per_message);
    if (change.on && is_full) return refused(Refusal::too_many_reactions);
    if (change.on) {
        users.insert(user);
    } else {
        users.erase(user);
    }
    set_reactions(message, all);
    return become(change.room, message, ReactionChanged{change.ordinal, user, op, change.emoji, change.on}, effects);
}

Outcome MemoryWriter::write(const store::SetPin& change, Effects& effects) {
    if (const auto why = why_not_as_poster(change)) return refused(*why);
    const auto& room = *records_.room(change.room);
    auto message = room.message(change.ordinal);
    const auto [user, op, fingerprint] = change.operation;
    if (message.pinned == change.on) return done(change.room, room.head());
    if (message.deleted) return refused(Refusal::message_deleted);
    const auto pins =
        std::count_if(room.messages.begin(), room.messages.end(), [](const Message& one) { return one.pinned; });
    if (change.on && static_cast<std::size_t>(pins) >= bounds_.pins_per_room) return refused(Refusal::too_many_pins);
    message.pinned = change.on;
    return become(change.room, message, PinChanged{change.ordinal, user, op, change.now, change.on}, effects);
}

}  // namespace parley::simulation
