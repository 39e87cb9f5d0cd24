// How a message's text looks: its words with what is behind and beside them.
#pragma once

#include "ui/painter.hpp"

namespace parley::ui {

// `width` is what it was laid out for. Nothing above or below `band`, however many marks somebody piles up.
void draw_marked(const Painter& paint, ImVec2 at, Colour ink, const Paragraph& paragraph, const Rect& band,
                 float width);
// Behind a message that mentions who reads it.
void draw_mention_mark(const Painter& paint, const Rect& row);

}  // namespace parley::ui
