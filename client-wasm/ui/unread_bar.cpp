#include "ui/unread_bar.hpp"

namespace parley::ui {

void draw_unread_bar(const Scene& scene, Rect& area) {
    const auto* room = scene.open_room();
    if (room == nullptr || !scene.screen.left_unread.contains(room->id)) return;
    const Painter& paint = scene.paint;
    Rect bar = area.take_top(paint.target(36));
    paint.fill(bar, Colour::accent_soft);
    bar.take_left(20);
    bar.take_right(12);
    const std::string_view label = "Mark read";
    const Rect button = bar.take_right(paint.button_width(label));
    bar.take_right(12);
    const std::string words = room->unread == 1
                                  ? "1 message stays unread until you come back"
                                  : std::to_string(room->unread) + " messages stay unread until you come back";
    paint.text_cut({bar.x, bar.y + (bar.h - 18) / 2}, bar.w, type::kSmallStrong, Colour::accent_strong, words);
    paint.semantics.declare(node_id(paint.semantics.parent(), "stays unread"), Role::status, bar, words);
    const Rect inner{button.x, button.y + 4, button.w, button.h - 8};
    const Control what{.name = label, .detail = "Mark read (Esc)", .keys = "Escape"};
    if (!paint.button("mark read", inner, what, label, ButtonKind::quiet)) return;
    scene.screen.left_unread.erase(room->id);
    scene.want(intent::MarkRead{room->id, room->last_ordinal});
}

}  // namespace parley::ui
