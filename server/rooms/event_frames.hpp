// Room events as frames: what one commit holds for one room travels together, split at limits::kRoomEventsFrame.
#pragma once

#include <span>
#include <vector>

#include "net/shared_frame.hpp"
#include "protocol/room_events.hpp"

namespace parley::rooms {

[[nodiscard]] std::vector<net::SharedFrame> event_frames(RoomId room, std::span<const RoomEvent> events);

// As somebody may hear them who reads the room from this message on.
[[nodiscard]] bool is_for_reader_from(Ordinal from, const RoomEvent& event);
[[nodiscard]] std::vector<RoomEvent> as_read_from(Ordinal from, std::span<const RoomEvent> events);
// As they are told to who may not know what became of the room up to this event: their places, so that its log is
// dense.
[[nodiscard]] std::vector<RoomEvent> as_told_since(Sequence since, std::vector<RoomEvent> events);

}  // namespace parley::rooms
