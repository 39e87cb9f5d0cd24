// Measures, breaks and draws text with the pictures that the browser makes of it. Every picture stands on whole device
// pixels, so that text is sharp at any scale. Frame thread only.
#pragma once

#include <imgui.h>

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lettering/runs.hpp"
#include "ui/geometry.hpp"
#include "ui/theme.hpp"

namespace parley::ui {

// A text broken into lines for one width. Plain values: may be kept while width, style, scale and fonts are the same.
struct Paragraph {
    std::string text;
    std::vector<lettering::Span> spans;
    std::vector<lettering::Block> blocks;
    std::vector<lettering::Layout::Band> bands;  // of the blocks, where each stands
    std::vector<lettering::Fragment> fragments;
    TextStyle style;
    float height = 0;

    [[nodiscard]] lettering::Marks marks_of(const lettering::Fragment& fragment) const {
        return fragment.span == 0 ? lettering::Marks{0} : spans[fragment.span - 1u].marks;
    }
    [[nodiscard]] std::string_view words_of(const lettering::Fragment& fragment) const {
        return std::string_view(text).substr(fragment.begin, fragment.end - fragment.begin);
    }
    // The style of the lines around it: code has its own.
    [[nodiscard]] TextStyle line_style(const lettering::Fragment& fragment) const;
};

class Typesetter {
  public:
    explicit Typesetter(lettering::Letterer& letterer) : runs_(letterer) {}

    void begin_frame(float device_pixels_per_pixel);
    [[nodiscard]] float density() const { return runs_.density(); }
    [[nodiscard]] float snap(float value) const;
    // Rises when paragraphs that were kept hold no more: other fonts.
    [[nodiscard]] std::uint32_t edition() const { return edition_; }
    void pictures_lost() { runs_.forget_pictures(); }
    void fonts_changed();
    [[nodiscard]] const lettering::Runs& runs() const { return runs_; }

    [[nodiscard]] float width(std::string_view text, TextStyle style);
    // Its first letter as a reader sees it, as a capital. The last few hundred are remembered.
    [[nodiscard]] const std::string& capital(std::string_view text);
    struct Wish {
        std::string_view text;
        std::vector<lettering::Span> spans;
        std::vector<lettering::Block> blocks;
    };
    // The last few hundred are remembered; good until the next call.
    [[nodiscard]] const Paragraph& lay_out(std::string_view text, TextStyle style, float width);
    // Many at once cost little more than one.
    [[nodiscard]] std::vector<Paragraph> lay_out(std::vector<Wish> wishes, TextStyle style, float width);

    // One line whose box has this upper left corner. Returns its width.
    float draw(ImDrawList& list, ImVec2 at, TextStyle style, ImU32 colour, std::string_view text);
    // Cut with an ellipsis where it does not fit.
    float draw_cut(ImDrawList& list, ImVec2 at, float width, TextStyle style, ImU32 colour, std::string_view text);
    // In the middle of the box, cut where it does not fit.
    void draw_centred(ImDrawList& list, const Rect& box, TextStyle style, ImU32 colour, std::string_view text);
    // One piece of a paragraph whose upper left corner is `at`. Nothing is drawn above or below `band`, however many
    // marks somebody piles up.
    void draw(ImDrawList& list, ImVec2 at, ImU32 colour, const Paragraph& paragraph,
              const lettering::Fragment& fragment, const Rect& band);
    // What it covers, from the same corner.
    [[nodiscard]] Rect box_of(const Paragraph& paragraph, const lettering::Fragment& fragment);

  private:
    [[nodiscard]] float baseline(TextStyle style);
    [[nodiscard]] static std::string key_of(std::string_view text, TextStyle style, float width);
    [[nodiscard]] const std::string& cut_to(std::string_view text, TextStyle style, float width);
    // `pen` is on the baseline.
    void draw_run(ImDrawList& list, ImVec2 pen, TextStyle style, ImU32 colour, std::string_view text,
                  lettering::Order order, float top, float bottom);

    lettering::Runs runs_;
    std::uint32_t edition_ = 1;
    std::unordered_map<std::string, std::string> cuts_;
    std::unordered_map<std::string, std::string> capitals_;
    std::unordered_map<std::string, Paragraph> paragraphs_;
    std::unordered_map<std::uint64_t, float> baselines_;
};

}  // namespace parley::ui
