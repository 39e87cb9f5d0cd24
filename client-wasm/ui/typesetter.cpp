#include "ui/typesetter.hpp"

#include <algorithm>
#include <cmath>

namespace parley::ui {

namespace {

constexpr std::size_t kMostCuts = 2'000;
constexpr std::size_t kMostParagraphs = 300;
constexpr std::size_t kMostCapitals = 1'000;

// ImGui keeps colours as 0xAABBGGRR.
std::uint32_t rgb_of(ImU32 colour) {
    const auto part = [colour](unsigned shift) { return (colour >> shift) & 0xFFu; };
    return part(IM_COL32_R_SHIFT) << 16 | part(IM_COL32_G_SHIFT) << 8 | part(IM_COL32_B_SHIFT);
}

}  // namespace

void Typesetter::begin_frame(float device_pixels_per_pixel) {
    if (device_pixels_per_pixel != density()) {
        baselines_.clear();
        cuts_.clear();
        paragraphs_.clear();
        ++edition_;
    }
    if (cuts_.size() > kMostCuts) cuts_.clear();
    if (paragraphs_.size() > kMostParagraphs) paragraphs_.clear();
    if (capitals_.size() > kMostCapitals) capitals_.clear();
    runs_.begin_frame(device_pixels_per_pixel);
}

void Typesetter::fonts_changed() {
    runs_.forget_all();
    baselines_.clear();
    cuts_.clear();
    paragraphs_.clear();
    ++edition_;
}

float Typesetter::snap(float value) const {
    return std::round(value * density()) / density();
}

float Typesetter::baseline(TextStyle style) {
    const auto key = static_cast<std::uint64_t>(style.size * 64) << 32 |
                     static_cast<std::uint64_t>(style.line * 64) << 3 | (style.mono ? 4u : 0u) |
                     static_cast<std::uint64_t>(style.weight);
    const auto [found, is_new] = baselines_.try_emplace(key, 0.0f);
    if (is_new) found->second = runs_.letterer().baseline(style);
    return found->second;
}

float Typesetter::width(std::string_view text, TextStyle style) {
    return runs_.measure(style, text).width;
}

const std::string& Typesetter::capital(std::string_view text) {
    const auto [found, is_new] = capitals_.try_emplace(std::string(text));
    if (is_new) found->second = runs_.letterer().capital(text);
    return found->second;
}

std::string Typesetter::key_of(std::string_view text, TextStyle style, float width) {
    std::string key(text);
    key += '\n';
    return key + std::to_string(static_cast<int>(width)) + ' ' + std::to_string(style.size) +
           (style.weight == Weight::semibold ? "b" : "");
}

const Paragraph& Typesetter::lay_out(std::string_view text, TextStyle style, float width) {
    const auto [found, is_new] = paragraphs_.try_emplace(key_of(text, style, width));
    if (is_new) found->second = std::move(lay_out({Wish{text, {}, {}}}, style, width).front());
    return found->second;
}

std::vector<Paragraph> Typesetter::lay_out(std::vector<Wish> wishes, TextStyle style, float width) {
    std::vector<lettering::Letterer::Request> requests;
    for (const auto& wish : wishes) requests.push_back({wish.text, wish.spans, wish.blocks});
    auto layouts = runs_.letterer().lay_out(style, density(), std::floor(width), requests);
    std::vector<Paragraph> paragraphs(wishes.size());
    for (std::size_t i = 0; i < wishes.size(); ++i)
        paragraphs[i] = {std::string(wishes[i].text),
                         std::move(wishes[i].spans),
                         std::move(wishes[i].blocks),
                         std::move(layouts[i].blocks),
                         std::move(layouts[i].fragments),
                         style,
                         layouts[i].height};
    return paragraphs;
}

float Typesetter::draw(ImDrawList& list, ImVec2 at, TextStyle style, ImU32 colour, std::string_view text) {
    draw_run(list, {at.x, at.y + baseline(style)}, style, colour, text, lettering::Order::own, at.y - style.line / 2,
             at.y + 1.5f * style.line);
    return width(text, style);
}

const std::string& Typesetter::cut_to(std::string_view text, TextStyle style, float width) {
    const auto [found, is_new] = cuts_.try_emplace(key_of(text, style, width));
    if (is_new) {
        const auto fits = runs_.letterer().fit(style, text, width);
        found->second = text.substr(0, fits);
        if (fits < text.size()) found->second += "…";
    }
    return found->second;
}

float Typesetter::draw_cut(ImDrawList& list, ImVec2 at, float most, TextStyle style, ImU32 colour,
                           std::string_view text) {
    if (width(text, style) <= most) return draw(list, at, style, colour, text);
    return draw(list, at, style, colour, cut_to(text, style, most));
}

void Typesetter::draw_centred(ImDrawList& list, const Rect& box, TextStyle style, ImU32 colour, std::string_view text) {
    const float used = std::fmin(width(text, style), box.w);
    draw_cut(list, {box.x + (box.w - used) / 2, box.y + (box.h - style.line) / 2}, box.w, style, colour, text);
}

void Typesetter::draw(ImDrawList& list, ImVec2 at, ImU32 colour, const Paragraph& paragraph,
                      const lettering::Fragment& fragment, const Rect& band) {
    const auto around = paragraph.line_style(fragment);
    const float y = at.y + fragment.y;
    if (y + 2 * around.line < list.GetClipRectMin().y || y - around.line > list.GetClipRectMax().y) return;
    draw_run(list, {at.x + fragment.x, y + baseline(around)}, lettering::styled(around, paragraph.marks_of(fragment)),
             colour, paragraph.words_of(fragment), fragment.order, band.y, band.bottom());
}

Rect Typesetter::box_of(const Paragraph& paragraph, const lettering::Fragment& fragment) {
    const auto around = paragraph.line_style(fragment);
    const auto measure = runs_.measure(lettering::styled(around, paragraph.marks_of(fragment)),
                                       paragraph.words_of(fragment), fragment.order);
    return {fragment.x, fragment.y, measure.width, around.line};
}

TextStyle Paragraph::line_style(const lettering::Fragment& fragment) const {
    const auto block = std::find_if(blocks.begin(), blocks.end(), [&](const auto& each) {
        return fragment.begin >= each.begin && fragment.begin < each.end;
    });
    return block != blocks.end() && block->code ? lettering::styled(style, lettering::kCode) : style;
}

void Typesetter::draw_run(ImDrawList& list, ImVec2 pen, TextStyle style, ImU32 colour, std::string_view text,
                          lettering::Order order, float top, float bottom) {
    const auto drawing = runs_.draw(style, text, order, rgb_of(colour));
    if (drawing.pieces.empty()) return;
    const ImU32 tint = drawing.coloured ? (colour | ~IM_COL32_A_MASK) : colour;
    const float pixel = 1 / density();
    const ImVec2 origin{snap(pen.x), snap(pen.y)};
    const auto& first = drawing.pieces.front();
    const float ink_top = origin.y + static_cast<float>(first.y + 1) * pixel;
    const float ink_bottom = origin.y + static_cast<float>(first.y + first.height - 1) * pixel;
    const bool overflows = ink_top < top || ink_bottom > bottom;
    if (overflows) list.PushClipRect({list.GetClipRectMin().x, top}, {list.GetClipRectMax().x, bottom}, true);
    for (const auto& piece : drawing.pieces) {
        const ImVec2 from{origin.x + static_cast<float>(piece.x) * pixel,
                          origin.y + static_cast<float>(piece.y) * pixel};
        const ImVec2 to{from.x + static_cast<float>(piece.width) * pixel,
                        from.y + static_cast<float>(piece.height) * pixel};
        list.AddImage(static_cast<ImTextureID>(piece.texture), from, to, {piece.u0, piece.v0}, {piece.u1, piece.v1},
                      tint);
    }
    if (overflows) list.PopClipRect();
}

}  // namespace parley::ui
