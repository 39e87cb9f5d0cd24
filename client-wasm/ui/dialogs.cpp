#include "ui/dialogs.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace parley::ui {

namespace {

constexpr float kPadding = 26;

struct Shape {
    std::string title;
    float width;
    float height;
    void (*draw)(const Scene&, Card);
    std::string_view first = {};  // the key of what has the focus first; nothing: the dialog itself
    std::string_view key = {};    // where it has more than one title
    float least = 0;              // height, of one whose list takes what there is; nothing: it needs all of it

    [[nodiscard]] NodeId node() const { return node_id(0, key.empty() ? std::string_view(title) : key); }
};

float rows(std::size_t count, float height) {
    return std::clamp(static_cast<float>(count), 1.0f, 6.0f) * height;
}

// Of those that are about one room, and about no other that opens under them.
std::optional<Shape> shape_about_room(const Scene& scene) {
    const auto* room = scene.dialog_room();
    switch (scene.screen.dialog) {
        case Dialog::room:
            return Shape{.title = room != nullptr && room->is_chat() ? "About this chat" : "About this room",
                         .width = 500,
                         .height = room_dialog_height(scene),
                         .draw = draw_room_dialog,
                         .key = "About this room"};
        case Dialog::invite:
            return Shape{.title = "Invite to this room",
                         .width = 460,
                         .height = 256 + rows(scene.chat.people.size(), 46),
                         .draw = draw_invite,
                         .first = "person",
                         .least = 302};
        case Dialog::posters:
            return Shape{.title = "Who may write",
                         .width = 460,
                         .height = 150 + rows(members_beside_owner(scene), kSwitchRow),
                         .draw = draw_posters,
                         .least = 260};
        case Dialog::pins:
            return Shape{.title = "Pinned messages",
                         .width = 560,
                         .height = 110 + rows(pins_in(scene), kPinRow),
                         .draw = draw_pins,
                         .least = 110 + kPinRow};
        case Dialog::emoji:
            return Shape{.title = "Emoji",
                         .width = 411,
                         .height = 500,
                         .draw = draw_emoji_picker,
                         .first = "search",
                         .least = 340};
        case Dialog::jump_to_day:
            return Shape{"Jump to a day", 460, 254, draw_jump_to_day, "day"};
        default:
            return std::nullopt;
    }
}

// As high as what it holds, within reason: it does not change while one types.
Shape shape_of(const Scene& scene) {
    if (auto shape = shape_about_room(scene)) return *shape;
    switch (scene.screen.dialog) {
        case Dialog::direct_message:
            return {.title = "New direct message",
                    .width = 460,
                    .height =
                        256 + rows(scene.chat.people.size(), 46) + (scene.screen.people_picked.empty() ? 0.0f : 40.0f),
                    .draw = draw_direct_message,
                    .first = "person",
                    .least = 302};
        case Dialog::browse_rooms:
            return {.title = "Browse rooms",
                    .width = 520,
                    .height = 124 + rows(scene.chat.directory.size(), 58),
                    .draw = draw_browse_rooms,
                    .least = 240};
        case Dialog::settings:
            return {"Settings", 480, scene.paint.touch ? 438.0f : 422.0f, draw_settings, "nick"};
        case Dialog::go_to:
            return {
                scene.screen.forwarding.empty() ? "Go to" : "Forward to", 520, 540, draw_go_to, "goal", "Go to", 280};
        case Dialog::threads:
            return {.title = "Threads you follow",
                    .width = 560,
                    .height = 110 + rows(threads_in(scene), kPinRow),
                    .draw = draw_threads,
                    .least = 110 + kPinRow};
        case Dialog::tell_many:
            return {tell_many_title(scene), 440, 220, draw_tell_many, {}, "Tell many"};
        case Dialog::person:
            return {"Profile", 400, 300, draw_person, "message"};
        case Dialog::status:
            return {"Your status", 460, scene.paint.touch ? 510.0f : 474.0f, draw_status, "status"};
        case Dialog::help:
            return {.title = "Commands and keys",
                    .width = 600,
                    .height = 92 + help_height(),
                    .draw = draw_help,
                    .first = "close",
                    .least = 220};
        default:
            return {"Create room", 460, 304, draw_create_room, "name"};
    }
}

Rect place_card(const Rect& window, const Shape& shape) {
    const float width = std::min(shape.width, window.w - 24);
    const float height = std::min(shape.height, window.h - 24);
    return {std::round(window.x + (window.w - width) / 2),
            std::round(window.y + std::max(12.0f, (window.h - height) * 0.4f)), width, height};
}

// Whether the node is within the dialog.
bool is_within(const Semantics& semantics, const Node* node, NodeId dialog) {
    while (node != nullptr && node->id != dialog) node = semantics.shown(node->parent);
    return node != nullptr;
}

// What has come to have the focus is scrolled into view, once. Places are of the last frame, also that of the card
// then.
void reveal_focused(const Scene& scene, NodeId dialog, const Rect& card) {
    Screen& screen = scene.screen;
    const auto& semantics = scene.paint.semantics;
    const NodeId focused = semantics.focused();
    const Node* node = semantics.shown(focused);
    const Node* shown = semantics.shown(dialog);
    if (node == nullptr || shown == nullptr || focused == dialog || screen.card_revealed == focused) return;
    if (!is_within(semantics, node, dialog)) return;
    constexpr float kAround = 12;
    screen.card_revealed = focused;
    const float top = node->rect.y - shown->rect.y + screen.card_scroll.offset();
    screen.card_scroll.reveal(top - kAround, top + node->rect.h + kAround, card.h);
}

// The card's content, which is higher than the card where the window is too low for it.
Rect place_content(const Scene& scene, const Shape& shape, const Rect& card) {
    Scroll& scroll = scene.screen.card_scroll;
    const float height = std::max(card.h, std::min(shape.height, shape.least > 0 ? shape.least : shape.height));
    if (height > card.h) {
        reveal_focused(scene, shape.node(), card);
        scene.screen.scrollables.push_back({card, &scroll});
    }
    scroll.advance(ImGui::GetIO().DeltaTime, height, card.h);
    return {card.x, card.y - scroll.offset(), card.w, height};
}

// True when its cross was used.
bool draw_card(const Scene& scene, const Shape& shape, const Rect& card) {
    const Painter& paint = scene.paint;
    paint.soft_shadow(card, space::kRadiusLarge);
    paint.fill(card, Colour::raised, space::kRadiusLarge);
    paint.outline(card, Colour::line, space::kRadiusLarge);
    const NodeId id = shape.node();
    const Group dialog = paint.semantics.group(id, Role::dialog, card, shape.title);
    const Rect content = place_content(scene, shape, card);
    const bool cut = content.h > card.h;
    if (cut) ImGui::PushClipRect(card.inset(1, 1).min(), card.inset(1, 1).max(), true);
    paint.text({content.x + kPadding, content.y + 20}, {19, 28, Weight::semibold}, Colour::text, shape.title);
    const bool closed =
        paint.icon_button("close", paint.finger({content.right() - 50, content.y + 16, 34, 34}), Icon::close, "Close");
    shape.draw(scene, {{content.x + kPadding, content.y + 62, content.w - 2 * kPadding, content.h - 62 - 22}, id});
    if (cut) ImGui::PopClipRect();
    return closed;
}

}  // namespace

void close_if_lost(const Scene& scene) {
    Screen& screen = scene.screen;
    const auto close = [&](std::string_view why) {
        screen.dialog = Dialog::none;
        screen.note = why;
    };
    const bool is_for_text = screen.dialog == Dialog::emoji && !screen.emoji.reacting;
    if (scene.dialog_room() == nullptr && shape_about_room(scene))
        close("you are not in the room any more that the dialog was about; it is closed.");
    else if (is_for_text && screen.dialog_room != screen.open)
        close("another room is open now; the emoji was for the one before.");
}

NodeId first_focus_in_dialog(const Scene& scene) {
    const Shape shape = shape_of(scene);
    return shape.first.empty() ? shape.node() : node_id(shape.node(), shape.first);
}

void draw_dialog(const Scene& scene) {
    Screen& screen = scene.screen;
    if (screen.dialog == Dialog::none) return;
    const Painter& paint = scene.paint;
    const Shape shape = shape_of(scene);
    const Rect window = scene.around.window;
    const Rect card = place_card(window, shape);
    paint.fill(window, Colour::scrim);
    const bool closed = draw_card(scene, shape, card);
    const bool outside = paint.pressed_beside(card, window);
    if (closed || outside) screen.dialog = Dialog::none;
}

void draw_label(const Scene& scene, Rect& inside, std::string_view words) {
    const Rect strip = inside.take_top(26);
    scene.paint.text({strip.x, strip.y + 2}, type::kSmallStrong, Colour::text_soft, words);
}

void draw_advice(const Scene& scene, Rect& inside, std::string_view help) {
    draw_part_advice(scene, inside, "", help);
}

void draw_part_advice(const Scene& scene, Rect& inside, std::string_view part, std::string_view help) {
    const Screen& screen = scene.screen;
    const bool speaks = screen.dialog_part == part;
    const bool wrong = speaks && !screen.dialog_error.empty();
    const bool done = speaks && !screen.dialog_says.empty();
    const std::string_view words = wrong  ? std::string_view(screen.dialog_error)
                                   : done ? std::string_view(screen.dialog_says)
                                          : help;
    if (words.empty()) return;
    const auto paragraph = scene.paint.type.lay_out(words, type::kSmall, inside.w);
    const Rect strip = inside.take_top(paragraph.height + 14);
    scene.paint.paragraph({strip.x, strip.y + 8}, wrong ? Colour::danger : Colour::text_faint, paragraph);
    const NodeId id = node_id(scene.paint.semantics.parent(), "advice " + std::string(part));
    scene.paint.semantics.declare(id, wrong ? Role::alert : done ? Role::status : Role::text, strip, words);
}

void move_choice(const Scene& scene, NodeId field, std::size_t count, float row, float view) {
    Screen& screen = scene.screen;
    const auto keys = scene.paint.semantics.all_heard(field, Action::key);
    for (const auto key : keys) {
        if (key == "Tab") continue;
        const bool down = key == "ArrowDown" || key == "Control+n";
        if (down && screen.dialog_choice + 1 < count) ++screen.dialog_choice;
        if (!down && screen.dialog_choice > 0) --screen.dialog_choice;
    }
    const float top = static_cast<float>(screen.dialog_choice) * row;
    if (!keys.empty()) screen.dialog_scroll.reveal(top, top + row, view);
}

std::optional<std::size_t> draw_options(const Scene& scene, const Rect& strip, std::span<const std::string_view> labels,
                                        std::size_t chosen, std::size_t columns) {
    const Painter& paint = scene.paint;
    paint.fill(strip, Colour::panel, space::kRadius + 2);
    paint.outline(strip, Colour::line, space::kRadius + 2);
    const auto rows = (labels.size() + columns - 1) / columns;
    const float width = (strip.w - 8) / static_cast<float>(columns);
    const float height = (strip.h - 8) / static_cast<float>(rows);
    std::optional<std::size_t> picked;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const Rect part{strip.x + 4 + static_cast<float>(i % columns) * width,
                        strip.y + 4 + static_cast<float>(i / columns) * height, width, height};
        const bool on = i == chosen;
        const Control what{.name = labels[i], .state = on ? std::uint16_t{kPressed} : std::uint16_t{kUnpressed}};
        const NodeId id = node_id(paint.semantics.parent(), labels[i]);
        const bool used = paint.control(id, part, what, [&](const Hit& hit) {
            if (on)
                paint.fill(part, Colour::raised, what.radius), paint.outline(part, Colour::line_strong, what.radius);
            else if (hit.hovered)
                paint.fill(part, Colour::hover, what.radius);
            paint.type.draw_centred(paint.list(), part, on ? type::kStrong : type::kBody,
                                    paint.theme(on ? Colour::text : Colour::text_soft), labels[i]);
        });
        if (used) picked = i;
    }
    return picked;
}

bool draw_choice(const Scene& scene, const Rect& strip, std::string_view label, bool enabled) {
    const Painter& paint = scene.paint;
    const float own = paint.button_width(label);
    const float cancel = paint.button_width("Cancel");
    const float height = paint.target(40);
    const Rect own_rect{strip.right() - own, strip.bottom() - height, own, height};
    const Rect cancel_rect{own_rect.x - 10 - cancel, own_rect.y, cancel, height};
    if (paint.button("cancel", cancel_rect, "Cancel", ButtonKind::quiet)) scene.screen.dialog = Dialog::none;
    return paint.button("own", own_rect, label, ButtonKind::primary, enabled && !scene.screen.dialog_waits);
}

}  // namespace parley::ui
