// Measures, breaks and draws text with the glyphs that the browser rasterised. Every glyph stands on a whole device
// pixel, so that text is sharp at any scale. Nothing is kept between frames but the clusters. Frame thread only.
#pragma once

#include <imgui.h>

#include <array>
#include <string_view>
#include <vector>

#include "ui/clusters.hpp"
#include "ui/geometry.hpp"
#include "ui/theme.hpp"

namespace parley::ui {

// A text broken into lines for one width. Plain values: may be kept while width, style and text are the same.
struct Paragraph {
    struct Line {
        std::uint32_t begin = 0;  // units
        std::uint32_t end = 0;
    };
    std::vector<ImWchar> units;
    std::vector<Line> lines;
    float widest = 0;
};

class Typesetter {
  public:
    void use_fonts(ImFont* regular, ImFont* semibold) { fonts_ = {regular, semibold}; }
    void set_density(float device_pixels_per_pixel) { density_ = device_pixels_per_pixel; }
    [[nodiscard]] float density() const { return density_; }
    [[nodiscard]] float snap(float value) const;
    [[nodiscard]] const Clusters& clusters() const { return clusters_; }

    [[nodiscard]] float width(std::string_view text, TextStyle style);
    [[nodiscard]] Paragraph lay_out(std::string_view text, TextStyle style, float width);

    // One line whose box has this upper left corner. Returns its width.
    float draw(ImDrawList& list, ImVec2 at, TextStyle style, ImU32 colour, std::string_view text);
    // Cut with an ellipsis where it does not fit.
    float draw_cut(ImDrawList& list, ImVec2 at, float width, TextStyle style, ImU32 colour, std::string_view text);
    // In the middle of the box.
    void draw_centred(ImDrawList& list, const Rect& box, TextStyle style, ImU32 colour, std::string_view text);
    void draw(ImDrawList& list, ImVec2 at, TextStyle style, ImU32 colour, const Paragraph& paragraph);

  private:
    [[nodiscard]] ImFontBaked* baked(TextStyle style) const;
    [[nodiscard]] float advance(ImFontBaked* font, ImWchar unit) const;
    float draw_units(ImDrawList& list, ImVec2 at, TextStyle style, ImU32 colour, const ImWchar* begin,
                     const ImWchar* end);
    void break_line(Paragraph& paragraph, ImFontBaked* font, std::uint32_t begin, std::uint32_t end, float width) const;

    std::array<ImFont*, 2> fonts_{};
    float density_ = 1;
    Clusters clusters_;
    std::vector<ImWchar> scratch_;
};

}  // namespace parley::ui
