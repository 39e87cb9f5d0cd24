#include "ui/header.hpp"

namespace parley::ui {

namespace {

float draw_title(const Scene& scene, const client::Room& room, float x, const Rect& strip) {
    const Painter& paint = scene.paint;
    const float middle = strip.y + strip.h / 2;
    if (room.kind == RoomKind::channel) {
        paint.icon(Icon::hash, {x + 10, middle}, 20, Colour::text_faint);
    } else {
        paint.avatar({x - 2, middle - 14, 28, 28}, room.peer, scene.nick_of(room.peer));
        x += 10;
    }
    const std::string title =
        room.kind == RoomKind::direct ? std::string(scene.nick_of(room.peer)) : scene.chat.title_of(room);
    const float room_left = strip.right() - x - 26 - (scene.screen.narrow ? 110 : 190);
    const float width = paint.text_cut({x + 26, strip.y + 16}, room_left, type::kTitle, Colour::text, title);
    paint.semantics
        .declare(node_id(paint.semantics.parent(), "title"), Role::heading, {x + 26, strip.y + 16, width, 24},
                 scene.mark_of(room))
        .value = title;
    return x + 26 + width;
}

void draw_members_switch(const Scene& scene, const client::Room& room, const Rect& strip) {
    const Painter& paint = scene.paint;
    Screen& screen = scene.screen;
    const bool shown = screen.narrow ? screen.drawer == Drawer::members : screen.members_wanted;
    const Rect button = paint.finger({strip.right() - 50, strip.y + 11, 36, 34});
    if (room.members_loaded && !screen.narrow) {
        const std::string count = std::to_string(room.members.size());
        const float width = paint.type.width(count, type::kSmall);
        paint.text({button.x - width - 4, strip.y + 19}, type::kSmall, Colour::text_faint, count);
    }
    const bool used = paint.icon_button("members", button, Icon::people, "Members", shown ? kPressed : kUnpressed);
    if (!used) return;
    if (screen.narrow)
        screen.drawer = shown ? Drawer::none : Drawer::members;
    else
        screen.members_wanted = !screen.members_wanted;
}

void draw_pins_button(const Scene& scene, const client::Room& room, const Rect& strip) {
    const float beside = room.kind == RoomKind::direct ? 50 : scene.screen.narrow ? 96 : 116;
    const Rect button = scene.paint.finger({strip.right() - beside, strip.y + 11, 36, 34});
    if (scene.paint.icon_button("pins", button, Icon::pin, "Pinned messages")) scene.screen.show_dialog(Dialog::pins);
}

}  // namespace

void draw_header(const Scene& scene, const Rect& strip) {
    const Painter& paint = scene.paint;
    paint.line({strip.x, strip.bottom() - 1}, {strip.right(), strip.bottom() - 1}, Colour::line);
    float x = strip.x + 20;
    if (scene.screen.narrow) {
        if (paint.icon_button("menu", paint.finger({strip.x + 8, strip.y + 11, 38, 34}), Icon::menu,
                              "Open the room list"))
            scene.screen.drawer = Drawer::rooms;
        x = strip.x + 54;
    }
    const auto* room = scene.open_room();
    if (room == nullptr) return;
    draw_title(scene, *room, x, strip);
    draw_pins_button(scene, *room, strip);
    if (room->kind == RoomKind::channel) draw_members_switch(scene, *room, strip);
}

}  // namespace parley::ui
