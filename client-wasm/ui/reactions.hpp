// Who reacts to a message with what: a chip for each emoji below its text, which a click or a key turns.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// Within the article's node.
void draw_reactions(const Scene& scene, const Message& message, const Rect& strip);

}  // namespace parley::ui
