#include "ui/completion_list.hpp"

#include <algorithm>

#include "ui/bare_window.hpp"

namespace parley::ui {

namespace {

using composing::Candidate;

constexpr float kRow = 36;
constexpr float kPadding = 5;
constexpr float kWidest = 480;
constexpr float kAboveField = 6;

std::string_view name_of(char sign) {
    return sign == '@' ? "People" : sign == '#' ? "Rooms" : sign == ':' ? "Emoji" : "Commands";
}

// What stands before its words; how far they are moved by it.
float draw_mark(const Scene& scene, const Candidate& candidate, const Rect& row) {
    const Painter& paint = scene.paint;
    const float middle = row.y + row.h / 2;
    if (candidate.person.names_something()) {
        paint.avatar({row.x + 8, middle - 12, 24, 24}, candidate.person, candidate.label);
        return 42;
    }
    if (!candidate.picture.empty()) {
        paint.text({row.x + 10, middle - 13}, {19, 26}, Colour::text, candidate.picture);
        return 42;
    }
    return 12;
}

void draw_candidate(const Scene& scene, std::size_t index, const Rect& row) {
    const Painter& paint = scene.paint;
    const auto& offer = scene.screen.offer;
    const Candidate& candidate = offer.candidates()[index];
    const bool marked = index == offer.marked();
    const std::string name = candidate.detail.empty() ? candidate.label : candidate.label + ", " + candidate.detail;
    const Control what{
        .role = Role::option, .name = name, .state = marked ? std::uint16_t{kSelected} : std::uint16_t{0}};
    const NodeId id = node_id(paint.semantics.parent(), candidate.label + candidate.insert);
    const bool used = paint.control(id, row, what, [&](const Hit& hit) {
        if (marked || hit.hovered) paint.fill(row, marked ? Colour::selected : Colour::hover, what.radius);
        const float x = row.x + draw_mark(scene, candidate, row);
        const float room = row.right() - 10 - x;
        const float y = row.y + (row.h - 22) / 2;
        const float width = paint.text_cut({x, y}, room * 0.6f, type::kStrong, Colour::text, candidate.label);
        paint.text_cut({x + width + 10, y + 1}, room - width - 10, {14, 20}, Colour::text_soft, candidate.detail);
    });
    if (used) take_offered(scene.screen, scene.intents, index);
}

}  // namespace

void draw_completion_list(const Scene& scene, const Rect& frame, float top) {
    const auto& offer = scene.screen.offer;
    if (!offer.is_open()) return;
    const Painter& paint = scene.paint;
    const float row = paint.target(kRow);
    const float room = frame.y - kAboveField - top - 2 * kPadding;
    const auto fitting = static_cast<std::size_t>(std::max(1.0f, room / row));
    const std::size_t shown = std::min(offer.candidates().size(), fitting);
    const std::size_t first = offer.marked() < shown ? 0 : offer.marked() - shown + 1;
    const float height = static_cast<float>(shown) * row + 2 * kPadding;
    const Rect card{frame.x, frame.y - kAboveField - height, std::min(frame.w, kWidest), height};
    ImGui::PushClipRect(scene.around.window.min(), {scene.around.window.right(), frame.y}, true);
    paint.soft_shadow(card, space::kRadius + 2);
    ImGui::PopClipRect();
    const BareWindow window("completion", card, false);
    paint.fill(card, Colour::raised, space::kRadius + 2);
    paint.outline(card, Colour::line_strong, space::kRadius + 2);
    const Group list = paint.semantics.group(node_id(0, "completion"), Role::list_box, card, name_of(offer.sign()));
    Rect left = card.inset(kPadding, kPadding);
    for (std::size_t i = first; i < first + shown && scene.screen.offer.is_open(); ++i)
        draw_candidate(scene, i, left.take_top(row));
}

void take_offered(Screen& screen, Intents& intents, std::size_t candidate) {
    const auto& text = screen.drafts[screen.open];
    auto [begin, end, words, select_begin, select_end] = screen.offer.take(candidate, text);
    intents.add(intent::ReplaceText{begin, end, std::move(words), select_begin, select_end});
}

}  // namespace parley::ui
