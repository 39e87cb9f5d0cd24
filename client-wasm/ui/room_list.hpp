// The rooms and direct chats at the left, and who one is.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// What closes it where it is a drawer.
[[nodiscard]] NodeId rooms_close_button();
// Of every room, all there is.
void mark_all_read(const client::ChatState& chat, Intents& intents);
void draw_room_list(const Scene& scene, Rect column);

}  // namespace parley::ui
