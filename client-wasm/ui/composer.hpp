// The frame around the page's own text field, and the button that sends. The text, its caret and undo are the
// browser's; here is only the draft of each room.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

[[nodiscard]] NodeId composer_node();
// The last tenth of what a message may hold: how much is left is shown then.
[[nodiscard]] bool is_near_limit(std::string_view text);
// What the composer's text is for is taken back: its draft is what it was.
void stop_answering(Screen& screen);
void begin_editing(const Scene& scene, const Message& message);
// The last of one's own messages that are loaded up to the newest; nothing where there is none.
[[nodiscard]] const Message* last_own_message(const Scene& scene);
// How much it takes at the foot of a conversation of this width.
[[nodiscard]] float composer_height(const Scene& scene, float width);
// `top`: how high what is offered above it may reach.
void draw_composer(const Scene& scene, Rect strip, float top);
// Hands the text over. False: it stays in the field, and the complaint says why.
bool submit_draft(Screen& screen, Intents& intents, std::string_view text);

}  // namespace parley::ui
