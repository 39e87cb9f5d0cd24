// The rooms and direct chats at the left, and who one is.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// What closes it where it is a drawer.
[[nodiscard]] NodeId rooms_close_button();
void draw_room_list(const Scene& scene, Rect column);

}  // namespace parley::ui
