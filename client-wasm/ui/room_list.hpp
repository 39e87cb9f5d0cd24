// The rooms and direct chats at the left, and who one is.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

void draw_room_list(const Scene& scene, Rect column);

}  // namespace parley::ui
