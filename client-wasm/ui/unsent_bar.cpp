#include "ui/unsent_bar.hpp"

#include <algorithm>
#include <optional>

#include "ui/failed_edit.hpp"

namespace parley::ui {

namespace {

// The first one that no conversation shows.
std::optional<client::PendingMessage> homeless_in(const client::ChatState& chat) {
    const auto is_homeless = [&](const client::PendingMessage& message) {
        return message.stage == client::PendingMessage::Stage::failed && chat.room(message.room) == nullptr;
    };
    const auto message = std::find_if(chat.pending.begin(), chat.pending.end(), is_homeless);
    if (message != chat.pending.end()) return *message;
    for (const auto& change : chat.pending_changes)
        if (auto edit = failed_edit(change); edit && is_homeless(*edit)) return edit;
    return std::nullopt;
}

}  // namespace

void draw_unsent_bar(const Scene& scene, Rect& area) {
    const auto homeless = homeless_in(scene.chat);
    if (!homeless) return;
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
