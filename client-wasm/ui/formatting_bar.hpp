// Bold, italic, strike, code and links: by key in the composer's field, and as buttons below its text.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// "Control+b" and the others: true if it is one of them; the text in the field is marked then, or its marks go.
bool format_by_key(const client::ChatState& chat, Screen& screen, Intents& intents, std::string_view key);

// From the left edge of the strip on; returns how wide it is. `side` is that of a button.
float draw_formatting_bar(const Scene& scene, const Rect& strip, float side);

}  // namespace parley::ui
