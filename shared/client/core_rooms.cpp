// Core: where each room's log stands, and what its reader has seen.
#include <algorithm>

#include "client/core.hpp"

namespace parley::client {

Room* Core::room(RoomId id) {
    const auto found = state.rooms.find(id);
    return found == state.rooms.end() ? nullptr : &found->second;
}

Room& Core::add_or_update(const RoomSummary& summary) {
    auto& room = state.rooms[summary.id];
    auto& of_room = work(summary.id);
    if (!room.id.names_something()) {
        room.id = summary.id;
        room.applied = summary.head;
        of_room.dropped_at = summary.head;  // an answer may be on its way from when she was in it before
    } else {
        of_room.fresh = false;  // listed anew: what was said since the first list is still to come
    }
    room.kind = summary.kind;
    room.peer = summary.peer;
    room.people = summary.people;
    room.is_poster = summary.is_poster;
    room.favourite = summary.favourite;
    room.root = summary.root;
    room.owner = summary.owner;
    begin_at(room, summary);
    describe(room, {summary.name, summary.topic, summary.settings}, summary.head);
    room.head = std::max(room.head, summary.head);
    room.last_ordinal = std::max(room.last_ordinal, summary.last_ordinal);
    of_room.unread = UnreadCount();
    of_room.unread.begin(summary.read.read, summary.last_ordinal, summary.unread);
    of_room.unread.skipped_to(room.last_ordinal);
    of_room.mentions.begin({summary.mentions.begin(), summary.mentions.end()}, summary.head);
    // She read on while the connection was away: the server has yet to hear of it.
    if (room.read > summary.read) reads_due.insert(summary.id);
    if (summary.read.turn >= room.read.turn) of_room.turn_is_unsaid = false;
    room.read = std::max(room.read, summary.read);
    count_unread(room);
    return room;
}

// She has left and come back on another device: what she had read of before is not hers to read any more.
void Core::begin_at(Room& room, const RoomSummary& summary) {
    if (summary.reads_from > room.reads_from) drop_messages(room, summary.head);
    room.reads_from = summary.reads_from;
    editor(room).begin_at(summary.reads_from);
}

void Core::describe(Room& room, const RoomAbout& about, Sequence as_of) {
    room.name = about.name;
    room.topic = about.topic;
    room.settings = about.settings;
    work(room.id).about_as_of = as_of;
}

void Core::remove(RoomId id) {
    state.rooms.erase(id);
    works.erase(id);
    catch_up.forget(id);
    reads_due.erase(id);
}

void Core::start_from(Room& room, Sequence head, Ordinal last_ordinal) {
    auto& of_room = work(room.id);
    of_room.unread.skipped_to(last_ordinal);
    of_room.mentions.skipped_to(head);
    of_room.live_from = head;
    of_room.fresh = false;
    room.applied = head;
    room.head = head;
    room.last_ordinal = last_ordinal;
    drop_messages(room, head);
    count_unread(room);
}

void Core::fill_hole(Room& room) {
    if (room.applied >= room.head) {
        if (!catch_up.has_hole(room.id)) return;
        forget_syncs(room.id);
        return catch_up.forget(room.id);
    }
    if (!link.is_connected() || !catch_up.must_ask(room.id, room.applied, room.head)) return;
    forget_syncs(room.id);
    const auto after = room.applied;
    const auto request = ask(Query{Query::Kind::sync, room.id}, [&](RequestId number) {
        return SyncRoom{number, room.id, after};
    });
    // Events have no request: nobody waits for the answer under this number, only a refusal would name it.
    catch_up.expect(room.id, room.head, now.monotonic_ms + milliseconds_of(limits::kServerSilence));
    if (request == 0) catch_up.refused(room.id, now.monotonic_ms + milliseconds_of(limits::kReconnectFirst));
}

void Core::forget_syncs(RoomId id) {
    for (auto query = queries.begin(); query != queries.end();) {
        const bool is_sync = query->second.kind == Query::Kind::sync && query->second.room == id;
        query = is_sync ? queries.erase(query) : std::next(query);
    }
}

// Exact where her own posts are known or the timeline holds what is unread; else as many as there may be.
void Core::count_unread(Room& room) {
    out.changed();
    auto& count = work(room.id).unread;
    auto& mentions = work(room.id).mentions;
    const auto read = room.read.read;
    auto unread = count.above(read);
    const auto& messages = room.timeline.messages();
    const bool is_held =
        !messages.empty() && messages.front().ordinal <= read.next() && messages.back().ordinal >= room.last_ordinal;
    if (!unread.is_exact && is_held) {
        // A page may be ahead of the events: what lies beyond them is counted when they come.
        const auto others = std::count_if(messages.begin(), messages.end(), [&](const Message& message) {
            return message.ordinal > read && message.ordinal <= room.last_ordinal && message.author != state.self;
        });
        unread = {static_cast<std::uint32_t>(others), true};
        count.begin(read, room.last_ordinal, unread.count);
    }
    if (!mentions.is_whole() && is_held) mentions.begin_held(mentions_held(room));
    room.unread = unread.count;
    room.unread_is_exact = unread.is_exact;
    room.mentions = mentions.above(read);
    room.mentions_are_exact = mentions.is_whole();
}

std::set<Ordinal> Core::mentions_held(const Room& room) const {
    std::set<Ordinal> held;
    for (const auto& message : room.timeline.messages())
        if (message.ordinal > room.read.read && message.author != state.self &&
            is_mentioned(state.self, message.text.view()))
            held.insert(message.ordinal);
    return held;
}

void Core::mark_read(RoomId id, Ordinal read) {
    auto* of = room(id);
    if (of == nullptr) return;
    const auto seen = std::min(read, of->last_ordinal);
    if (seen <= of->read.read) return;
    of->read.read = seen;
    count_unread(*of);
    reads_due.insert(id);
    flush_reads();
}

void Core::mark_unread(RoomId id, Ordinal first) {
    auto* of = room(id);
    if (of == nullptr || first == Ordinal() || first > of->last_ordinal) return;
    // What nobody has heard of is no turn yet: turns rise with the events that tell them, so that one that is begun by
    // coming back to a room is above all that a device may still hold of before.
    auto& is_unsaid = work(id).turn_is_unsaid;
    const ReadPosition back{is_unsaid ? of->read.turn : of->read.turn.next(), first.previous()};
    if (back.turn < of->read.turn) return;  // the last turn of all
    is_unsaid = true;
    of->read = back;
    work(id).mentions.doubt();  // which of those before mention her, the server will say
    count_unread(*of);
    reads_due.insert(id);
    flush_reads();
}

// What it says of the room is of its commit, and about the position that it brings: not where she has read on here.
void Core::read_moved(const ReadMoved& event) {
    auto* of = room(event.room);
    if (of == nullptr || event.read < of->read) return;
    of->read = event.read;
    work(of->id).turn_is_unsaid = false;
    work(of->id).unread.begin(event.read.read, event.last_ordinal, event.unread);
    work(of->id).mentions.begin({event.mentions.begin(), event.mentions.end()}, event.head);
    count_unread(*of);
}

void Core::flush_reads() {
    if (!link.is_connected() || reads_due.empty() || now.monotonic_ms < next_read_at) return;
    const auto id = *reads_due.begin();
    reads_due.erase(reads_due.begin());
    const auto* of = room(id);
    if (of == nullptr) return;
    out.send(MarkRead{id, of->read});
    work(id).turn_is_unsaid = false;
    next_read_at = now.monotonic_ms + milliseconds_of(limits::kMarkReadEvery);
    if (reads_due.empty()) out.tell(ReadsSent{});
}

void Core::expire_typing() {
    if (!typing_ends || now.monotonic_ms < *typing_ends) return;
    typing_ends.reset();
    for (auto& entry : state.rooms) {
        auto& typing = entry.second.typing_until;
        for (auto person = typing.begin(); person != typing.end();) {
            if (person->second <= now.monotonic_ms) {
                person = typing.erase(person);
            } else {
                typing_ends = std::min(typing_ends.value_or(person->second), person->second);
                ++person;
            }
        }
    }
    out.changed();
}

}  // namespace parley::client
