// What the composer's field tells between frames: its text, its caret, its keys. They are answered at once, so that no
// key is taken for what the screen showed a moment ago.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// The text it holds now. True if the screen shows it: most keys change nothing but the field.
bool composer_typed(Screen& screen, Intents& intents, const std::string& text);
// "12 15": where its selection begins and ends, in bytes of the text; empty: the field is not written in. True if the
// screen shows it.
bool composer_selected(const client::ChatState& chat, Screen& screen, std::string_view places);
// Whether the key is for the newest message, which may not be loaded.
[[nodiscard]] bool means_latest(Screen& screen, std::string_view key);
// "ArrowUp", "Control+Shift+x": true if it is taken from the field.
bool composer_pressed(const client::ChatState& chat, Screen& screen, Intents& intents, std::string_view key);

}  // namespace parley::ui
