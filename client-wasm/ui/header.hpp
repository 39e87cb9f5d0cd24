// The strip over the conversation: where one is, and the members' switch.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

void draw_header(const Scene& scene, const Rect& strip);

}  // namespace parley::ui
