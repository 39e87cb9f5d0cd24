// The rooms whose home is one shard: loads them on first use, keeps who is present and which shards listen, publishes
// what the store committed, and forgets those that nobody hears or asks for any more, so that memory follows the people
// who are here and not the rooms there are. Lives on its shard.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "room/room.hpp"
#include "rooms/recent_events.hpp"
#include "rooms/rooms.hpp"

namespace parley::rooms {

// Somebody who knows of an event that the room has not published yet.
struct Awaiting {
    Sequence sequence;
    std::move_only_function<void(RoomContext)> then;
};

// Somebody who came, went or turned away, and an event at or after which she is a member.
struct PresenceNews {
    Sequence committed;
    UserId user;
    Presence presence;
};

struct LiveRoom {
    room::Room room;
    std::vector<std::uint32_t> listeners;          // per shard: how many of its connections hear this room
    std::vector<bool> cut;                         // per shard: they are being cut, and none has come since
    std::unordered_map<UserId, Presence> present;  // whoever is not offline
    // --- what those who watch it are to be told
    // Who changed since the last batch, and what all had been told then; nothing: some have been told otherwise since.
    std::unordered_map<UserId, std::optional<Presence>> to_announce;
    std::vector<UserId> typing;  // kTypingPerFrame at most
    bool told_lately = false;    // what comes now waits for the next batch
    RecentEvents recent;         // dense up to the head
    std::vector<Awaiting> awaiting;
    bool used = true;  // since the last sweep
};

class Home {
  public:
    Home(Rooms& rooms, shard::ShardId here);

    void visit(RoomId room, Visit visit);
    void publish(RoomId room, std::span<const RoomEvent> events);
    void heard_less(RoomId room, shard::ShardId by, std::size_t count);
    void set_presence(RoomId room, const PresenceNews& news);

    // --- for RoomContext
    void subscribe(LiveRoom& live, const ListenerRef& listener);
    [[nodiscard]] bool when_published(LiveRoom& live, Awaiting awaiting);
    void send_events(LiveRoom& live, const ListenerRef& listener, Missing missing, CaughtUpStep step);
    // The first message that she may read there, or why she may not read at all: as the room has published it and as
    // the store has it (`stored`: as in Readable), whichever lets her read less.
    [[nodiscard]] std::expected<room::Newcomer, Refusal> reads_from(RoomId room, UserId user,
                                                                    std::optional<Ordinal> stored) const;
    void settle_membership(RoomId room, UserId user);
    void note_typing(LiveRoom& live, UserId user);
    static void told_before_the_batch(LiveRoom& live);  // somebody is told who is present now
    void tell(LiveRoom& live, Telling telling, std::vector<UserId> departed = {});
    void send(const ListenerRef& listener, std::vector<net::SharedFrame> frames);
    [[nodiscard]] shard::ShardId here() const { return here_; }
    [[nodiscard]] Rooms& rooms() { return rooms_; }
    [[nodiscard]] std::size_t live_rooms() const { return live_.size(); }

  private:
    struct Loading {
        std::vector<Visit> waiting;
        std::vector<RoomEvent> events;  // committed while the snapshot was being read
        bool outrun = false;            // they were more than limits::kEventsPerFrame: the snapshot is read again
    };
    // Told as one, but for those events that not all who hear the room may read.
    void tell_events(LiveRoom& live, std::span<const RoomEvent> events, Ordinal all_read_from);
    void load(RoomId room);
    void loaded(RoomId room, store::Reader::Read<std::optional<store::RoomRecord>> read);
    // `stored_from`: from which message on she may read, as the store has it.
    void send_page(LiveRoom& live, const ListenerRef& listener, Missing missing, std::span<const RoomEvent> events,
                   Ordinal stored_from, CaughtUpStep step);
    void say(const ListenerRef& listener, CaughtUp progress, CaughtUpStep step);
    void go_on_after_publishing(LiveRoom& live);
    void set_presence(LiveRoom& live, const PresenceNews& news);
    void keep_untold(RoomId room, const PresenceNews& news);
    void show_presence(RoomId room, UserId user, Presence presence);
    // Told in batches, limits::kNewsOfPeopleEvery apart: presence at the end of one, since who goes often comes back at
    // once (a page that is reloaded); typing at the beginning, since it is soon over.
    void begin_batch(LiveRoom& live);
    void end_batch(RoomId room);
    [[nodiscard]] bool tell_presence(LiveRoom& live);
    [[nodiscard]] bool tell_typing(LiveRoom& live);
    void tell_watchers(LiveRoom& live, const net::SharedFrame& frame);
    // Runs on each shard that hears the room; one that is behind is cut instead.
    template <class MakeTask>
    void reach_listeners(LiveRoom& live, MakeTask make_task);
    void sweep_later();
    void sweep();

    Rooms& rooms_;
    shard::ShardId here_;
    std::unordered_map<RoomId, LiveRoom> live_;
    std::unordered_map<RoomId, Loading> loading_;
    // Who is here of the members of rooms that could not be read, until they can be; of each room kRoomWaiters at most.
    std::unordered_map<RoomId, std::unordered_map<UserId, PresenceNews>> untold_;
    bool sweeping_ = false;
};

}  // namespace parley::rooms
