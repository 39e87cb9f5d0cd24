// Fonts without font files: an ImGui font loader whose glyphs the browser rasterises on a 2D canvas (web/glyphs.js).
// The only unit that touches ImGui's internal loader interface. Main thread; one per page.
#pragma once

#include <imgui.h>

#include <functional>
#include <string_view>

namespace parley::platform {

struct Fonts {
    ImFont* regular = nullptr;
    ImFont* semibold = nullptr;
};

// `text_of` says what a private-use code point stands for (a cluster of several code points), or nothing.
Fonts add_fonts(std::function<std::string_view(ImWchar)> text_of);

}  // namespace parley::platform
