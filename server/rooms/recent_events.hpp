// The last events of a room, so that who was away for a moment catches up without the store. Bounded in entries and in
// bytes of text. A value.
#pragma once

#include <deque>
#include <span>
#include <vector>

#include "protocol/limits.hpp"
#include "protocol/room_events.hpp"

namespace parley::rooms {

class RecentEvents {
  public:
    void add(const RoomEvent& event);
    // All that came after this place; nothing where that reaches too far back, or nothing came. They fit into one page.
    [[nodiscard]] std::vector<RoomEvent> after(Sequence place) const;
    [[nodiscard]] std::size_t size() const { return events_.size(); }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

  private:
    static_assert(limits::kRecentBytesPerRoom <= limits::kHistoryBytes);
    std::deque<RoomEvent> events_;
    std::size_t bytes_ = 0;  // of text
};

}  // namespace parley::rooms
