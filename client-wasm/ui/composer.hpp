// The frame around the page's own text field, and the button that sends. The text, its caret and undo are the
// browser's; here is only the draft of each room.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

[[nodiscard]] NodeId composer_node();
// How much it takes at the foot of the conversation.
[[nodiscard]] float composer_height(const Scene& scene);
void draw_composer(const Scene& scene, const Rect& strip);
// Hands the text over. False: it stays in the field, and the complaint says why.
bool submit_draft(Screen& screen, Intents& intents, std::string_view text);

}  // namespace parley::ui
