#include "ui/unsent_bar.hpp"

#include <algorithm>

namespace parley::ui {

void draw_unsent_bar(const Scene& scene, Rect& area) {
    const auto& pending = scene.chat.pending;
    const auto homeless = std::find_if(pending.begin(), pending.end(), [&](const client::PendingMessage& message) {
        return message.stage == client::PendingMessage::Stage::failed && scene.chat.room(message.room) == nullptr;
    });
    if (homeless == pending.end()) return;
    const Painter& paint = scene.paint;
    Rect bar = area.take_top(40);
    const NodeId id = node_id(0, "unsent");
    const std::string words = "Not sent, you are not in that room any more: " + homeless->text.str();
    paint.semantics.declare(id, Role::alert, bar, words);
    paint.fill(bar, Colour::warning_soft);
    bar.take_left(20);
    bar.take_right(12);
    const Rect button = bar.take_right(70);
    bar.take_right(12);
    paint.text_cut({bar.x, bar.y + 11}, bar.w, type::kSmallStrong, Colour::danger, words);
    if (paint.button("delete unsent", {button.x, button.y + 6, button.w, 28}, "Delete", ButtonKind::danger))
        scene.want(intent::Discard{homeless->op});
}

}  // namespace parley::ui
