// Holes in what a room's log has brought: holds the events after a hole, asks for the missing ones once, and knows when
// the server fills it by itself. One entry per room that has a hole. Owned by Core; forgotten with the connection.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include "client/chat_state.hpp"

namespace parley::client {

class CatchUp {
  public:
    // An event after a hole. Beyond limits::kClientHeldEvents it is dropped: it will be asked for again.
    void hold(RoomId room, const RoomEvent& event);
    // The next event of the room, if it is held.
    [[nodiscard]] std::optional<RoomEvent> take_next(RoomId room, Sequence applied);
    // Everything up to here is on its way: do not ask before the deadline.
    void expect(RoomId room, Sequence up_to, std::int64_t deadline);
    // True: there is a hole below `known` that nobody fills.
    [[nodiscard]] bool must_ask(RoomId room, Sequence applied, Sequence known) const;
    void refused(RoomId room, std::int64_t retry_at);
    // Missing events of any room came: the server sends a few rooms at a time, the others are waiting for their turn.
    void progress(std::int64_t deadline);
    void forget(RoomId room);
    void forget_all();

    [[nodiscard]] std::optional<std::int64_t> deadline() const;
    // A room whose hole was not filled in time: it may be asked for again.
    [[nodiscard]] std::optional<RoomId> take_overdue(std::int64_t now_ms);
    [[nodiscard]] std::size_t held() const { return held_; }
    [[nodiscard]] bool has_hole(RoomId room) const { return holes_.count(room) != 0; }

  private:
    struct Hole {
        std::map<Sequence, RoomEventBody> held;
        Sequence expected;  // the server sends everything up to here
        std::int64_t deadline = 0;
        bool is_coming = false;  // else: refused, and asked for again at the deadline
    };
    std::map<RoomId, Hole> holes_;
    std::size_t held_ = 0;
};

}  // namespace parley::client
