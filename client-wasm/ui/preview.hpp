// What the message in the composer will look like, above it: the same text, set in the same way. Shown while she wants
// it and there is something to be seen.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// How much it takes of this width; 0: it is not shown.
[[nodiscard]] float preview_height(const Scene& scene, float width);
void draw_preview(const Scene& scene, const Rect& strip);

}  // namespace parley::ui
