// How many messages of others lie above a read position, counted from what a room list said and the messages since,
// without holding any of them. A value; owned by Core, one for each room.
#pragma once

#include <cstdint>
#include <vector>

#include "protocol/ids.hpp"

namespace parley::client {

class UnreadCount {
  public:
    struct Unread {
        std::uint32_t count = 0;  // at most so many, where it is not exact
        bool is_exact = true;
    };

    // As a room list has it: so many above `read`, up to and with `last`. What was posted since stays counted.
    void begin(Ordinal read, Ordinal last, std::uint32_t unread);
    // The next message of the room. One that the list held counts no second time.
    void posted(Ordinal ordinal, bool is_own);
    // What lies between was not seen: whose it is nobody knows.
    void skipped_to(Ordinal last);
    // It cannot be known where posts of her own may lie between the list's position, or what was skipped, and `read`,
    // or below the list's position.
    [[nodiscard]] Unread above(Ordinal read) const;

  private:
    Ordinal listed_read_;
    Ordinal listed_last_;
    std::uint64_t listed_unread_ = 0;
    Ordinal skipped_to_;
    Ordinal last_;
    std::vector<Ordinal>
        own_;  // her posts that were heard, rising; beyond kTimelineMessages the older ones count as others'
};

}  // namespace parley::client
