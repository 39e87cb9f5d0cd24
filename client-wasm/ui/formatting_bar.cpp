#include "ui/formatting_bar.hpp"

#include <array>

namespace parley::ui {

namespace {

struct Format {
    std::string_view marks;  // none: a link
    std::string_view key;    // as the field tells it
    std::string_view name;
    std::string_view keys;    // as people read it
    std::string_view letter;  // none: an icon
    TextStyle style = {};
    Icon icon = Icon::code;
};

constexpr std::array<Format, 5> kFormats{{
    {"**", "Control+b", "Bold", "Ctrl+B", "B", {16, 22, Weight::semibold}},
    {"*", "Control+i", "Italic", "Ctrl+I", "I", {16, 22, Weight::regular, true}},
    {"~~", "Control+Shift+x", "Strike through", "Ctrl+Shift+X", "S", {16, 22}},
    {"`", "Control+e", "Code", "Ctrl+E", "", {}, Icon::code},
    {"", "Control+Shift+l", "Link", "Ctrl+Shift+L", "", {}, Icon::link},
}};

// On what is selected; without that on the word around the caret, or between two marks that are put there.
void apply(Screen& screen, Intents& intents, const Format& format) {
    const auto& text = screen.drafts[screen.open];
    auto words = screen.selection();
    if (words.begin == words.end) words = composing::word_around(text, words.begin);
    auto done = format.marks.empty() ? composing::with_link_made(text, words.begin, words.end)
                                     : composing::with_marks_turned(text, words.begin, words.end, format.marks);
    intents.add(intent::ReplaceText{done.begin, done.end, std::move(done.text), done.select_begin, done.select_end});
}

void paint_format(const Painter& paint, const Format& format, const Rect& rect, bool lit) {
    if (lit) paint.fill(rect, Colour::hover, space::kRadius);
    const Colour ink = lit ? Colour::text : Colour::text_soft;
    const ImVec2 centre{rect.x + rect.w / 2, rect.y + rect.h / 2};
    if (format.letter.empty()) return paint.icon(format.icon, centre, 19, ink);
    paint.type.draw_centred(paint.list(), rect, format.style, paint.theme(ink), format.letter);
    if (format.marks == "~~") paint.line({centre.x - 7, centre.y + 1}, {centre.x + 7, centre.y + 1}, ink);
}

}  // namespace

bool format_by_key(const client::ChatState& chat, Screen& screen, Intents& intents, std::string_view key) {
    if (chat.room(screen.open) == nullptr) return false;
    const bool link_by_k = key == "Control+k" && screen.selected.begin != screen.selected.end;
    for (const auto& format : kFormats) {
        if (format.key != key && !(link_by_k && format.marks.empty())) continue;
        apply(screen, intents, format);
        return true;
    }
    return false;
}

float draw_formatting_bar(const Scene& scene, const Rect& strip, float side) {
    const Painter& paint = scene.paint;
    Rect left = strip;
    for (const auto& format : kFormats) {
        const Rect slot = left.take_left(side);
        const Rect rect{slot.x, slot.y + (slot.h - side) / 2, side, side};
        const std::string tip = std::string(format.name) + " (" + std::string(format.keys) + ")";
        const std::string keys = "Control" + std::string(format.keys.substr(4));
        const Control what{.name = format.name, .value = kNoText, .detail = tip, .keys = keys};
        const bool used = paint.control(node_id(paint.semantics.parent(), format.key), rect, what,
                                        [&](const Hit& hit) { paint_format(paint, format, rect, hit.hovered); });
        if (used) apply(scene.screen, scene.intents, format);
    }
    return strip.w - left.w;
}

}  // namespace parley::ui
