// What can be done with one message: a small bar at its right, beside the text, while the pointer or the focus is on
// it. By touch: a tap on the message.
#pragma once

#include "ui/timeline_rows.hpp"

namespace parley::ui {

// Where the bar of a message that lies here stands; it does not leave the log.
[[nodiscard]] Rect message_tools_rect(const Scene& scene, const Row& row, const Rect& message, const Rect& log);
// Who was asked whether to delete a message is asked anew when its bar has gone: the one of this message, or none, is
// shown.
void keep_deleting(const Scene& scene, const Message* message);
// Within the article's node.
void draw_message_tools(const Scene& scene, const Row& row, const Rect& bar);

}  // namespace parley::ui
