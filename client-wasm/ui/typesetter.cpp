#include "ui/typesetter.hpp"

#include <cmath>

namespace parley::ui {

namespace {

constexpr ImWchar kEllipsis = 0x2026;

bool is_space(ImWchar c) {
    return c == ' ' || c == '\t' || c == 0x3000 || c == 0x200B;
}

// A line may end before or after these wherever they stand (the scripts that put no spaces).
bool breaks_anywhere(ImWchar c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x1F000 && c <= 0x1FFFF) || (c >= 0x20000 && c <= 0x3FFFF) ||
           (c >= 0x0E00 && c <= 0x0EFF);
}

// Punctuation that does not begin a line.
bool clings_to_before(ImWchar c) {
    return c == 0x3001 || c == 0x3002 || c == 0xFF0C || c == 0xFF01 || c == 0xFF1F || c == 0x300D || c == 0x30FC ||
           c == ',' || c == '.';
}

bool may_break_between(ImWchar before, ImWchar after) {
    if (is_space(after) || clings_to_before(after)) return false;
    return is_space(before) || before == '-' || before == '/' || breaks_anywhere(before) || breaks_anywhere(after);
}

}  // namespace

float Typesetter::snap(float value) const {
    return std::round(value * density_) / density_;
}

ImFontBaked* Typesetter::baked(TextStyle style) const {
    return fonts_[static_cast<std::size_t>(style.weight)]->GetFontBaked(style.size, density_);
}

float Typesetter::advance(ImFontBaked* font, ImWchar unit) const {
    return unit == '\t' ? 4 * font->GetCharAdvance(' ') : font->GetCharAdvance(unit);
}

float Typesetter::width(std::string_view text, TextStyle style) {
    scratch_.clear();
    clusters_.split(text, scratch_);
    ImFontBaked* font = baked(style);
    float sum = 0;
    for (const ImWchar unit : scratch_) sum += advance(font, unit);
    return sum;
}

Paragraph Typesetter::lay_out(std::string_view text, TextStyle style, float width) {
    Paragraph paragraph;
    clusters_.split(text, paragraph.units);
    ImFontBaked* font = baked(style);
    const auto size = static_cast<std::uint32_t>(paragraph.units.size());
    std::uint32_t begin = 0;
    for (std::uint32_t i = 0; i <= size; ++i) {
        if (i < size && paragraph.units[i] != '\n') continue;
        break_line(paragraph, font, begin, i, width);
        begin = i + 1;
    }
    return paragraph;
}

void Typesetter::break_line(Paragraph& paragraph, ImFontBaked* font, std::uint32_t begin, std::uint32_t end,
                            float width) const {
    float used = 0;
    std::uint32_t last_break = begin;
    float used_at_break = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
        const ImWchar unit = paragraph.units[i];
        if (i > begin && may_break_between(paragraph.units[i - 1], unit)) {
            last_break = i;
            used_at_break = used;
        }
        const float step = advance(font, unit);
        if (used + step > width && i > begin && !is_space(unit)) {
            const bool inside_word = last_break == begin;
            const std::uint32_t cut = inside_word ? i : last_break;
            paragraph.lines.push_back({begin, cut});
            paragraph.widest = std::fmax(paragraph.widest, inside_word ? used : used_at_break);
            used = inside_word ? 0 : used - used_at_break;
            begin = last_break = cut;
            used_at_break = 0;
        }
        used += step;
    }
    paragraph.lines.push_back({begin, end});
    paragraph.widest = std::fmax(paragraph.widest, used);
}

float Typesetter::draw(ImDrawList& list, ImVec2 at, TextStyle style, ImU32 colour, std::string_view text) {
    scratch_.clear();
    clusters_.split(text, scratch_);
    return draw_units(list, at, style, colour, scratch_.data(), scratch_.data() + scratch_.size());
}

float Typesetter::draw_cut(ImDrawList& list, ImVec2 at, float width, TextStyle style, ImU32 colour,
                           std::string_view text) {
    scratch_.clear();
    clusters_.split(text, scratch_);
    ImFontBaked* font = baked(style);
    const float ellipsis = advance(font, kEllipsis);
    float used = 0;
    std::size_t fits = 0;  // units that leave room for the ellipsis
    for (std::size_t i = 0; i < scratch_.size(); ++i) {
        if (used + ellipsis <= width) fits = i;
        used += advance(font, scratch_[i]);
    }
    if (used > width) {
        scratch_.resize(fits);
        scratch_.push_back(kEllipsis);
    }
    return draw_units(list, at, style, colour, scratch_.data(), scratch_.data() + scratch_.size());
}

void Typesetter::draw_centred(ImDrawList& list, const Rect& box, TextStyle style, ImU32 colour, std::string_view text) {
    const float used = width(text, style);
    draw(list, {box.x + (box.w - used) / 2, box.y + (box.h - style.line) / 2}, style, colour, text);
}

void Typesetter::draw(ImDrawList& list, ImVec2 at, TextStyle style, ImU32 colour, const Paragraph& paragraph) {
    const float top = list.GetClipRectMin().y;
    const float bottom = list.GetClipRectMax().y;
    for (const auto& line : paragraph.lines) {
        if (at.y + style.line > top && at.y < bottom)
            draw_units(list, at, style, colour, paragraph.units.data() + line.begin, paragraph.units.data() + line.end);
        at.y += style.line;
    }
}

float Typesetter::draw_units(ImDrawList& list, ImVec2 at, TextStyle style, ImU32 colour, const ImWchar* begin,
                             const ImWchar* end) {
    ImFontBaked* font = baked(style);
    int visible = 0;
    // All glyphs first: loading one may replace the texture, which must not happen between reserving and writing.
    for (const ImWchar* unit = begin; unit != end; ++unit) visible += font->FindGlyph(*unit)->Visible ? 1 : 0;
    if (visible != 0) list.PrimReserve(visible * 6, visible * 4);
    const float top = snap(at.y + (style.line - (font->Ascent - font->Descent)) / 2);
    float x = at.x;
    for (const ImWchar* unit = begin; unit != end; ++unit) {
        const ImFontGlyph& glyph = *font->FindGlyph(*unit);
        if (glyph.Visible) {
            const float left = snap(x);
            const ImU32 tint = glyph.Colored ? (colour | ~IM_COL32_A_MASK) : colour;
            list.PrimRectUV({left + glyph.X0, top + glyph.Y0}, {left + glyph.X1, top + glyph.Y1}, {glyph.U0, glyph.V0},
                            {glyph.U1, glyph.V1}, tint);
        }
        x += *unit == '\t' ? 4 * font->GetCharAdvance(' ') : glyph.AdvanceX;
    }
    return x - at.x;
}

}  // namespace parley::ui
