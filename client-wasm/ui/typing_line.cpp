#include "ui/typing_line.hpp"

#include <algorithm>

#include "text/direction.hpp"

namespace parley::ui {

std::string typing_words(const Scene& scene, const client::Room& room) {
    std::vector<std::string> nicks;
    for (const auto& [user, until] : room.typing_until) {
        if (until > scene.around.monotonic_ms && user != scene.chat.self)
            nicks.push_back(text::isolated(scene.nick_of(user)));
    }
    if (nicks.empty()) return {};
    if (nicks.size() == 1) return nicks[0] + " is typing…";
    if (nicks.size() == 2) return nicks[0] + " and " + nicks[1] + " are typing…";
    return "Several people are typing…";
}

std::optional<std::int64_t> typing_changes_at(const client::Room& room, std::int64_t now) {
    std::optional<std::int64_t> soonest;
    for (const auto& [user, until] : room.typing_until) {
        if (until > now) soonest = soonest ? std::min(*soonest, until) : until;
    }
    return soonest;
}

namespace {

constexpr float kSide = 22;
constexpr float kAbove = 3;
constexpr float kTyping = 24;
constexpr float kMostLines = 3;
constexpr std::string_view kForHer = "Only visible to you: ";

// Why her words were not sent, or the answer to a command; nothing where nothing is told.
std::string told(const Scene& scene) {
    if (!scene.writes_here) return {};
    const Screen& screen = scene.screen;
    if (!screen.composer_complaint.empty()) return screen.composer_complaint;
    return screen.note.empty() ? std::string() : std::string(kForHer) + screen.note;
}

float most_lines(const Scene& scene) {
    return scene.around.window.h < space::kLowest ? 1 : scene.screen.low ? 2 : kMostLines;
}

void draw_told(const Scene& scene, const Rect& strip, const std::string& words) {
    const Painter& paint = scene.paint;
    const bool complains = !scene.screen.composer_complaint.empty();
    const Colour colour = complains ? Colour::danger : Colour::text_soft;
    const Rect rect = strip.inset(kSide, kAbove);
    ImGui::PushClipRect(rect.min(), rect.max(), true);
    if (most_lines(scene) == 1)
        paint.text_cut(rect.min(), rect.w, type::kSmall, colour, words);
    else
        paint.paragraph(rect.min(), colour, paint.type.lay_out(words, type::kSmall, rect.w));
    ImGui::PopClipRect();
    paint.semantics.declare(node_id(paint.semantics.parent(), "typing"), Role::alert, rect, words);
}

}  // namespace

float typing_height(const Scene& scene, float width) {
    const auto words = told(scene);
    if (words.empty()) return scene.around.window.h < space::kLowest ? 0 : kTyping;
    const float most = most_lines(scene) * type::kSmall.line;
    const float height = scene.paint.type.lay_out(words, type::kSmall, width - 2 * kSide).height;
    return std::min(height, most) + 2 * kAbove;
}

void draw_typing_line(const Scene& scene, const Rect& strip) {
    const auto* room = scene.open_room();
    if (room == nullptr || strip.h == 0) return;
    if (const auto words = told(scene); !words.empty()) return draw_told(scene, strip, words);
    const auto words = typing_words(scene, *room);
    if (words.empty()) return;
    const Painter& paint = scene.paint;
    const Rect place = strip.inset(kSide, kAbove);
    const float width = paint.text_cut(place.min(), place.w, type::kSmall, Colour::text_faint, words);
    paint.semantics.declare(node_id(paint.semantics.parent(), "typing"), Role::text, {place.x, place.y, width, place.h},
                            words);
}

}  // namespace parley::ui
