// MemoryWriter: what is said about a message in a room of its own, and who follows it.
#include <algorithm>
#include <tuple>

#include "simulation/memory_writer.hpp"

namespace parley::simulation {

namespace {

using store::Outcome;
using store::Status;

Outcome refused(Refusal reason) {
    return {is_retryable(reason) ? Status::retry : Status::refused, reason, {}};
}

}  // namespace

bool MemoryWriter::may_follow(const ThreadRoot& root, UserId user) const {
    const auto& room = *records_.room(root.room);
    return room.members.contains(user) && root.ordinal >= room.reads_from(user);
}

std::optional<RoomId> MemoryWriter::thread_too_many(UserId user) const {
    std::vector<std::tuple<bool, bool, ReadTurn, std::int64_t>> followed;
    for (const auto& [id, room] : records_.rooms) {
        const auto member = room.members.find(user);
        if (room.kind != RoomKind::thread || member == room.members.end()) continue;
        followed.emplace_back(room.last_ordinal() != Ordinal(), room.summary_for(id, user).unread != 0,
                              member->second.turn, static_cast<std::int64_t>(id.value()));
    }
    if (followed.size() < bounds_.threads_followed) return std::nullopt;
    return RoomId(static_cast<std::uint64_t>(std::get<3>(*std::min_element(followed.begin(), followed.end()))));
}

void MemoryWriter::follow(RoomId thread, UserId user, Timestamp now, Effects& effects) {
    if (records_.room(thread)->members.contains(user)) return;
    if (const auto let_go = thread_too_many(user)) go(*let_go, user, now, effects);
    enter(thread, user, now, effects);
}

void MemoryWriter::leave_threads_of(RoomId room, UserId user, Timestamp now, Effects& effects) {
    for (const auto& [id, thread] : records_.rooms)
        if (thread.root.room == room && thread.members.contains(user)) go(id, user, now, effects);
}

Outcome MemoryWriter::write(const store::OpenThread& change, Effects& effects) {
    const auto user = change.operation.user;
    const auto* room = records_.room(change.root.room);
    if (!room) return refused(Refusal::no_such_room);
    if (!room->members.contains(user)) return refused(room->refusal_for_stranger());
    if (room->kind == RoomKind::thread) return refused(Refusal::no_thread_in_a_thread);
    if (!room->has_message(change.root.ordinal) || !may_follow(change.root, user))
        return refused(Refusal::no_such_message);
    const auto known = records_.threads.find(change.root);
    const auto opened = known == records_.threads.end() ? change.thread : known->second;
    if (known == records_.threads.end()) {
        const auto& message = room->message(change.root.ordinal);
        if (room->settings.archived) return refused(Refusal::room_archived);
        if (message.deleted) return refused(Refusal::message_deleted);
        if (takes_no_messages(*room, user)) return refused(Refusal::takes_no_messages);
        if (const auto why = room->why_not_post(user)) return refused(*why);
        if (!is_free(change.thread)) return refused(Refusal::busy);
        put(records_.threads, change.root, change.thread);
        add_room(change.thread, {RoomKind::thread, {}, {}, {}, {}, {}, {}}).root = change.root;
        append(change.thread, RoomCreated{user, RoomKind::thread, {}, change.now}, effects);
    } else if (const auto& members = records_.room(opened)->members;
               members.size() >= bounds_.members_per_room && !members.contains(user)) {
        return refused(Refusal::room_full);
    }
    follow(opened, user, change.now, effects);
    return {Status::committed, {}, {{}, opened, records_.room(opened)->head(), {}}};
}

void MemoryWriter::bring_in(const store::AppendMessage& post, Effects& effects) {
    const auto root = records_.room(post.room)->root;
    const auto& message = records_.room(root.room)->message(root.ordinal);
    std::vector<UserId> people;
    if (!message.thread) people.push_back(message.author);
    people.insert(people.end(), post.mentioned.people.begin(), post.mentioned.people.end());
    for (const auto person : people) {
        if (!may_follow(root, person)) continue;
        if (!records_.accounts.at(person).blocked.contains(post.operation.user))
            follow(post.room, person, post.now, effects);
    }
}

void MemoryWriter::tell_root(RoomId thread, std::optional<Timestamp> said, Effects& effects) {
    const auto root = records_.room(thread)->root;
    auto message = records_.room(root.room)->message(root.ordinal);
    auto so_far = message.thread.value_or(ThreadSoFar{thread, 0, {}});
    so_far.replies = said ? so_far.replies + 1 : so_far.replies - 1;
    so_far.latest = std::max(so_far.latest, said.value_or(Timestamp()));
    message.thread = so_far;
    become(root.room, message, ThreadChanged{root.ordinal, so_far}, effects);
}

}  // namespace parley::simulation
