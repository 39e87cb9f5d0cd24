// What is pinned in a room, the newest first: each leads to its place, and can be unpinned.
#include <algorithm>

#include "ui/dialogs.hpp"
#include "ui/reply_line.hpp"

namespace parley::ui {

namespace {

constexpr float kUnpin = 34;

std::string time_of(const Scene& scene, const Message& message) {
    return scene.calendar.day_title(message.time) + ", " + scene.calendar.time(message.time);
}

void draw_pin(const Scene& scene, const client::Room& room, Ordinal ordinal, const Rect& row) {
    const Painter& paint = scene.paint;
    const auto* message = room.message(ordinal);
    if (message == nullptr) scene.want(intent::LoadMessage{room.id, ordinal});
    const NodeId id = node_id(paint.semantics.parent(), ordinal.value());
    const Group item = paint.semantics.group(id, Role::list_item, row, "");
    const Rect words{row.x, row.y + 2, row.w - kUnpin - 10, row.h - 4};
    const std::string said = message != nullptr ? excerpt_of(scene, *message) : "Fetching the message…";
    const std::string when = message != nullptr ? time_of(scene, *message) : std::string();
    const std::string name = when.empty() ? said : said + ", " + when;
    const Control what{.name = name, .value = said, .detail = "Go there", .ring = words.inset(2, 2)};
    const bool used = paint.control(node_id(id, "go"), words, what, [&](const Hit& hit) {
        if (hit.hovered) paint.fill(words, Colour::hover, space::kRadius);
        paint.text_cut({words.x + 10, words.y + 9}, words.w - 20, type::kBody, Colour::text, said);
        paint.text_cut({words.x + 10, words.y + 34}, words.w - 20, type::kSmall, Colour::text_faint, when);
    });
    if (used) {
        scene.screen.dialog = Dialog::none;
        scene.want(intent::GoTo{room.id, ordinal});
    }
    const Rect unpin = paint.finger({row.right() - kUnpin, row.y + (row.h - kUnpin) / 2, kUnpin, kUnpin});
    if (paint.icon_button("unpin", unpin, Icon::close, "Unpin")) scene.want(intent::Pin{room.id, ordinal, false});
    if (ordinal != *room.pins.begin())  // the last one that is drawn
        paint.line({row.x, row.bottom() - 1}, {row.right(), row.bottom() - 1}, Colour::line);
}

}  // namespace

std::size_t pins_in(const Scene& scene) {
    const auto* room = scene.dialog_room();
    return room != nullptr ? room->pins.size() : 0;
}

void draw_pins(const Scene& scene, Card card) {
    const auto* room = scene.dialog_room();
    if (room == nullptr) return;
    if (!room->pins_loaded) scene.want(intent::ListPins{room->id});
    Scroll& scroll = scene.screen.dialog_scroll;
    const Rect inside = card.inside;
    if (room->pins.empty()) {
        const std::string_view words = room->pins_loaded
                                           ? "Nothing is pinned here. A message is pinned from the bar beside it."
                                           : "Fetching what is pinned…";
        const auto lines = scene.paint.type.lay_out(words, type::kBody, inside.w);
        scene.paint.paragraph({inside.x, inside.y + 8}, Colour::text_faint, lines);
        scene.paint.semantics.declare(node_id(card.dialog, "none"), Role::text, inside, words);
        return;
    }
    scene.screen.scrollables.push_back({inside, &scroll});
    scroll.advance(ImGui::GetIO().DeltaTime, static_cast<float>(room->pins.size()) * kPinRow, inside.h);
    const Group list = scene.paint.semantics.group(node_id(card.dialog, "pins"), Role::list, inside, "Pinned messages");
    const Rect seen = inside.inset(-4, 0);
    ImGui::PushClipRect(seen.min(), seen.max(), true);
    float y = inside.y - scroll.offset();
    for (auto pin = room->pins.rbegin(); pin != room->pins.rend(); ++pin) {
        const Rect row{inside.x, y, inside.w, kPinRow};
        const NodeId item = node_id(scene.paint.semantics.parent(), pin->value());
        scene.reveal_focused(node_id(item, "go"), row, inside, scroll);
        scene.reveal_focused(node_id(item, "unpin"), row, inside, scroll);
        if (Scene::is_near(row, inside)) draw_pin(scene, *room, *pin, row);
        y += kPinRow;
    }
    ImGui::PopClipRect();
}

}  // namespace parley::ui
