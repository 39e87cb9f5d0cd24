#include "ui/dialogs.hpp"

#include <algorithm>
#include <cmath>

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

    [[nodiscard]] NodeId node() const { return node_id(0, key.empty() ? std::string_view(title) : key); }
};

// As high as what it holds, within reason: it does not change while one types.
Shape shape_of(const Scene& scene) {
    const auto rows = [](std::size_t count, float height) {
        return std::clamp(static_cast<float>(count), 1.0f, 6.0f) * height;
    };
    switch (scene.screen.dialog) {
        case Dialog::direct_message:
            return {"New direct message", 460, 256 + rows(scene.chat.people.size(), 46), draw_direct_message, "person"};
        case Dialog::browse_rooms:
            return {"Browse rooms", 520, 124 + rows(scene.chat.directory.size(), 58), draw_browse_rooms};
        case Dialog::settings:
            return {"Settings", 480, scene.paint.touch ? 438.0f : 422.0f, draw_settings, "nick"};
        case Dialog::go_to:
            return {scene.screen.forwarding.empty() ? "Go to" : "Forward to", 520, 540, draw_go_to, "goal", "Go to"};
        case Dialog::pins:
            return {"Pinned messages", 560, 110 + rows(pins_in(scene), kPinRow), draw_pins};
        case Dialog::emoji:
            return {"Emoji", 411, 500, draw_emoji_picker, "search"};
        case Dialog::jump_to_day:
            return {"Jump to a day", 460, 254, draw_jump_to_day, "day"};
        case Dialog::tell_many:
            return {tell_many_title(scene), 440, 220, draw_tell_many, {}, "Tell many"};
        case Dialog::help:
            return {"Commands and keys", 600, 92 + help_height(), draw_help, "close"};
        default:
            return {"Create room", 460, 254, draw_create_room, "name"};
    }
}

Rect place_card(const Rect& window, const Shape& shape) {
    const float width = std::min(shape.width, window.w - 24);
    const float height = std::min(shape.height, window.h - 24);
    return {std::round(window.x + (window.w - width) / 2),
            std::round(window.y + std::max(12.0f, (window.h - height) * 0.4f)), width, height};
}

// True when its cross was used.
bool draw_card(const Scene& scene, const Shape& shape, const Rect& card) {
    const Painter& paint = scene.paint;
    paint.soft_shadow(card, space::kRadiusLarge);
    paint.fill(card, Colour::raised, space::kRadiusLarge);
    paint.outline(card, Colour::line, space::kRadiusLarge);
    const NodeId id = shape.node();
    const Group dialog = paint.semantics.group(id, Role::dialog, card, shape.title);
    paint.text({card.x + kPadding, card.y + 20}, {19, 28, Weight::semibold}, Colour::text, shape.title);
    const bool closed =
        paint.icon_button("close", paint.finger({card.right() - 50, card.y + 16, 34, 34}), Icon::close, "Close");
    const Rect inside{card.x + kPadding, card.y + 62, card.w - 2 * kPadding, card.h - 62 - 22};
    shape.draw(scene, {inside, id});
    return closed;
}

}  // namespace

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
    const bool wrong = !scene.screen.dialog_error.empty();
    const std::string_view words = wrong ? std::string_view(scene.screen.dialog_error) : help;
    const auto paragraph = scene.paint.type.lay_out(words, type::kSmall, inside.w);
    const Rect strip = inside.take_top(paragraph.height + 14);
    scene.paint.paragraph({strip.x, strip.y + 8}, wrong ? Colour::danger : Colour::text_faint, paragraph);
    scene.paint.semantics.declare(node_id(scene.paint.semantics.parent(), "advice"), wrong ? Role::alert : Role::text,
                                  strip, words);
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
