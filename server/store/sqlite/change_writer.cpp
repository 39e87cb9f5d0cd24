#include "sqlite/change_writer.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace parley::sqlite {

namespace {

using store::Outcome;
using store::Result;
using store::Status;

Outcome committed(Result result = {}) {
    return {Status::committed, {}, result};
}
Outcome refused(Refusal reason) {
    return {is_retryable(reason) ? Status::retry : Status::refused, reason, {}};
}

template <class Change>
concept HasOperation = requires(const Change& change) {
    change.operation;
};

}  // namespace

ChangeWriter::ChangeWriter(Database& database)
    : accounts_(database),
      blocks_(database),
      rooms_(database),
      messages_(database),
      reading_(database),
      operations_(database) {}

Outcome ChangeWriter::apply(const store::Change& change, Effects& effects) {
    return std::visit(
        [&]<class Kind>(const Kind& kind) {
            if constexpr (HasOperation<Kind>) {
                if (const auto known = operations_.settled(kind.operation)) return *known;
                const auto outcome = write(kind, effects);
                if (outcome.status != Status::retry) operations_.record(kind.operation, outcome);
                return outcome;
            } else {
                return write(kind, effects);
            }
        },
        change);
}

// Before there is an account there is nobody whose operation it is: the account itself remembers what made it. It is
// recorded all the same, so that no other change takes its number.
Outcome ChangeWriter::write(const store::RegisterAccount& change, Effects& effects) {
    if (const auto there = accounts_.find(change.account)) {
        if (there->by == change.op) return {Status::earlier, {}, {there->user, {}, {}, {}}};
        return refused(Refusal::name_taken);
    }
    if (!change.user.names_something() || change.account.empty() || !OperationLog::can_keep(change.op))
        return refused(Refusal::malformed);
    if (change.password_hash.empty()) return refused(Refusal::busy);   // there was no memory to compute it
    if (accounts_.exists(change.user)) return refused(Refusal::busy);  // the id is taken: another one next time
    if (accounts_.looks_like_another(change.skeleton, change.user)) return refused(Refusal::name_taken);
    if (change.only_as_owner && accounts_.has_owner()) return refused(Refusal::registration_closed);
    const bool owner = change.only_as_owner || (change.may_be_owner && !accounts_.has_accounts());
    accounts_.add(change, owner, effects);
    operations_.record({change.user, change.op, 0}, committed());
    if (owner) rooms_.own(rooms_.first_room(), change.user);
    const auto general = rooms_.find(rooms_.first_room());
    if (general && general->members < limits::kMembersPerRoom) enter(general->room, change.user, change.now, effects);
    return committed({change.user, {}, {}, {}});
}

Sequence ChangeWriter::enter(RoomId room, UserId user, Timestamp now, Effects& effects) {
    rooms_.add_member(room, user);
    const auto sequence = rooms_.append(room, MemberJoined{user, now}, effects);
    show(room, user, effects);
    return sequence;
}

void ChangeWriter::show(RoomId room, UserId user, Effects& effects, UserId invited_by) {
    accounts_.tell(user, RoomAdded{rooms_.summary_for(reading_.standing(room, user), user), invited_by}, effects);
}

bool ChangeWriter::is_free(RoomId room) {
    return room.names_something() && !rooms_.find(room);
}

Outcome ChangeWriter::write(const store::CreateRoom& change, Effects& effects) {
    if (change.name.empty()) return refused(Refusal::room_name_not_allowed);
    const bool is_open = change.access == RoomAccess::open;
    if (is_open && rooms_.is_name_taken(change.name)) return refused(Refusal::room_name_taken);
    if (rooms_.is_in_too_many(change.operation.user)) return refused(Refusal::too_many_rooms);
    if (!is_free(change.room)) return refused(Refusal::busy);
    const auto& [user, op, fingerprint] = change.operation;
    rooms_.add_channel(change);
    rooms_.append(change.room, RoomCreated{user, RoomKind::channel, change.name, change.now}, effects);
    if (!is_open) rooms_.append(change.room, RoomSettingsChanged{user, op, change.now, {change.access}}, effects);
    const auto head = enter(change.room, user, change.now, effects);
    return committed({{}, change.room, head, {}});
}

Outcome ChangeWriter::write(const store::JoinRoom& change, Effects& effects) {
    const auto user = change.operation.user;
    const auto room = rooms_.find(change.room);
    if (!room) return refused(Refusal::no_such_room);
    if (rooms_.is_member(change.room, user)) return committed({{}, change.room, room->head, {}});
    if (room->is_hidden()) return refused(Refusal::no_such_room);
    if (room->settings.archived) return refused(Refusal::room_archived);
    if (room->members >= limits::kMembersPerRoom) return refused(Refusal::room_full);
    if (rooms_.is_in_too_many(user)) return refused(Refusal::too_many_rooms);
    return committed({{}, change.room, enter(change.room, user, change.now, effects), {}});
}

Outcome ChangeWriter::write(const store::LeaveRoom& change, Effects& effects) {
    const auto user = change.operation.user;
    const auto room = rooms_.find(change.room);
    if (!room) return refused(Refusal::no_such_room);
    if (!rooms_.is_member(change.room, user)) return refused(room->refusal_for_stranger());
    if (room->settings.archived && room->owner == user) return refused(Refusal::owner_keeps_archived);
    if (is_chat(room->kind)) return refused(Refusal::cannot_leave);
    for (const auto thread : rooms_.threads_followed(change.room, user))
        stop_following(thread, user, change.now, effects);
    rooms_.remove_member(change.room, user);
    const auto sequence = rooms_.append(change.room, MemberLeft{user, change.now}, effects);
    accounts_.tell(user, RoomRemoved{change.room}, effects);
    return committed({{}, change.room, sequence, {}});
}

Outcome ChangeWriter::write(const store::OpenDirectChat& change, Effects& effects) {
    const auto user = change.operation.user;
    if (!accounts_.exists(change.person)) return refused(Refusal::no_such_person);
    if (const auto room = rooms_.find_direct(user, change.person)) return committed({{}, room->room, room->head, {}});
    if (blocks_.holds(change.person, user)) return refused(Refusal::takes_no_messages);
    if (rooms_.is_in_too_many(user)) return refused(Refusal::too_many_rooms);
    if (rooms_.is_in_too_many(change.person)) return refused(Refusal::room_full);
    if (!is_free(change.room)) return refused(Refusal::busy);
    return make_direct(change, effects);
}

// Both are in before either is told: the room in a list is whole.
Outcome ChangeWriter::make_direct(const store::OpenDirectChat& change, Effects& effects) {
    const auto user = change.operation.user;
    const bool alone = user == change.person;
    rooms_.add_direct(change.room, user, change.person, change.now);
    rooms_.append(change.room, RoomCreated{user, RoomKind::direct, {}, change.now}, effects);
    rooms_.add_member(change.room, user);
    auto head = rooms_.append(change.room, MemberJoined{user, change.now}, effects);
    if (!alone) {
        rooms_.add_member(change.room, change.person);
        head = rooms_.append(change.room, MemberJoined{change.person, change.now}, effects);
        show(change.room, change.person, effects);
    }
    show(change.room, user, effects);
    return committed({{}, change.room, head, {}});
}

// All are in before anybody is told: the room in a list is whole.
Outcome ChangeWriter::write(const store::OpenGroupChat& change, Effects& effects) {
    const auto user = change.operation.user;
    const auto unknown = [this](UserId person) { return !accounts_.exists(person); };
    if (std::any_of(change.people.begin(), change.people.end(), unknown)) return refused(Refusal::no_such_person);
    if (const auto room = rooms_.find_group(change.people)) return committed({{}, room->room, room->head, {}});
    const auto blocks = [&](UserId person) { return blocks_.holds(person, user); };
    if (std::any_of(change.people.begin(), change.people.end(), blocks)) return refused(Refusal::takes_no_messages);
    if (rooms_.is_in_too_many(user)) return refused(Refusal::too_many_rooms);
    const auto full = [this](UserId person) { return rooms_.is_in_too_many(person); };
    if (std::any_of(change.people.begin(), change.people.end(), full)) return refused(Refusal::room_full);
    if (!is_free(change.room)) return refused(Refusal::busy);
    rooms_.add_group(change.room, change.people, change.now);
    auto head = rooms_.append(change.room, RoomCreated{user, RoomKind::group, {}, change.now}, effects);
    for (const auto person : change.people) {
        rooms_.add_member(change.room, person);
        head = rooms_.append(change.room, MemberJoined{person, change.now}, effects);
    }
    for (const auto person : change.people) show(change.room, person, effects);
    return committed({{}, change.room, head, {}});
}

std::optional<Refusal> ChangeWriter::why_not_speak(const RoomTables::State& room, UserId user) {
    if (!rooms_.is_member(room.room, user)) return room.refusal_for_stranger();
    const auto ruler = rooms_.ruler_of(room);
    if (ruler.kind == RoomKind::direct && blocks_.holds(ruler.peer_of(user), user)) return Refusal::takes_no_messages;
    return std::nullopt;
}

Outcome ChangeWriter::write(const store::AppendMessage& change, Effects& effects) {
    const auto room = rooms_.find(change.room);
    if (!room) return refused(Refusal::no_such_room);
    if (const auto why = why_not_speak(*room, change.operation.user)) return refused(*why);
    if (const auto why = why_not_post(*room, change.operation.user)) return refused(*why);
    const bool answers = change.reply_to != Ordinal();
    const bool is_there = change.reply_to <= room->last_ordinal &&
                          change.reply_to >= rooms_.reads_from(change.room, change.operation.user);
    if (answers && !is_there) return refused(Refusal::no_such_message);
    if (room->kind == RoomKind::thread) bring_in(*room, change, effects);
    const auto result = rooms_.append_message(change, effects);
    if (room->kind == RoomKind::thread) tell_root(*room, change.now, effects);
    messages_.mention(change.room, result.ordinal, change.operation.user, change.mentioned);
    return committed(result);
}

template <class Change>
std::expected<ChangeWriter::Target, Refusal> ChangeWriter::find_target(const Change& change) {
    const auto room = rooms_.find(change.room);
    if (!room) return std::unexpected(Refusal::no_such_room);
    // What she has said she may take back, whoever does not want to hear of her.
    const auto why = why_not_speak(*room, change.operation.user);
    const bool takes_back = why == Refusal::takes_no_messages && std::same_as<Change, store::DeleteMessage>;
    if (why && !takes_back) return std::unexpected(*why);
    if (rooms_.ruler_of(*room).settings.archived) return std::unexpected(Refusal::room_archived);
    auto message = messages_.find(change.room, change.ordinal);
    if (!message || change.ordinal < rooms_.reads_from(change.room, change.operation.user))
        return std::unexpected(Refusal::no_such_message);
    return Target{*room, *std::move(message)};
}

template <class Change>
std::expected<ChangeWriter::Target, Refusal> ChangeWriter::find_as_poster(const Change& change) {
    auto target = find_target(change);
    if (!target) return target;
    if (const auto why = why_not_post(target->room, change.operation.user)) return std::unexpected(*why);
    return target;
}

std::optional<Refusal> ChangeWriter::why_not_post(const RoomTables::State& room, UserId user) {
    const auto ruler = rooms_.ruler_of(room);
    if (ruler.settings.archived) return Refusal::room_archived;
    if (ruler.settings.posts == WhoPosts::everybody || ruler.owner == user || rooms_.is_poster(ruler.room, user))
        return std::nullopt;
    return Refusal::may_not_post;
}

Outcome ChangeWriter::write(const store::EditText& change, Effects& effects) {
    const auto target = find_as_poster(change);
    if (!target) return refused(target.error());
    const auto& [room, message] = *target;
    if (message.author != change.operation.user) return refused(Refusal::not_your_message);
    if (message.deleted) return refused(Refusal::message_deleted);
    if (message.text == change.text) return committed({{}, change.room, room.head, {}});
    const auto& [user, op, fingerprint] = change.operation;
    const auto sequence = rooms_.append_change(
        change.room, change.ordinal, MessageEdited{change.ordinal, user, op, change.now, change.text}, effects);
    messages_.edit(change, sequence);
    return committed({{}, change.room, sequence, {}});
}

Outcome ChangeWriter::write(const store::DeleteMessage& change, Effects& effects) {
    const auto target = find_target(change);
    if (!target) return refused(target.error());
    const auto& [room, message] = *target;
    if (message.author != change.operation.user) return refused(Refusal::not_your_message);
    if (message.deleted) return committed({{}, change.room, room.head, {}});
    const auto& [user, op, fingerprint] = change.operation;
    const auto sequence = rooms_.append_change(change.room, change.ordinal,
                                               MessageDeleted{change.ordinal, user, op, change.now}, effects);
    messages_.remove(change, sequence);
    if (room.kind == RoomKind::thread) tell_root(room, std::nullopt, effects);
    return committed({{}, change.room, sequence, {}});
}

Outcome ChangeWriter::write(const store::SetReaction& change, Effects& effects) {
    const auto target = find_target(change);
    if (!target) return refused(target.error());
    const auto& [room, message] = *target;
    if (messages_.has_reaction(change) == change.on) return committed({{}, change.room, room.head, {}});
    if (message.deleted) return refused(Refusal::message_deleted);
    if (change.on && messages_.has_no_room_for(change)) return refused(Refusal::too_many_reactions);
    const auto& [user, op, fingerprint] = change.operation;
    const auto sequence = rooms_.append_change(
        change.room, change.ordinal, ReactionChanged{change.ordinal, user, op, change.emoji, change.on}, effects);
    messages_.set_reaction(change, sequence);
    return committed({{}, change.room, sequence, {}});
}

Outcome ChangeWriter::write(const store::SetPin& change, Effects& effects) {
    const auto target = find_as_poster(change);
    if (!target) return refused(target.error());
    const auto& [room, message] = *target;
    if (message.pinned == change.on) return committed({{}, change.room, room.head, {}});
    if (message.deleted) return refused(Refusal::message_deleted);
    if (change.on && messages_.has_too_many_pins(change.room)) return refused(Refusal::too_many_pins);
    const auto& [user, op, fingerprint] = change.operation;
    const auto sequence = rooms_.append_change(change.room, change.ordinal,
                                               PinChanged{change.ordinal, user, op, change.now, change.on}, effects);
    messages_.set_pin(change, sequence);
    return committed({{}, change.room, sequence, {}});
}

Outcome ChangeWriter::write(const store::SetNick& change, Effects& effects) {
    if (change.nick.empty()) return refused(Refusal::nick_not_allowed);
    if (accounts_.looks_like_another(change.skeleton, change.operation.user)) return refused(Refusal::nick_taken);
    accounts_.set_nick(change, effects);
    return committed();
}

Outcome ChangeWriter::write(const store::SetStatus& change, Effects& effects) {
    accounts_.set_status(change, effects);
    return committed();
}

Outcome ChangeWriter::write(const store::SetAvailability& change, Effects& effects) {
    if (accounts_.set_availability(change))
        accounts_.tell(change.operation.user, AvailabilityChanged{change.availability}, effects);
    return committed();
}

Outcome ChangeWriter::write(const store::SetBlock& change, Effects& effects) {
    const auto user = change.operation.user;
    if (change.person == user) return refused(Refusal::cannot_block_yourself);
    if (!accounts_.exists(change.person)) return refused(Refusal::no_such_person);
    if (blocks_.holds(user, change.person) == change.on) return committed();
    if (change.on && blocks_.is_full(user)) return refused(Refusal::too_many_blocked);
    blocks_.set(user, change.person, change.on);
    accounts_.tell(user, BlockChanged{change.person, change.on}, effects);
    return committed();
}

Outcome ChangeWriter::write(const store::RecordRefusal& change, Effects&) {
    return refused(change.reason);
}

Outcome ChangeWriter::write(const store::AddToken& change, Effects&) {
    if (!accounts_.exists(change.user)) return refused(Refusal::no_such_person);
    accounts_.add_token(change);
    return committed();
}

Outcome ChangeWriter::write(const store::RemoveToken& change, Effects&) {
    accounts_.remove_token(change.hash);
    return committed();
}

Outcome ChangeWriter::write(const store::ReplacePasswordHash& change, Effects&) {
    if (!accounts_.exists(change.user)) return refused(Refusal::no_such_person);
    accounts_.replace_password_hash(change.user, change.password_hash);
    return committed();
}

Outcome ChangeWriter::write(const store::MoveRead& change, Effects& effects) {
    if (!rooms_.is_member(change.room, change.user)) return refused(Refusal::not_a_member);
    if (reading_.raise(change)) accounts_.tell(change.user, reading_.standing(change.room, change.user), effects);
    return committed();
}

Outcome ChangeWriter::write(const store::NoteSeen& change, Effects&) {
    accounts_.note_seen(change);
    return committed();
}

Outcome ChangeWriter::write(const store::ForgetResults& change, Effects&) {
    operations_.forget(change.user, change.outbox, change.through);
    return committed();
}

}  // namespace parley::sqlite
