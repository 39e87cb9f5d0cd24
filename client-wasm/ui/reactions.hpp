// Who reacts to a message with what: a chip for each emoji below its text, which a click or a key turns.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// How high they stand below a text of this width: they wrap; 0 where there are none.
[[nodiscard]] float reactions_height(const Scene& scene, const Message& message, float width);
// Within the article's node.
void draw_reactions(const Scene& scene, const Message& message, const Rect& strip);

}  // namespace parley::ui
