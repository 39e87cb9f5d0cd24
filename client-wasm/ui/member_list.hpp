// Who is in the open room, those who are there first.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

void draw_member_list(const Scene& scene, Rect column);

}  // namespace parley::ui
