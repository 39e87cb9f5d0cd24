// The one place that changes a Timeline: merges live messages and history into it so that it stays dense by Ordinal and
// within its size. A message that is in both is kept as of the higher revision.
#pragma once

#include <vector>

#include "client/chat_state.hpp"
#include "client/saved.hpp"

namespace parley::client {

enum class HistoryKind : std::uint8_t { latest, older, newer, around };

class TimelineEditor {
  public:
    TimelineEditor(Timeline& timeline, std::size_t most_messages) : timeline_(timeline), most_(most_messages) {}

    void asked(HistoryKind kind, RequestId request);
    // The answer to what asked() noted; `room_last` is the last Ordinal that live events have brought.
    void answered(HistoryKind kind, RequestId request, const History& history, Ordinal room_last);
    void refused(RequestId request);
    void arrived(const Message& message, Ordinal room_last);
    // What became of the room itself.
    void changed_itself(const RoomEvent& event);
    // An event of a message that is there: of any other it changes nothing.
    void changed(Sequence sequence, const MessageChange& change);
    void connection_lost();
    void restore(const SavedRoom& saved);  // which reaches the room's last message
    void drop();
    // Drops what is from before.
    void begin_at(Ordinal first);

  private:
    void merge(const std::vector<Message>& incoming, HistoryKind kind);
    void replace_or_keep_newer(const Message& message);
    void append(const Message& message);
    void add_changes(const std::vector<RoomEvent>& changes);
    void take_in_what_arrived(Ordinal room_last);
    void cut_oldest();
    void cut_newest();
    // There is nothing to show of a room whose last message this is.
    [[nodiscard]] bool is_over_before_it_begins(Ordinal room_last) const { return room_last < timeline_.begins_at_; }
    [[nodiscard]] Ordinal first() const { return timeline_.messages_.front().ordinal; }
    [[nodiscard]] Ordinal last() const { return timeline_.messages_.back().ordinal; }
    [[nodiscard]] bool touches(const std::vector<Message>& incoming) const;

    Timeline& timeline_;
    std::size_t most_;
};

}  // namespace parley::client
