// A room and what may be done around it: what a handler sees while it runs on the room's home shard. Valid during that
// call only.
#pragma once

#include <functional>
#include <optional>

#include "net/shared_frame.hpp"
#include "protocol/people.hpp"
#include "room/room.hpp"
#include "rooms/audience.hpp"
#include "store/store.hpp"

namespace parley::rooms {

class Home;
struct LiveRoom;

// Which events to catch up with: those after `after` up to `until`, the head of the moment that was asked; later pages
// carry on with the same `until`, since what comes after it is heard live.
struct Missing {
    Sequence after;
    Sequence until;
};
// How far one page of catching up came; said on the listener's shard, after the page's frames.
struct CaughtUp {
    Missing left;         // nothing is missing if after >= until
    bool failed = false;  // the store could not be read: try again later
};
using CaughtUpStep = std::move_only_function<void(CaughtUp)>;

class RoomContext {
  public:
    RoomContext(Home& home, LiveRoom& live) : home_(&home), live_(&live) {}

    [[nodiscard]] room::Room& room() const;
    [[nodiscard]] shard::ShardId here() const;
    [[nodiscard]] Timestamp wall_clock() const;

    // To the store; the answer comes back here or, where it names a room, to that room's home.
    void submit(store::Change change, store::Answer answer) const;
    // A change of membership: the room counts it as done until it is settled.
    void submit_membership(UserId user, bool member, store::Change change, store::Answer answer) const;

    // Runs `then` here when the room has published this event, which is committed: now, or soon. False: too many wait.
    [[nodiscard]] bool when_published(Sequence sequence, std::move_only_function<void(RoomContext)> then) const;

    // Live events flow to the listener from head + 1; it is told Subscribed{head}. A second time only tells it again.
    void subscribe(const ListenerRef& listener) const;
    // Sends one page of what is missing, or RoomReset if that is too far back, then runs the step.
    void send_events(const ListenerRef& listener, Missing missing, CaughtUpStep step) const;
    // What is read from the store is sent from here, if she may read then: it keeps its place among the room's events.
    using Sent = std::move_only_function<void(std::optional<Refusal> why_not)>;
    void send_history(const ListenerRef& listener, const LoadHistory& ask, Sent sent) const;
    void send_history(const ListenerRef& listener, const LoadHistoryAt& ask, Sent sent) const;
    void send_messages(const ListenerRef& listener, const LoadMessages& ask, Sent sent) const;
    void send_pins(const ListenerRef& listener, const ListPins& ask, Sent sent) const;
    void send_members(const ListenerRef& listener, RequestId request) const;

    // She types: told in batches to those who watch the room.
    void note_typing(UserId user) const;

    // To one listener.
    void send(const ListenerRef& listener, net::SharedFrame frame) const;

  private:
    template <class Ask, class Frame>
    void send_what_is_read(const ListenerRef& listener, Ask ask, Frame frame, Sent sent) const;

    Home* home_;
    LiveRoom* live_;
};

}  // namespace parley::rooms
