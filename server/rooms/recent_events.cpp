#include "rooms/recent_events.hpp"

namespace parley::rooms {

namespace {

std::size_t text_of(const RoomEvent& event) {
    const auto* posted = std::get_if<MessagePosted>(&event.body);
    return posted ? posted->text.str().size() : 0;
}

}  // namespace

void RecentEvents::add(const RoomEvent& event) {
    events_.push_back(event);
    bytes_ += text_of(event);
    while (events_.size() > limits::kRecentEventsPerRoom || bytes_ > limits::kRecentBytesPerRoom) {
        bytes_ -= text_of(events_.front());
        events_.pop_front();
    }
}

std::vector<RoomEvent> RecentEvents::after(Sequence place) const {
    if (events_.empty() || events_.front().sequence.value() > place.value() + 1) return {};
    const auto skipped = place.value() + 1 - events_.front().sequence.value();
    if (skipped >= events_.size()) return {};
    return {events_.begin() + static_cast<std::ptrdiff_t>(skipped), events_.end()};
}

}  // namespace parley::rooms
