#include "rooms/recent_events.hpp"

namespace parley::rooms {

namespace {

// What the event says a message's words are from now on; nothing: it does not touch them.
const MessageText* words_after(const RoomEvent& event) {
    static const MessageText kNone;
    if (const auto* edited = std::get_if<MessageEdited>(&event.body)) return &edited->text;
    return std::holds_alternative<MessageDeleted>(event.body) ? &kNone : nullptr;
}

}  // namespace

void RecentEvents::add(const RoomEvent& event) {
    if (const auto* words = words_after(event)) give_words(message_of(event.body), *words);
    events_.push_back(event);
    bytes_ += content_bytes(event.body);
    while (events_.size() > limits::kRecentEventsPerRoom || bytes_ > limits::kRecentBytesPerRoom) {
        bytes_ -= content_bytes(events_.front().body);
        events_.pop_front();
    }
}

void RecentEvents::give_words(Ordinal message, const MessageText& words) {
    for (auto& event : events_) {
        if (message_of(event.body) != message) continue;
        bytes_ -= content_bytes(event.body);
        if (auto* posted = std::get_if<MessagePosted>(&event.body)) posted->text = words;
        if (auto* edited = std::get_if<MessageEdited>(&event.body)) edited->text = words;
        bytes_ += content_bytes(event.body);
    }
}

std::vector<RoomEvent> RecentEvents::after(Sequence place) const {
    if (events_.empty() || events_.front().sequence.value() > place.value() + 1) return {};
    const auto skipped = place.value() + 1 - events_.front().sequence.value();
    if (skipped >= events_.size()) return {};
    return {events_.begin() + static_cast<std::ptrdiff_t>(skipped), events_.end()};
}

}  // namespace parley::rooms
