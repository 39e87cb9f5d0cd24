// How many messages of others lie above a read position, counted from what a room list said and the messages since,
// without holding any of them. A value; owned by Core, one for each room.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "protocol/ids.hpp"

namespace parley::client {

class UnreadCount {
  public:
    // As a room list has it: so many above `read`, up to and with `last`.
    void begin(Ordinal read, Ordinal last, std::uint32_t unread);
    // The next message of the room. One that the list held counts no second time.
    void posted(Ordinal ordinal, bool is_own);
    // What lies between was not seen: it is counted as others'.
    void skipped_to(Ordinal last);
    // Nothing where it cannot be known: the list held posts of her own above its position, and `read` lies among them.
    [[nodiscard]] std::optional<std::uint32_t> above(Ordinal read) const;

  private:
    Ordinal listed_read_;
    Ordinal listed_last_;
    std::uint64_t listed_unread_ = 0;
    Ordinal last_;
    std::vector<Ordinal>
        own_;  // her posts since the list, rising; beyond kTimelineMessages the older ones count as others'
};

}  // namespace parley::client
