#include "simulation/memory_writer.hpp"

#include <algorithm>
#include <limits>

namespace parley::simulation {

namespace {

using store::Outcome;
using store::Result;
using store::Status;
using store::StorageError;

Outcome committed(Result result = {}) {
    return {Status::committed, {}, result};
}
Outcome refused(Refusal reason) {
    return {is_retryable(reason) ? Status::retry : Status::refused, reason, {}};
}
bool can_keep(OpId op) {
    return op.number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
}
std::pair<UserId, UserId> pair_of(UserId one, UserId other) {
    return std::minmax(one, other);
}

template <class Change>
concept HasOperation = requires(const Change& change) {
    change.operation;
};

}  // namespace

std::expected<void, StorageError> MemoryWriter::begin() {
    if (std::exchange(is_open_, true)) return std::unexpected(StorageError{"a transaction is open", false});
    return {};
}

std::expected<void, StorageError> MemoryWriter::commit() {
    ++records_.commits;
    undo_.forget();
    is_open_ = false;
    return {};
}

void MemoryWriter::rollback() {
    undo_.undo_all();
    is_open_ = false;
}

// A commit in memory always ends well; whoever makes it fail (failing_disk) knows what became of it.
std::expected<store::LastCommit, StorageError> MemoryWriter::reopen() {
    rollback();
    return store::LastCommit::durable;
}

std::expected<Outcome, StorageError> MemoryWriter::apply(const store::Change& change, Effects& effects) {
    return std::visit(
        [&]<class Kind>(const Kind& kind) {
            if constexpr (HasOperation<Kind>) {
                if (const auto known = settled(kind.operation)) return *known;
                const auto outcome = write(kind, effects);
                if (outcome.status != Status::retry) record(kind.operation, outcome);
                return outcome;
            } else {
                return write(kind, effects);
            }
        },
        change);
}

// --- operations

std::optional<Outcome> MemoryWriter::settled(const store::Operation& operation) const {
    if (!records_.accounts.contains(operation.user)) return refused(Refusal::no_such_person);
    if (!can_keep(operation.op)) return refused(Refusal::malformed);
    const auto outbox = records_.outboxes.find({operation.user, operation.op.outbox});
    if (outbox == records_.outboxes.end()) return std::nullopt;
    if (operation.op.number <= outbox->second.confirmed_through) return refused(Refusal::op_expired);
    const auto known = outbox->second.operations.find(operation.op.number);
    if (known == outbox->second.operations.end()) {
        const bool is_far = operation.op.number - outbox->second.confirmed_through > bounds_.unconfirmed_per_outbox;
        if (!is_far || outbox->second.unconfirmed < bounds_.unconfirmed_per_outbox) return std::nullopt;
        return Outcome{Status::retry, Refusal::confirm_first, {}};
    }
    if (known->second.fingerprint != operation.fingerprint) return refused(Refusal::op_conflict);
    if (known->second.refusal) return refused(*known->second.refusal);
    return Outcome{Status::earlier, {}, known->second.result};
}

void MemoryWriter::record(const store::Operation& operation, const Outcome& outcome) {
    const std::pair key(operation.user, operation.op.outbox);
    if (!records_.outboxes.contains(key)) put(records_.outboxes, key, {});
    auto& outbox = records_.outboxes[key];
    const bool has_results_again = changing(outbox.unconfirmed)++ == 0;
    changing(outbox.last_used) = ++changing(records_.recorded);
    StoredOperation kept{operation.fingerprint, {}, outcome.result};
    if (!outcome.done()) kept.refusal = outcome.refusal;
    kept.result.user = {};
    put(outbox.operations, operation.op.number, kept);
    if (has_results_again) expire_long_unused(operation.user);
}

void MemoryWriter::expire_long_unused(UserId user) {
    std::map<std::uint64_t, StoredOutbox*, std::greater<>> by_use;
    for (auto at = records_.outboxes.lower_bound({user, OutboxId()});
         at != records_.outboxes.end() && at->first.first == user; ++at)
        if (at->second.unconfirmed > 0) by_use.emplace(at->second.last_used, &at->second);
    std::size_t place = 0;
    for (const auto& [last_used, outbox] : by_use) {
        if (++place <= bounds_.outboxes_per_person) continue;
        auto through = outbox->confirmed_through;
        while (outbox->operations.contains(through + 1)) ++through;
        forget_through(*outbox, through);
    }
}

void MemoryWriter::forget_through(StoredOutbox& outbox, std::uint64_t through) {
    changing(outbox.confirmed_through) = std::max(outbox.confirmed_through, through);
    changing(outbox.unconfirmed);
    while (!outbox.operations.empty() && outbox.operations.begin()->first <= through) {
        erase(outbox.operations, outbox.operations.begin());
        --outbox.unconfirmed;
    }
}

Outcome MemoryWriter::write(const store::RecordRefusal& change, Effects&) {
    return refused(change.reason);
}

Outcome MemoryWriter::write(const store::ForgetResults& change, Effects&) {
    const auto found = records_.outboxes.find({change.user, change.outbox});
    if (found == records_.outboxes.end()) return committed();
    forget_through(found->second, std::min<std::uint64_t>(change.through, std::numeric_limits<std::int64_t>::max()));
    return committed();
}

// --- accounts

bool MemoryWriter::looks_like_another(const std::string& skeleton, UserId than) const {
    return !skeleton.empty() && std::any_of(records_.accounts.begin(), records_.accounts.end(), [&](const auto& entry) {
        return entry.first != than &&
               (entry.second.name_skeleton == skeleton || entry.second.nick_skeleton == skeleton);
    });
}

ProfileRevision MemoryWriter::next_revision() {
    auto& revision = changing(records_.profile_revision);
    return revision = revision.next();
}

Outcome MemoryWriter::write(const store::RegisterAccount& change, Effects& effects) {
    if (const auto named = records_.accounts_by_name.find(change.account.str());
        named != records_.accounts_by_name.end()) {
        const auto& there = records_.accounts.at(named->second);
        if (there.registered_by == change.op) return {Status::earlier, {}, {named->second, {}, {}, {}}};
        return refused(Refusal::name_taken);
    }
    if (!change.user.names_something() || change.account.empty() || !can_keep(change.op))
        return refused(Refusal::malformed);
    if (change.password_hash.empty() || records_.accounts.contains(change.user)) return refused(Refusal::busy);
    if (looks_like_another(change.skeleton, change.user)) return refused(Refusal::name_taken);
    const bool has_owner = std::any_of(records_.accounts.begin(), records_.accounts.end(),
                                       [](const auto& entry) { return entry.second.owner; });
    if (change.only_as_owner && has_owner) return refused(Refusal::registration_closed);
    StoredAccount account{Profile{change.user, change.account, Nick::cut(change.account.view()), next_revision()},
                          change.skeleton,
                          change.skeleton,
                          change.password_hash,
                          change.only_as_owner || (change.may_be_owner && records_.accounts.empty()),
                          {},
                          change.op};
    effects.profiles.push_back(account.profile);
    put(records_.accounts_by_name, change.account.str(), change.user);
    put(records_.accounts, change.user, std::move(account));
    record({change.user, change.op, 0}, committed());
    if (records_.accounts.at(change.user).owner && records_.room(records_.first_room))
        changing(records_.rooms.at(records_.first_room).owner) = change.user;
    const auto* general = records_.room(records_.first_room);
    if (general && general->members.size() < bounds_.members_per_room)
        enter(records_.first_room, change.user, change.now, effects);
    return committed({change.user, {}, {}, {}});
}

Outcome MemoryWriter::write(const store::SetNick& change, Effects& effects) {
    if (change.nick.empty()) return refused(Refusal::nick_not_allowed);
    if (looks_like_another(change.skeleton, change.operation.user)) return refused(Refusal::nick_taken);
    auto& account = records_.accounts.at(change.operation.user);
    if (account.profile.nick == change.nick) return committed();
    const auto revision = next_revision();
    changing(account.profile).nick = change.nick;
    account.profile.revision = revision;
    changing(account.nick_skeleton) = change.skeleton;
    effects.profiles.push_back(account.profile);
    return committed();
}

Outcome MemoryWriter::write(const store::SetStatus& change, Effects& effects) {
    auto& profile = records_.accounts.at(change.operation.user).profile;
    if (profile.status == change.status && profile.status_until == change.until) return committed();
    const auto revision = next_revision();
    changing(profile).status = change.status;
    profile.status_until = change.until;
    profile.revision = revision;
    effects.profiles.push_back(profile);
    return committed();
}

Outcome MemoryWriter::write(const store::SetAvailability& change, Effects& effects) {
    const auto user = change.operation.user;
    auto& availability = records_.accounts.at(user).availability;
    if (availability == change.availability) return committed();
    changing(availability) = change.availability;
    tell(user, AvailabilityChanged{change.availability}, effects);
    return committed();
}

Outcome MemoryWriter::write(const store::SetBlock& change, Effects& effects) {
    const auto user = change.operation.user;
    if (change.person == user) return refused(Refusal::cannot_block_yourself);
    if (!records_.accounts.contains(change.person)) return refused(Refusal::no_such_person);
    auto& blocked = records_.accounts.at(user).blocked;
    if (blocked.contains(change.person) == change.on) return committed();
    if (change.on && blocked.size() >= bounds_.blocked_people) return refused(Refusal::too_many_blocked);
    if (change.on) {
        changing(blocked).insert(change.person);
    } else {
        changing(blocked).erase(change.person);
    }
    tell(user, BlockChanged{change.person, change.on}, effects);
    return committed();
}

Outcome MemoryWriter::write(const store::NoteSeen& change, Effects&) {
    const auto there = records_.accounts.find(change.user);
    if (there != records_.accounts.end() && there->second.last_seen < change.at)
        changing(there->second.last_seen) = change.at;
    return committed();
}

Outcome MemoryWriter::write(const store::AddToken& change, Effects&) {
    if (!records_.accounts.contains(change.user)) return refused(Refusal::no_such_person);
    std::vector<std::pair<Timestamp, store::TokenHash>> newest;
    for (const auto& [hash, token] : records_.tokens) {
        if (token.user == change.user) newest.emplace_back(token.created, hash);
    }
    std::sort(newest.rbegin(), newest.rend());
    for (std::size_t i = 0; i < newest.size(); ++i) {
        const auto at = records_.tokens.find(newest[i].second);
        if (i >= limits::kTokensPerPerson - 1 || at->second.expires <= change.now) erase(records_.tokens, at);
    }
    const auto there = records_.tokens.find(change.hash);
    if (there == records_.tokens.end()) {
        put(records_.tokens, change.hash, {change.user, change.now, change.expires});
    } else if (there->second.user == change.user) {
        changing(there->second.expires) = change.expires;
    }
    return committed();
}

Outcome MemoryWriter::write(const store::RemoveToken& change, Effects&) {
    const auto there = records_.tokens.find(change.hash);
    if (there != records_.tokens.end()) erase(records_.tokens, there);
    return committed();
}

Outcome MemoryWriter::write(const store::ReplacePasswordHash& change, Effects&) {
    const auto there = records_.accounts.find(change.user);
    if (there == records_.accounts.end()) return refused(Refusal::no_such_person);
    changing(there->second.password_hash) = change.password_hash;
    return committed();
}

void MemoryWriter::tell(UserId user, AccountEventBody body, Effects& effects) {
    auto& sequence = changing(records_.accounts.at(user).sequence);
    sequence = sequence.next();
    effects.account_events.push_back({user, {sequence, std::move(body)}});
}

// --- rooms

bool MemoryWriter::is_in_too_many(UserId user) const {
    const auto in = std::count_if(records_.rooms.begin(), records_.rooms.end(), [&](const auto& entry) {
        return entry.second.kind != RoomKind::thread && entry.second.members.contains(user);
    });
    return static_cast<std::size_t>(in) >= bounds_.rooms_per_person;
}

StoredRoom& MemoryWriter::add_room(RoomId id, StoredRoom room) {
    put(records_.rooms, id, std::move(room));
    return records_.rooms.at(id);
}

// Appending does not copy what is there: it is undone by taking it off again.
Sequence MemoryWriter::append(RoomId id, RoomEventBody body, Effects& effects) {
    auto& room = records_.rooms.at(id);
    const RoomEvent event{room.head().next(), std::move(body)};
    const auto* posted = std::get_if<MessagePosted>(&event.body);
    if (posted) {
        room.messages.push_back({posted->ordinal, event.sequence, event.sequence, posted->author, posted->time,
                                 posted->text, posted->reply_to});
    }
    room.events.push_back(event);
    undo_.add([&room, is_message = posted != nullptr] {
        room.events.pop_back();
        if (is_message) room.messages.pop_back();
    });
    effects.room_events.push_back({id, event});
    return event.sequence;
}

void MemoryWriter::add_member(StoredRoom& room, UserId user) {
    put(room.members, user, {ReadTurn(records_.accounts.at(user).sequence.value()), room.last_ordinal()});
    if (room.settings.newcomers != NewcomersRead::since_joining) return;
    put(room.newcomers, user, room.last_ordinal().next());
    put(room.told_since, user, room.head());
}

Sequence MemoryWriter::enter(RoomId room, UserId user, Timestamp now, Effects& effects) {
    add_member(records_.rooms.at(room), user);
    const auto sequence = append(room, MemberJoined{user, now}, effects);
    tell(user, RoomAdded{records_.rooms.at(room).summary_for(room, user)}, effects);
    return sequence;
}

Outcome MemoryWriter::write(const store::CreateRoom& change, Effects& effects) {
    const auto user = change.operation.user;
    if (change.name.empty()) return refused(Refusal::room_name_not_allowed);
    const bool is_open = change.access == RoomAccess::open;
    if (is_open && records_.channels_by_name.contains(change.name.str())) return refused(Refusal::room_name_taken);
    if (is_in_too_many(user)) return refused(Refusal::too_many_rooms);
    if (!is_free(change.room)) return refused(Refusal::busy);
    if (is_open) take_name(change.name, change.room);
    auto& room = add_room(change.room, {RoomKind::channel, change.name, {}, {}, {}, {}, {}});
    room.owner = user;
    room.settings.access = change.access;
    append(change.room, RoomCreated{user, RoomKind::channel, change.name, change.now}, effects);
    if (!is_open)
        append(change.room, RoomSettingsChanged{user, change.operation.op, change.now, room.settings}, effects);
    return committed({{}, change.room, enter(change.room, user, change.now, effects), {}});
}

Outcome MemoryWriter::write(const store::JoinRoom& change, Effects& effects) {
    const auto user = change.operation.user;
    const auto* room = records_.room(change.room);
    if (!room) return refused(Refusal::no_such_room);
    if (room->members.contains(user)) return committed({{}, change.room, room->head(), {}});
    if (room->is_hidden()) return refused(Refusal::no_such_room);
    if (room->settings.archived) return refused(Refusal::room_archived);
    if (room->members.size() >= bounds_.members_per_room) return refused(Refusal::room_full);
    if (is_in_too_many(user)) return refused(Refusal::too_many_rooms);
    return committed({{}, change.room, enter(change.room, user, change.now, effects), {}});
}

Outcome MemoryWriter::write(const store::LeaveRoom& change, Effects& effects) {
    const auto user = change.operation.user;
    const auto found = records_.rooms.find(change.room);
    if (found == records_.rooms.end()) return refused(Refusal::no_such_room);
    auto& room = found->second;
    if (!room.members.contains(user)) return refused(room.refusal_for_stranger());
    if (is_chat(room.kind)) return refused(Refusal::cannot_leave);
    if (room.settings.archived && room.owner == user) return refused(Refusal::owner_keeps_archived);
    leave_threads_of(change.room, user, change.now, effects);
    return committed({{}, change.room, go(change.room, user, change.now, effects), {}});
}

Sequence MemoryWriter::go(RoomId id, UserId user, Timestamp now, Effects& effects) {
    auto& room = records_.rooms.at(id);
    forget_member(room.members, user);
    forget_member(room.newcomers, user);
    forget_member(room.told_since, user);
    forget_member(room.posters, user);
    forget_member(room.favourite_of, user);
    const auto sequence = append(id, MemberLeft{user, now}, effects);
    tell(user, RoomRemoved{id}, effects);
    return sequence;
}

Outcome MemoryWriter::write(const store::OpenDirectChat& change, Effects& effects) {
    const auto user = change.operation.user;
    if (!records_.accounts.contains(change.person)) return refused(Refusal::no_such_person);
    const auto people = pair_of(user, change.person);
    if (const auto known = records_.direct_chats.find(people); known != records_.direct_chats.end())
        return committed({{}, known->second, records_.room(known->second)->head(), {}});
    if (has_blocked(change.person, user)) return refused(Refusal::takes_no_messages);
    if (is_in_too_many(user)) return refused(Refusal::too_many_rooms);
    if (is_in_too_many(change.person)) return refused(Refusal::room_full);
    if (!is_free(change.room)) return refused(Refusal::busy);
    put(records_.direct_chats, people, change.room);
    auto& room = add_room(change.room, {RoomKind::direct, {}, people.first, people.second, {}, {}, {}});
    append(change.room, RoomCreated{user, RoomKind::direct, {}, change.now}, effects);
    add_member(room, user);
    auto head = append(change.room, MemberJoined{user, change.now}, effects);
    if (change.person != user) {
        add_member(room, change.person);
        head = append(change.room, MemberJoined{change.person, change.now}, effects);
        tell(change.person, RoomAdded{room.summary_for(change.room, change.person)}, effects);
    }
    tell(user, RoomAdded{room.summary_for(change.room, user)}, effects);
    return committed({{}, change.room, head, {}});
}

Outcome MemoryWriter::write(const store::OpenGroupChat& change, Effects& effects) {
    const auto user = change.operation.user;
    const auto& people = change.people.items();
    for (const auto person : people)
        if (!records_.accounts.contains(person)) return refused(Refusal::no_such_person);
    if (const auto known = records_.group_chats.find(people); known != records_.group_chats.end())
        return committed({{}, known->second, records_.room(known->second)->head(), {}});
    for (const auto person : people)
        if (has_blocked(person, user)) return refused(Refusal::takes_no_messages);
    if (is_in_too_many(user)) return refused(Refusal::too_many_rooms);
    for (const auto person : people)
        if (is_in_too_many(person)) return refused(Refusal::room_full);
    if (!is_free(change.room)) return refused(Refusal::busy);
    put(records_.group_chats, people, change.room);
    auto& room = add_room(change.room, {RoomKind::group, {}, {}, {}, {}, {}, {}});
    auto head = append(change.room, RoomCreated{user, RoomKind::group, {}, change.now}, effects);
    for (const auto person : people) {
        add_member(room, person);
        head = append(change.room, MemberJoined{person, change.now}, effects);
    }
    for (const auto person : people) tell(person, RoomAdded{room.summary_for(change.room, person)}, effects);
    return committed({{}, change.room, head, {}});
}

Outcome MemoryWriter::write(const store::MoveRead& change, Effects& effects) {
    const auto found = records_.rooms.find(change.room);
    const auto refusal = refused(Refusal::not_a_member);
    if (found == records_.rooms.end()) return refusal;
    auto& room = found->second;
    const auto member = room.members.find(change.user);
    if (member == room.members.end()) return refusal;
    const ReadPosition to{
        std::min(change.read.turn, ReadTurn(INT64_MAX)),
        std::max(room.reads_from(change.user).previous(), std::min(change.read.read, room.last_ordinal()))};
    if (to > member->second) {
        changing(member->second) = to;
        const auto stands = room.summary_for(change.room, change.user);
        tell(change.user, ReadMoved{change.room, to, stands.head, stands.last_ordinal, stands.unread, stands.mentions},
             effects);
    }
    return committed();
}

}  // namespace parley::simulation
