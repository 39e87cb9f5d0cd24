// Who is in the open room, those who are there first.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// What closes it where it is a drawer.
[[nodiscard]] NodeId members_close_button();
void draw_member_list(const Scene& scene, Rect column);

}  // namespace parley::ui
