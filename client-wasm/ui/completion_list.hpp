// What is offered for the word at the caret (composing/offer.hpp), as a list above the composer: a listbox of which the
// field names the marked option.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// `frame` is the composer's; the list stands above it, at most up to `top`.
void draw_completion_list(const Scene& scene, const Rect& frame, float top);
// This candidate goes into the field in the place of the word.
void take_offered(Screen& screen, Intents& intents, std::size_t candidate);

}  // namespace parley::ui
