#include "rooms/event_frames.hpp"

namespace parley::rooms {

namespace {

// Bytes of an event on the wire, from above: its content, and at most this many more.
constexpr std::size_t kEventOverhead = 96;
static_assert(limits::kRoomEventsFrame / kEventOverhead < limits::kEventsPerFrame, "a frame is full of bytes first");

}  // namespace

std::vector<net::SharedFrame> event_frames(RoomId room, std::span<const RoomEvent> events) {
    std::vector<net::SharedFrame> frames;
    RoomEvents batch{room, {}};
    std::size_t bytes = 0;
    for (const auto& event : events) {
        const auto size = content_bytes(event.body) + kEventOverhead;
        if (!batch.events.empty() && bytes + size > limits::kRoomEventsFrame) {
            frames.push_back(net::make_frame(batch));
            batch.events = {};
            bytes = 0;
        }
        batch.events.push_back(event);
        bytes += size;
    }
    if (!batch.events.empty()) frames.push_back(net::make_frame(batch));
    return frames;
}

bool is_for_reader_from(Ordinal from, const RoomEvent& event) {
    const auto message = message_of(event.body);
    return message == Ordinal() || message >= from;
}

std::vector<RoomEvent> as_read_from(Ordinal from, std::span<const RoomEvent> events) {
    std::vector<RoomEvent> heard(events.begin(), events.end());
    for (auto& event : heard)
        if (!is_for_reader_from(from, event)) event.body = EventConcealed{};
    return heard;
}

std::vector<RoomEvent> as_told_since(Sequence since, std::vector<RoomEvent> events) {
    for (auto& event : events)
        if (event.sequence <= since) event.body = EventConcealed{};
    return events;
}

}  // namespace parley::rooms
