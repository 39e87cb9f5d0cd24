// Which unread messages of a room mention this client's person, from what a list said as of some event and what the
// events since have said, without holding any of them. A value; owned by Core, one for each room.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string_view>

#include "protocol/people.hpp"

namespace parley::client {

// By an id, or as everybody. (The same words mean the same to the server, which counts for those who are away.)
[[nodiscard]] bool is_mentioned(UserId person, std::string_view words);

class UnreadMentions {
  public:
    // As a list has it that was read when `head` was the room's last event. What later events have said stays said:
    // a person's list and a room's events do not come in one order.
    void begin(std::set<Ordinal> mentioning, Sequence head);
    // An event has given the message words that mention her, or other ones that do not. (One that is new and does not
    // need not be told.)
    void said(Ordinal message, Sequence sequence, bool mentions_her);
    // As the messages say that are held: all unread ones.
    void begin_held(std::set<Ordinal> mentioning);
    // The events up to `head` were not seen: what they said nobody knows, nor does a list of before.
    void skipped_to(Sequence head);
    // Messages are unread again that no list has told of.
    void doubt() { is_whole_ = false; }

    // Where it is not whole: at least, or at most, who knows; until the next list.
    [[nodiscard]] bool is_whole() const { return is_whole_; }
    [[nodiscard]] std::uint32_t above(Ordinal read) const;
    // The newest of them.
    [[nodiscard]] Mentioning listed_above(Ordinal read) const;

  private:
    void cut();

    std::set<Ordinal> mentioning_;
    std::map<Ordinal, Sequence> changed_;  // by events after the list, and when
    Sequence as_of_;
    Sequence skipped_to_;
    bool is_whole_ = true;
};

}  // namespace parley::client
