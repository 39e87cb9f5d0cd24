// ChangeWriter: what is said about a message in a room of its own, and who follows it.
#include <algorithm>

#include "protocol/limits.hpp"
#include "sqlite/change_writer.hpp"

namespace parley::sqlite {

namespace {

using store::Outcome;
using store::Status;

Outcome done(RoomId thread, Sequence head) {
    return {Status::committed, {}, {{}, thread, head, {}}};
}
Outcome refused(Refusal reason) {
    return {is_retryable(reason) ? Status::retry : Status::refused, reason, {}};
}

}  // namespace

bool ChangeWriter::may_follow(const ThreadRoot& root, UserId user) {
    return rooms_.is_member(root.room, user) && root.ordinal >= rooms_.reads_from(root.room, user);
}

void ChangeWriter::follow(RoomId thread, UserId user, Timestamp now, Effects& effects) {
    if (rooms_.is_member(thread, user)) return;
    if (const auto let_go = rooms_.thread_too_many(user)) stop_following(*let_go, user, now, effects);
    enter(thread, user, now, effects);
}

void ChangeWriter::stop_following(RoomId thread, UserId user, Timestamp now, Effects& effects) {
    rooms_.remove_member(thread, user);
    rooms_.append(thread, MemberLeft{user, now}, effects);
    accounts_.tell(user, RoomRemoved{thread}, effects);
}

// Who wrote the message follows it from the first reply on: a thread without one takes nobody's place.
Outcome ChangeWriter::write(const store::OpenThread& change, Effects& effects) {
    const auto user = change.operation.user;
    const auto room = rooms_.find(change.root.room);
    if (!room) return refused(Refusal::no_such_room);
    if (!rooms_.is_member(room->room, user)) return refused(room->refusal_for_stranger());
    if (room->kind == RoomKind::thread) return refused(Refusal::no_thread_in_a_thread);
    const auto message = messages_.find(room->room, change.root.ordinal);
    if (!message || !may_follow(change.root, user)) return refused(Refusal::no_such_message);
    auto thread = rooms_.find_thread(change.root);
    if (!thread) {
        if (room->settings.archived) return refused(Refusal::room_archived);
        if (message->deleted) return refused(Refusal::message_deleted);
        if (const auto why = why_not_speak(*room, user)) return refused(*why);
        if (const auto why = why_not_post(*room, user)) return refused(*why);
        if (!is_free(change.thread)) return refused(Refusal::busy);
        rooms_.add_thread(change.thread, change.root, change.now);
        rooms_.append(change.thread, RoomCreated{user, RoomKind::thread, {}, change.now}, effects);
    } else if (thread->members >= limits::kMembersPerRoom && !rooms_.is_member(thread->room, user)) {
        return refused(Refusal::room_full);
    }
    const auto opened = thread ? thread->room : change.thread;
    follow(opened, user, change.now, effects);
    return done(opened, rooms_.find(opened)->head);
}

void ChangeWriter::bring_in(const RoomTables::State& thread, const store::AppendMessage& post, Effects& effects) {
    auto people = post.mentioned.people;
    const bool is_first = !messages_.thread_of(thread.root.room, thread.root.ordinal).room.names_something();
    if (is_first) people.insert(people.begin(), messages_.find(thread.root.room, thread.root.ordinal)->author);
    for (const auto person : people)
        if (may_follow(thread.root, person) && !blocks_.holds(person, post.operation.user))
            follow(thread.room, person, post.now, effects);
}

void ChangeWriter::tell_root(const RoomTables::State& thread, std::optional<Timestamp> said, Effects& effects) {
    auto so_far = messages_.thread_of(thread.root.room, thread.root.ordinal);
    so_far.room = thread.room;
    so_far.replies = said ? so_far.replies + 1 : so_far.replies - 1;
    so_far.latest = std::max(so_far.latest, said.value_or(Timestamp()));
    const ThreadChanged event{thread.root.ordinal, so_far};
    const auto sequence = rooms_.append_change(thread.root.room, thread.root.ordinal, event, effects);
    messages_.set_thread(thread.root, so_far, sequence);
}

}  // namespace parley::sqlite
