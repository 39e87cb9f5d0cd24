// Text as drawing units. Most code points are a unit of their own; what only looks right as a whole (an emoji of
// several code points, a base with its marks, a word of a joined or reordering script) becomes one unit with a code
// point of the BMP's private use area, which the browser rasterises as the text it stands for. Bounded: when the area
// is full, the rest is drawn code point by code point. Private-use characters in somebody's text draw as U+FFFD.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace parley::ui {

class Clusters {
  public:
    static constexpr ImWchar kFirst = 0xE000;
    static constexpr ImWchar kLast = 0xF8FF;

    // Appends the units of this UTF-8 text.
    void split(std::string_view text, std::vector<ImWchar>& units);
    // What a unit stands for; empty unless it is one of ours.
    [[nodiscard]] std::string_view text_of(ImWchar unit) const;

  private:
    void add(std::string_view text, std::size_t code_points, std::vector<ImWchar>& units);

    std::unordered_map<std::string, ImWchar> codes_;
    std::vector<std::string> texts_;
};

}  // namespace parley::ui
