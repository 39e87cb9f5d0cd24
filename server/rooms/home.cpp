#include "rooms/home.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "rooms/event_frames.hpp"
#include "rooms/readable.hpp"

namespace parley::rooms {

namespace {

room::Snapshot snapshot_of(store::RoomRecord record) {
    std::unordered_map<UserId, room::Newcomer> newcomers;
    for (const auto& [user, from, since] : record.newcomers) newcomers.insert({user, {from, since}});
    return {record.id,
            record.kind,
            std::move(record.name),
            record.head,
            record.last_ordinal,
            std::move(record.members),
            record.owner,
            std::move(record.topic),
            record.settings,
            std::move(newcomers),
            std::move(record.posters)};
}

// Where the store has let her read from later on, she has left and come back since what is published here: what became
// of the room until then is not told.
room::Newcomer sight_of(const room::Room& room, UserId user, Ordinal stored_from) {
    if (stored_from > room.reads_from(user)) return {stored_from, room.head()};
    return {room.reads_from(user), room.told_since(user)};
}

}  // namespace

Home::Home(Rooms& rooms, shard::ShardId here) : rooms_(rooms), here_(here) {}

void Home::visit(RoomId room, Visit visit) {
    if (const auto found = live_.find(room); found != live_.end()) {
        found->second.used = true;
        return visit(RoomContext(*this, found->second));
    }
    const auto [loading, is_new] = loading_.try_emplace(room);
    if (loading->second.waiting.size() >= limits::kRoomWaiters) return visit(std::unexpected(Refusal::busy));
    loading->second.waiting.push_back(std::move(visit));
    if (is_new) load(room);
}

void Home::load(RoomId room) {
    rooms_.store().read(
        here_, [room](store::Reader& reader) { return reader.room(room); },
        [this, room](store::Reader::Read<std::optional<store::RoomRecord>> read) { loaded(room, std::move(read)); });
}

void Home::loaded(RoomId room, store::Reader::Read<std::optional<store::RoomRecord>> read) {
    if (std::exchange(loading_.at(room).outrun, false)) return load(room);
    auto loading = std::move(loading_.extract(room).mapped());
    if (!read || !*read) {
        const auto why = read ? Refusal::no_such_room : Refusal::storage_failing;
        for (auto& visit : loading.waiting) visit(std::unexpected(why));
        return;
    }
    LiveRoom fresh{room::Room(snapshot_of(std::move(**read))),
                   std::vector<std::uint32_t>(rooms_.shards().count(), 0),
                   std::vector<bool>(rooms_.shards().count(), false),
                   {},
                   {},
                   {},
                   false,
                   {},
                   {},
                   true};
    auto& live = live_.emplace(room, std::move(fresh)).first->second;
    for (const auto& event : loading.events) {
        if (event.sequence <= live.room.head()) continue;
        live.room.apply(event);
        live.recent.add(event);
    }
    if (const auto untold = untold_.extract(room))
        for (const auto& [user, news] : untold.mapped()) set_presence(live, news);
    for (auto& visit : loading.waiting) visit(RoomContext(*this, live));
    sweep_later();
}

void Home::sweep_later() {
    if (sweeping_ || live_.empty()) return;
    sweeping_ = true;
    rooms_.shards().at(here_).call_after(limits::kRoomIdleTime, [this] { sweep(); });
}

// A room without anybody in it holds nothing that the store does not, unless a change of membership is on its way.
void Home::sweep() {
    sweeping_ = false;
    for (auto entry = live_.begin(); entry != live_.end();) {
        auto& live = entry->second;
        const bool heard = std::ranges::any_of(live.listeners, [](auto count) { return count > 0; });
        const bool idle = !std::exchange(live.used, false) && !heard && live.present.empty() &&
                          live.to_announce.empty() && live.awaiting.empty();
        entry = idle && !live.room.has_unsettled() ? live_.erase(entry) : std::next(entry);
    }
    sweep_later();
}

void Home::publish(RoomId room, std::span<const RoomEvent> events) {
    if (const auto loading = loading_.find(room); loading != loading_.end()) {
        auto& [waiting, held, outrun] = loading->second;
        outrun = outrun || held.size() + events.size() > limits::kEventsPerFrame;
        if (outrun) return held.clear();
        held.insert(held.end(), events.begin(), events.end());
        return;
    }
    const auto found = live_.find(room);
    if (found == live_.end()) return;  // nobody here has asked for it: whoever does reads it from the store
    auto& live = found->second;
    // Who left hears what came before, as far as she might read it, and nothing of the same commit that came after.
    std::size_t told = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const auto all_read_from = live.room.all_read_from();
        live.room.apply(events[i]);
        live.recent.add(events[i]);
        if (const auto* posted = std::get_if<MessagePosted>(&events[i].body)) std::erase(live.typing, posted->author);
        const auto* left = std::get_if<MemberLeft>(&events[i].body);
        if (!left) continue;
        live.present.erase(left->user);
        live.to_announce.erase(left->user);
        std::erase(live.typing, left->user);
        tell_events(live, events.subspan(told, i + 1 - told), all_read_from);
        tell(live, {}, {left->user});
        told = i + 1;
    }
    tell_events(live, events.subspan(told), live.room.all_read_from());
    go_on_after_publishing(live);
}

void Home::tell_events(LiveRoom& live, std::span<const RoomEvent> events, Ordinal all_read_from) {
    const auto room = live.room.id();
    while (!events.empty()) {
        const auto end = std::ranges::find_if(
            events, [&](const RoomEvent& event) { return !is_for_reader_from(all_read_from, event); });
        const auto for_all = static_cast<std::size_t>(end - events.begin());
        if (for_all > 0) tell(live, {event_frames(room, events.first(for_all))});
        if (for_all == events.size()) return;
        const auto one = events.subspan(for_all, 1);
        tell(live,
             {event_frames(room, one), message_of(one[0].body), event_frames(room, as_read_from(all_read_from, one))});
        events = events.subspan(for_all + 1);
    }
}

bool Home::when_published(LiveRoom& live, Awaiting awaiting) {
    if (awaiting.sequence <= live.room.head()) {
        awaiting.then(RoomContext(*this, live));
        return true;
    }
    if (live.awaiting.size() >= limits::kRoomWaiters) return false;
    live.awaiting.push_back(std::move(awaiting));
    return true;
}

void Home::go_on_after_publishing(LiveRoom& live) {
    for (auto& each : std::exchange(live.awaiting, {})) {
        if (each.sequence > live.room.head()) {
            live.awaiting.push_back(std::move(each));
        } else {
            each.then(RoomContext(*this, live));
        }
    }
}

template <class MakeTask>
void Home::reach_listeners(LiveRoom& live, MakeTask make_task) {
    const auto room = live.room.id();
    auto& shards = rooms_.shards();
    for (std::uint32_t index = 0; index < shards.count(); ++index) {
        if (live.listeners[index] == 0 || live.cut[index]) continue;
        const shard::ShardId to{index};
        if (shards.backlog(to) > limits::kShardQueueEntries) {
            live.cut[index] = true;
            shards.post_to(to, [this, room, to] { rooms_.audience(to).cut(room); });
            continue;
        }
        shards.post_to(to, make_task(to));
    }
}

void Home::tell(LiveRoom& live, Telling telling, std::vector<UserId> departed) {
    const auto room = live.room.id();
    reach_listeners(live, [&](shard::ShardId to) {
        return [this, room, to, telling, departed] {
            auto& audience = rooms_.audience(to);
            audience.tell(room, telling);
            for (const auto user : departed) {
                const auto count = audience.unsubscribe_user(room, user);
                if (count > 0) rooms_.shards().post_to(here_, [this, room, to, count] { heard_less(room, to, count); });
            }
        };
    });
}

// A direct chat is watched by both: its other person has a place in every list.
void Home::tell_watchers(LiveRoom& live, const net::SharedFrame& frame) {
    if (live.room.kind() == RoomKind::direct) return tell(live, {{frame}});
    reach_listeners(live, [&](shard::ShardId to) {
        return [this, room = live.room.id(), to, frame] { rooms_.audience(to).tell_watchers(room, frame); };
    });
}

void Home::send(const ListenerRef& listener, std::vector<net::SharedFrame> frames) {
    rooms_.shards().post_to(listener.shard, [this, listener, frames = std::move(frames)]() mutable {
        rooms_.audience(listener.shard).send(listener.connection, std::move(frames));
    });
}

void Home::heard_less(RoomId room, shard::ShardId by, std::size_t count) {
    const auto found = live_.find(room);
    if (found == live_.end()) return;
    auto& listeners = found->second.listeners[shard::index_of(by)];
    listeners -= static_cast<std::uint32_t>(std::min<std::size_t>(count, listeners));
}

void Home::subscribe(LiveRoom& live, const ListenerRef& listener) {
    const auto room = live.room.id();
    ++live.listeners[shard::index_of(listener.shard)];  // given back by the listener's shard if it was one too many
    live.cut[shard::index_of(listener.shard)] = false;  // she comes behind the cut, and is told what comes
    std::vector<net::SharedFrame> first{net::make_frame(Subscribed{room, live.room.head(), live.room.last_ordinal()})};
    if (is_chat(live.room.kind())) {
        PresenceChanged present{room, {}};
        for (const auto& [user, presence] : live.present) present.people.push_back({user, presence});
        told_before_the_batch(live);
        first.push_back(net::make_frame(present));
    }
    rooms_.shards().post_to(listener.shard, [this, room, listener, reads_from = live.room.reads_from(listener.user),
                                             first = std::move(first)]() mutable {
        auto& audience = rooms_.audience(listener.shard);
        if (!audience.subscribe(room, listener.connection, reads_from))
            rooms_.shards().post_to(here_, [this, room, listener] { heard_less(room, listener.shard, 1); });
        audience.send(listener.connection, std::move(first));
    });
}

void Home::send_events(LiveRoom& live, const ListenerRef& listener, Missing missing, CaughtUpStep step) {
    const auto& room = live.room;
    if (!room.is_in(listener.user)) return say(listener, {{missing.until, missing.until}, false}, std::move(step));
    const auto head = room.head();
    if (missing.after > head || head.value() - missing.after.value() > limits::kSyncEvents) {
        const bool is_poster = room.posters().contains(listener.user);
        send(listener, {net::make_frame(RoomReset{room.id(), head, room.last_ordinal(), room.about(), is_poster})});
        return say(listener, {{head, head}, false}, std::move(step));
    }
    const auto recent = missing.after == head ? std::vector<RoomEvent>{} : live.recent.after(missing.after);
    if (missing.after == head || !recent.empty())
        return send_page(live, listener, missing, recent, Ordinal(1), std::move(step));
    const auto ask = [id = room.id(), missing](store::Reader& reader, Ordinal) {
        return reader.events_after(id, missing.after);
    };
    rooms_.store().read(here_, read_for(room.id(), listener.user, ask),
                        [this, id = room.id(), listener, missing,
                         step = std::move(step)](store::Reader::Read<Readable<store::EventsRecord>> read) mutable {
                            // She has left: what she is told of that ends the catching up.
                            if (read && !read->from)
                                return say(listener, {{missing.until, missing.until}, false}, std::move(step));
                            if (!read || read->record.events.empty())
                                return say(listener, {missing, true}, std::move(step));
                            const auto found = live_.find(id);  // gone: so has the listener
                            if (found == live_.end()) return say(listener, {missing, true}, std::move(step));
                            send_page(found->second, listener, missing, read->record.events, *read->from,
                                      std::move(step));
                        });
}

// The page may reach further than `until`, but not further than our own head: what was committed and is not published
// yet comes live. A client that were ahead of us would look, when it asks again, like one whose log went back.
void Home::send_page(LiveRoom& live, const ListenerRef& listener, Missing missing, std::span<const RoomEvent> events,
                     Ordinal stored_from, CaughtUpStep step) {
    if (!live.room.is_in(listener.user)) return say(listener, {{missing.until, missing.until}, false}, std::move(step));
    while (!events.empty() && events.back().sequence > live.room.head()) events = events.first(events.size() - 1);
    if (!events.empty()) missing.after = events.back().sequence;
    const auto hers = sight_of(live.room, listener.user, stored_from);
    send(listener, event_frames(live.room.id(), as_told_since(hers.since, as_read_from(hers.from, events))));
    say(listener, {missing, false}, std::move(step));
}

void Home::say(const ListenerRef& listener, CaughtUp progress, CaughtUpStep step) {
    rooms_.shards().post_to(listener.shard, [progress, step = std::move(step)]() mutable { step(progress); });
}

std::expected<room::Newcomer, Refusal> Home::reads_from(RoomId room, UserId user, std::optional<Ordinal> stored) const {
    const auto found = live_.find(room);
    if (found == live_.end()) return std::unexpected(Refusal::no_such_room);
    const auto& here = found->second.room;
    if (const auto why = here.why_not_read(user)) return std::unexpected(*why);
    if (!stored) return std::unexpected(here.refusal_for_stranger());
    return sight_of(here, user, *stored);
}

void Home::settle_membership(RoomId room, UserId user) {
    live_.at(room).room.settle_membership(user);  // it is not forgotten while it has unsettled ones
}

// What makes her a member comes from the store by a way of its own, perhaps later than her coming from her home. Where
// too many wait for the room already, nobody is told: presence may be missed.
void Home::set_presence(LiveRoom& live, const PresenceNews& news) {
    const auto show = [this, news](RoomContext at) { show_presence(at.room().id(), news.user, news.presence); };
    [[maybe_unused]] const bool waits = when_published(live, {news.committed, show});
}

void Home::set_presence(RoomId room, const PresenceNews& news) {
    visit(room, [this, room, news](std::expected<RoomContext, Refusal> found) {
        if (found) return set_presence(live_.at(room), news);
        if (found.error() == Refusal::no_such_room) return;
        keep_untold(room, news);
    });
}

// Nobody is present in a room that is not loaded, so that only who is here is kept.
void Home::keep_untold(RoomId room, const PresenceNews& news) {
    auto& untold = untold_[room];
    if (news.presence == Presence::offline) {
        untold.erase(news.user);
    } else if (untold.size() < limits::kRoomWaiters || untold.contains(news.user)) {
        untold.insert_or_assign(news.user, news);
    }
    if (untold.empty()) untold_.erase(room);
}

void Home::show_presence(RoomId room, UserId user, Presence presence) {
    auto& live = live_.at(room);
    if (live.room.why_not_read(user)) return;
    const auto found = live.present.find(user);
    const auto before = found == live.present.end() ? Presence::offline : found->second;
    if (before == presence) return;
    if (presence == Presence::offline) {
        live.present.erase(user);
    } else {
        live.present[user] = presence;
    }
    live.to_announce.try_emplace(user, before);
    begin_batch(live);
}

// Two cannot make a storm: each hears the other at once.
void Home::note_typing(LiveRoom& live, UserId user) {
    if (live.room.kind() == RoomKind::direct)
        return tell_watchers(live, net::make_frame(Typing{live.room.id(), {user}}));
    const bool is_known = std::find(live.typing.begin(), live.typing.end(), user) != live.typing.end();
    if (is_known || live.typing.size() >= limits::kTypingPerFrame) return;
    live.typing.push_back(user);
    if (!live.told_lately) std::ignore = tell_typing(live);
    begin_batch(live);
}

void Home::begin_batch(LiveRoom& live) {
    if (std::exchange(live.told_lately, true)) return;
    rooms_.shards().at(here_).call_after(limits::kNewsOfPeopleEvery,
                                         [this, room = live.room.id()] { end_batch(room); });
}

void Home::end_batch(RoomId room) {
    const auto found = live_.find(room);
    if (found == live_.end()) return;
    auto& live = found->second;
    live.told_lately = false;
    const bool told_presence = tell_presence(live);
    const bool told_typing = tell_typing(live);
    if (told_presence || told_typing) begin_batch(live);
}

// Whoever has been told meanwhile how it stands in the middle of a batch is told how it stands at its end.
void Home::told_before_the_batch(LiveRoom& live) {
    for (auto& [user, before] : live.to_announce) before.reset();
}

// Who came and went again meanwhile is not spoken of.
bool Home::tell_presence(LiveRoom& live) {
    PresenceChanged changed{live.room.id(), {}};
    for (const auto& [user, before] : std::exchange(live.to_announce, {})) {
        const auto found = live.present.find(user);
        const auto presence = found == live.present.end() ? Presence::offline : found->second;
        if (presence != before && live.room.members().contains(user)) changed.people.push_back({user, presence});
    }
    if (changed.people.empty()) return false;
    tell_watchers(live, net::make_frame(changed));
    return true;
}

bool Home::tell_typing(LiveRoom& live) {
    if (live.typing.empty()) return false;
    Typing typing{live.room.id(), {}};
    for (const auto user : std::exchange(live.typing, {})) typing.users.push_back(user);
    tell_watchers(live, net::make_frame(typing));
    return true;
}

}  // namespace parley::rooms
