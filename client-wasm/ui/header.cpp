#include "ui/header.hpp"

#include "ui/dialogs.hpp"
#include "ui/presence.hpp"
#include "ui/room_order.hpp"

namespace parley::ui {

namespace {

// What the other one says of herself, else whether she is here or when she was.
std::string peer_words(const Scene& scene, const client::Room& room) {
    if (room.kind != RoomKind::direct || room.peer == scene.chat.self) return {};
    const auto presence = presence_words(scene, room.peer);
    const auto status = std::string(status_of(scene, room.peer));
    const std::string blocked = scene.chat.has_blocked(room.peer) ? "Blocked" : "";
    std::string words;
    for (const auto& part : {blocked, presence, status})
        if (!part.empty()) words += (words.empty() ? "" : " · ") + part;
    return words;
}

void draw_peer(const Scene& scene, const client::Room& room, const Rect& avatar) {
    const Painter& paint = scene.paint;
    const std::string name = "Profile of " + std::string(scene.nick_of(room.peer));
    const Control what{.name = name, .value = kNoText, .detail = name, .radius = 9};
    const bool used = paint.control(node_id(paint.semantics.parent(), "peer"), paint.finger(avatar), what,
                                    [&](const Hit&) { paint.avatar(avatar, room.peer, scene.nick_of(room.peer)); });
    if (used) scene.show_person(room.peer);
}

// The title over the topic, or over what the other one says of herself; pressed, they tell of the room.
void draw_title(const Scene& scene, const client::Room& room, float x, const Rect& strip) {
    const Painter& paint = scene.paint;
    const float middle = strip.y + strip.h / 2;
    const bool direct = room.kind == RoomKind::direct;
    if (direct) draw_peer(scene, room, {x - 2, middle - 14, 28, 28});
    const float left = direct ? x + 30 : x - 6;
    if (direct) x += 10;
    const float room_left = strip.right() - x - 26 - (scene.screen.narrow ? 112 : 232);
    const std::string title = scene.title_of(room);
    const std::string words = peer_words(scene, room);
    const std::string_view below = direct ? std::string_view(words) : room.topic.view();
    const bool has_topic = !below.empty();
    const float width = std::min(paint.type.width(title, type::kTitle), room_left);
    const float topic = has_topic ? std::min(paint.type.width(below, type::kSmall), room_left) : 0;
    const Rect whole{left, strip.y + 5, x + 26 + std::max(width, topic) + 8 - left, strip.h - 10};
    // Below the button in the mirror too.
    paint.semantics
        .declare(node_id(paint.semantics.parent(), "title"), Role::heading,
                 {x + 26, strip.y + (has_topic ? 7 : 16), width, 24}, scene.mark_of(room))
        .value = title;
    if (has_topic)
        paint.semantics.declare(node_id(paint.semantics.parent(), "topic"), Role::text,
                                {x + 26, strip.y + 31, topic, 18}, below);
    const std::string name = "About " + scene.mark_of(room);
    const Control what{.name = name, .value = kNoText, .detail = has_topic ? below : std::string_view(name)};
    const bool used = paint.control(node_id(paint.semantics.parent(), "about"), whole, what, [&](const Hit& hit) {
        if (hit.hovered) paint.fill(whole, Colour::hover, space::kRadius);
        if (!direct) paint.icon(icon_of(room), {x + 10, middle}, 20, Colour::text_faint);
        paint.text_cut({x + 26, strip.y + (has_topic ? 7 : 16)}, room_left, type::kTitle, Colour::text, title);
        if (has_topic) paint.text_cut({x + 26, strip.y + 31}, room_left, type::kSmall, Colour::text_faint, below);
    });
    if (used) show_room_dialog(scene);
}

void draw_favourite_switch(const Scene& scene, const client::Room& room, const Rect& strip) {
    if (scene.screen.narrow) return;  // it is among what is told of the room
    const Rect button{strip.right() - (room.kind == RoomKind::direct ? 92.0f : 158.0f), strip.y + 11, 36, 34};
    const auto state = room.favourite ? kPressed : kUnpressed;
    if (scene.paint.icon_button("favourite", button, Icon::star, "Favourite", state))
        scene.want(intent::SetFavourite{room.id, !room.favourite});
}

void draw_members_switch(const Scene& scene, const client::Room& room, const Rect& strip) {
    const Painter& paint = scene.paint;
    Screen& screen = scene.screen;
    const bool has_thread = !screen.narrow && (!scene.writes_here || scene.chat.room(screen.beside) != nullptr);
    const bool shown = screen.narrow ? screen.drawer == Drawer::members : screen.members_wanted && !has_thread;
    const Rect button = paint.finger({strip.right() - 50, strip.y + 11, 36, 34});
    std::string name = "Members";
    if (room.members_loaded && !screen.narrow) {
        const std::string count = std::to_string(room.members.size());
        name += ", " + count;
        const float width = paint.type.width(count, type::kSmall);
        paint.text({button.x - width - 4, strip.y + 19}, type::kSmall, Colour::text_faint, count);
    }
    const bool used = paint.icon_button("members", button, Icon::people, name, shown ? kPressed : kUnpressed);
    if (!used) return;
    if (screen.narrow) {
        screen.drawer = shown ? Drawer::none : Drawer::members;
    } else {
        screen.members_wanted = !shown;
        if (has_thread) scene.want(intent::CloseThread{});  // one panel at the side
    }
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
    draw_favourite_switch(scene, *room, strip);
    draw_pins_button(scene, *room, strip);
    if (room->kind != RoomKind::direct) draw_members_switch(scene, *room, strip);
}

}  // namespace parley::ui
