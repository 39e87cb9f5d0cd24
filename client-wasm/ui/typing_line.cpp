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

void draw_typing_line(const Scene& scene, const Rect& strip) {
    const auto* room = scene.open_room();
    if (room == nullptr) return;
    const bool complains = scene.writes_here && !scene.screen.composer_complaint.empty();
    const bool notes = scene.writes_here && !complains && !scene.screen.note.empty();
    const std::string words = complains ? scene.screen.composer_complaint
                              : notes   ? "Only visible to you: " + scene.screen.note
                                        : typing_words(scene, *room);
    if (words.empty()) return;
    const Painter& paint = scene.paint;
    const float width = paint.text_cut({strip.x + 22, strip.y + 3}, strip.w - 44, type::kSmall,
                                       complains ? Colour::danger
                                       : notes   ? Colour::text_soft
                                                 : Colour::text_faint,
                                       words);
    const Rect rect{strip.x + 22, strip.y + 3, width, 18};
    paint.semantics.declare(node_id(paint.semantics.parent(), "typing"), complains || notes ? Role::alert : Role::text,
                            rect, words);
}

}  // namespace parley::ui
