// The icons, as strokes on a grid of 20 by 20.
#pragma once

#include <imgui.h>

#include <cstdint>

namespace parley::ui {

enum class Icon : std::uint8_t { hash, plus, pencil, compass, gear, people, menu, close, arrow_down, send, leave, message };

// Around `centre`; `size` is the side of the whole grid in CSS pixels.
void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour);

}  // namespace parley::ui
