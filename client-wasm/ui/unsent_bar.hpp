// One's own messages and edits that were refused for good in a room that is not in the list any more: no conversation
// shows them, so they stand here, one after the other, until they are deleted. Their text can be copied from the page.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// Takes a strip off the top of the area where there is one.
void draw_unsent_bar(const Scene& scene, Rect& area);

}  // namespace parley::ui
