// The last events of a room, so that who was away for a moment catches up without the store. Like the store's, those of
// a message have the words that it has by now. Bounded in entries and in bytes of their content. A value.
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
    void give_words(Ordinal message, const MessageText& words);

    static_assert(limits::kRecentBytesPerRoom <= limits::kHistoryBytes);
    std::deque<RoomEvent> events_;
    std::size_t bytes_ = 0;  // of their content
};

}  // namespace parley::rooms
