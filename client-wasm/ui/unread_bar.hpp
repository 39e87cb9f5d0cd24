// Above a conversation that somebody has marked unread while it is open: that it is not read by being looked at, and
// the way back.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// Takes a strip off the top of the area where there is one.
void draw_unread_bar(const Scene& scene, Rect& area);

}  // namespace parley::ui
