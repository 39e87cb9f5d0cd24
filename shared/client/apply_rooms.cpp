// What the server says about rooms: where their logs stand, what happened in them, what was in them before.
#include <algorithm>

#include "client/apply.hpp"

namespace parley::client {

namespace {

std::int64_t fill_deadline(const Core& core) {
    return core.now.monotonic_ms + milliseconds_of(limits::kServerSilence);
}

void take(Core& core, Room& room, Sequence sequence, const RoomEventBody& body) {
    std::visit([&](const auto& event) { apply_event(core, room, sequence, event); }, body);
    room.applied = sequence;
    room.head = std::max(room.head, sequence);
    core.work(room.id).fresh = false;
}

void take_what_was_held(Core& core, Room& room) {
    while (const auto next = core.catch_up.take_next(room.id, room.applied))
        take(core, room, next->sequence, next->body);
}

bool is_dense(const History& history) {
    const auto& messages = history.messages.items();
    for (std::size_t i = 1; i < messages.size(); ++i)
        if (messages[i].ordinal != messages[i - 1].ordinal.next()) return false;
    return messages.empty() || messages.front().ordinal > Ordinal();
}

HistoryKind kind_of(Query::Kind kind) {
    switch (kind) {
        case Query::Kind::older:
            return HistoryKind::older;
        case Query::Kind::newer:
            return HistoryKind::newer;
        case Query::Kind::around:
            return HistoryKind::around;
        default:
            return HistoryKind::latest;
    }
}

}  // namespace

void begin_subscription(Core& core, Room& room, const Subscribed& subscribed) {
    auto& work = core.work(room.id);
    room.subscribed = true;
    work.live_from = subscribed.head;
    room.watched = std::find(core.watched.begin(), core.watched.end(), room.id) != core.watched.end();
    if (room.members_loaded || !room.members.empty()) core.ask_members(room.id);
    // A log that went back is another log: a server restored from a backup. (The room list may be newer than what the
    // room has published: events that it holds already come again then, and are skipped.)
    if (work.resumed && !work.fresh && subscribed.head < room.applied) {
        core.start_from(room, subscribed.head, subscribed.last_ordinal);
        core.out.tell(RoomWasReset{room.id, subscribed.head});
    }
    work.fresh = false;
    room.head = std::max(room.head, subscribed.head);
    if (work.resumed && room.applied < subscribed.head)
        core.catch_up.expect(room.id, subscribed.head, fill_deadline(core));
    core.fill_hole(room);
    core.out.tell(RoomSubscribed{room.id, room.applied});
}

void apply(Core& core, const Subscribed& subscribed) {
    if (auto* room = core.room(subscribed.room)) return begin_subscription(core, *room, subscribed);
    if (core.early.size() < limits::kRoomsListed)
        core.early[subscribed.room] = EarlySubscription{subscribed, subscribed.head};
}

void apply(Core& core, const RoomEvents& frame) {
    auto* room = core.room(frame.room);
    if (room == nullptr) {
        // Its RoomAdded is on the way; the sync that follows it brings these again.
        const auto early = core.early.find(frame.room);
        if (early != core.early.end() && !frame.events.empty())
            early->second.seen = std::max(early->second.seen, frame.events.back().sequence);
        return;
    }
    const auto applied_before = room->applied;
    for (const auto& event : frame.events) {
        room->head = std::max(room->head, event.sequence);
        if (event.sequence == room->applied.next()) {
            take(core, *room, event.sequence, event.body);
        } else if (event.sequence > room->applied) {
            core.catch_up.hold(room->id, event);
        }
    }
    if (room->applied != applied_before && core.catch_up.has_hole(room->id))
        core.catch_up.progress(fill_deadline(core));
    take_what_was_held(core, *room);
    core.fill_hole(*room);
    core.out.changed();
}

void apply(Core& core, const RoomReset& reset) {
    auto* room = core.room(reset.room);
    if (room == nullptr) return;
    core.start_from(*room, reset.head, reset.last_ordinal);
    core.describe(*room, reset.about, reset.head);
    room->is_poster = reset.is_poster;
    core.out.tell(RoomWasReset{room->id, reset.head});
    core.out.tell(RoomsChanged{});
    take_what_was_held(core, *room);
    core.fill_hole(*room);
}

void apply(Core& core, const History& history) {
    if (!is_dense(history)) return core.fail(CloseCode::protocol_error, "a history with holes");
    const auto found = core.queries.find(history.request);
    if (found == core.queries.end() || found->second.room != history.room) return;
    const auto query = found->second;
    if (query.kind > Query::Kind::around) return;
    core.queries.erase(found);
    auto* room = core.room(history.room);
    if (query.kind != Query::Kind::history && room != nullptr)
        core.editor(*room).answered(kind_of(query.kind), history.request, history, room->last_ordinal);
    if (room != nullptr) core.apply_changes_meanwhile(*room);
    if (room != nullptr && !(room->unread_is_exact && room->mentions_are_exact)) core.count_unread(*room);
    core.out.tell(HistoryLoaded{history.request, history.room, history.messages.items()});
}

void apply_event(Core&, Room&, Sequence, const UnknownRoomEvent&) {}

void apply_event(Core& core, Room& room, Sequence sequence, const MessagePosted& event) {
    const Message message{event.ordinal, sequence, sequence, event.author, event.time, event.text, event.reply_to};
    auto& work = core.work(room.id);
    room.last_ordinal = std::max(room.last_ordinal, event.ordinal);
    room.typing_until.erase(event.author);
    work.unread.posted(event.ordinal, event.author == core.state.self);
    if (event.author != core.state.self && is_mentioned(core.state.self, event.text.view()))
        work.mentions.said(event.ordinal, sequence, true);
    core.editor(room).arrived(message, room.last_ordinal);
    core.count_unread(room);
    if (event.author == core.state.self) core.heard_own(event.op, room.id, sequence, event.ordinal);
    core.out.tell(MessageArrived{room.id, message, event.op, sequence > work.live_from});
}

// Whether she is there follows within a moment, where the room is watched.
void apply_event(Core&, Room& room, Sequence, const MemberJoined& event) {
    if (!room.members_loaded) return;
    room.members.emplace(event.user, Presence::offline);
}

void apply_event(Core&, Room& room, Sequence, const MemberLeft& event) {
    room.members.erase(event.user);
    room.posters.erase(event.user);
    room.typing_until.erase(event.user);
}

void apply_event(Core&, Room& room, Sequence, const RoomCreated& event) {
    room.kind = event.kind;  // its name is in the list, and may be another one by now
}

// --- what changes the room itself

namespace {

// What the room's list entry held already is not done again: a later event may have been in it too.
template <class Event, class Value>
void change_room(Core& core, Room& room, Sequence sequence, const Event& event, Value Room::*field,
                 const Value& value) {
    if (sequence > core.work(room.id).about_as_of) {
        room.*field = value;
        core.out.tell(RoomsChanged{});
    }
    core.editor(room).changed_itself({sequence, event});
    if (event.user == core.state.self) core.heard_own(event.op, room.id, sequence, Ordinal());
    core.out.tell(RoomChanged{room.id, sequence, event, sequence > core.work(room.id).live_from});
}

}  // namespace

void apply_event(Core& core, Room& room, Sequence sequence, const TopicChanged& event) {
    change_room(core, room, sequence, event, &Room::topic, event.topic);
}
void apply_event(Core& core, Room& room, Sequence sequence, const RoomRenamed& event) {
    change_room(core, room, sequence, event, &Room::name, event.name);
}
void apply_event(Core& core, Room& room, Sequence sequence, const RoomSettingsChanged& event) {
    change_room(core, room, sequence, event, &Room::settings, event.settings);
    if (event.settings.posts == WhoPosts::some) return;
    room.posters.clear();
    if (sequence > core.work(room.id).about_as_of) room.is_poster = false;
}
void apply_event(Core& core, Room& room, Sequence sequence, const PosterChanged& event) {
    const bool is_poster = event.person == core.state.self ? event.on : room.is_poster;
    change_room(core, room, sequence, event, &Room::is_poster, is_poster);
    if (event.on && room.members_loaded) room.posters.insert(event.person);
    if (!event.on) room.posters.erase(event.person);
}

void apply_event(Core& core, Room& room, Sequence sequence, const MemberInvited& event) {
    core.editor(room).changed_itself({sequence, event});
    if (room.members_loaded) room.members.emplace(event.user, Presence::offline);
    core.out.tell(Invited{room.id, event.user, event.by});
}

void apply_event(Core&, Room&, Sequence, const EventConcealed&) {}

// --- what changes a message that is there

namespace {

template <class Event>
void change_message(Core& core, Room& room, Sequence sequence, const Event& event) {
    core.message_changed(room, sequence, event);
    if (event.user == core.state.self) core.heard_own(event.op, room.id, sequence, Ordinal());
    core.out.tell(MessageChanged{room.id, sequence, event, sequence > core.work(room.id).live_from});
}

}  // namespace

void apply_event(Core& core, Room& room, Sequence sequence, const MessageEdited& event) {
    const bool mentions_her = event.user != core.state.self && is_mentioned(core.state.self, event.text.view());
    core.work(room.id).mentions.said(event.ordinal, sequence, mentions_her);
    change_message(core, room, sequence, event);
    core.count_unread(room);
}
void apply_event(Core& core, Room& room, Sequence sequence, const MessageDeleted& event) {
    core.work(room.id).mentions.said(event.ordinal, sequence, false);
    change_message(core, room, sequence, event);
    core.count_unread(room);
}
void apply_event(Core& core, Room& room, Sequence sequence, const ReactionChanged& event) {
    change_message(core, room, sequence, event);
}
void apply_event(Core& core, Room& room, Sequence sequence, const PinChanged& event) {
    change_message(core, room, sequence, event);
}

// Nobody's own operation: that was the post in the thread.
void apply_event(Core& core, Room& room, Sequence sequence, const ThreadChanged& event) {
    core.message_changed(room, sequence, event);
    core.out.tell(MessageChanged{room.id, sequence, event, sequence > core.work(room.id).live_from});
}

void apply(Core& core, const Messages& messages) {
    const auto query = core.answered(messages.request, Query::Kind::messages);
    auto* room = query ? core.room(query->room) : nullptr;
    if (room == nullptr || query->room != messages.room) return;
    core.take_beside(*room, *query, messages);
    core.out.tell(MessagesLoaded{messages.request, room->id});
}

void apply(Core& core, const Pins& pins) {
    const auto query = core.answered(pins.request, Query::Kind::pins);
    auto* room = query ? core.room(query->room) : nullptr;
    if (room == nullptr || query->room != pins.room) return;
    core.take_pins(*room, pins);
    core.out.tell(PinsLoaded{pins.request, room->id});
}

}  // namespace parley::client
