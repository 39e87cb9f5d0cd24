// What a message answers, in one line above its text; it leads there.
#pragma once

#include "ui/timeline_rows.hpp"

namespace parley::ui {

// Within the article's node. Asks for the message that is answered where it is not there yet.
void draw_reply(const Scene& scene, const Row& row, const Rect& strip);
// What somebody said, in one line.
// (In a room; without one in the open room.)
[[nodiscard]] std::string excerpt_of(const Scene& scene, const Message& message);
[[nodiscard]] std::string excerpt_of(const Scene& scene, RoomId room, const Message& message);

}  // namespace parley::ui
