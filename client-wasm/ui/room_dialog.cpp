// What a room is, and what can be made of it: by its owner most of that, by every member a little.
#include "text/names.hpp"
#include "ui/dialogs.hpp"
#include "ui/switch.hpp"

namespace parley::ui {

namespace {

bool may_change(const Scene& scene, const client::Room& room) {
    return scene.chat.owns(room) && !room.settings.archived;
}

// A field with its button behind it. True when what is typed there is to be saved. `differs(text)` is asked when the
// field has its text of this frame: Enter may come with the last letter.
template <class Differs>
bool draw_line(const Scene& scene, Rect strip, std::string_view key, std::string_view name, std::string& text,
               Differs differs) {
    const Screen& screen = scene.screen;
    const float width = scene.paint.button_width("Save");
    const Rect button = strip.take_right(width);
    strip.take_right(10);
    const bool wrong = screen.dialog_part == key && !screen.dialog_error.empty();
    const bool entered = scene.paint.field(key, strip, {name, "", &text, screen.dialog_version, wrong});
    const bool changed = differs(text);
    const std::string label = "Save the " + std::string(key);
    const Rect place = scene.paint.finger({button.x, button.y + 2, button.w, 40});
    const auto state = changed && !screen.dialog_waits ? std::uint16_t{0} : std::uint16_t{kDisabled};
    const bool used =
        scene.paint.button(label, place, {.name = label, .value = "Save", .state = state}, "Save", ButtonKind::quiet);
    return (used || entered) && changed;
}

void draw_topic(const Scene& scene, const client::Room& room, Rect& inside) {
    Screen& screen = scene.screen;
    draw_label(scene, inside, "Topic");
    if (!may_change(scene, room)) {
        const std::string words = room.topic.empty() ? "None yet." : room.topic.str();
        const auto lines = scene.paint.type.lay_out(words, type::kBody, inside.w);
        const Rect strip = inside.take_top(lines.height + 12);
        scene.paint.paragraph(strip.min(), room.topic.empty() ? Colour::text_faint : Colour::text, lines);
        scene.paint.semantics.declare(node_id(scene.paint.semantics.parent(), "topic"), Role::text, strip, words);
        return;
    }
    auto& topic = screen.room_form.topic;
    const bool save = draw_line(scene, inside.take_top(44), "topic", "Topic", topic,
                                [&](const std::string& now) { return now != room.topic.view(); });
    if (save && !text::is_room_topic(topic)) {
        screen.dialog_part = "topic";
        screen.dialog_error = sentence_of(Refusal::topic_not_allowed);
    } else if (save) {
        scene.ask("topic", topic.empty() ? "The topic is gone." : "The topic is set.",
                  intent::SetTopic{room.id, topic});
    }
    draw_part_advice(scene, inside, "topic", "What this room is about, in one line.");
}

void draw_name(const Scene& scene, const client::Room& room, Rect& inside) {
    Screen& screen = scene.screen;
    auto& name = screen.room_form.name;
    draw_label(scene, inside, "Name");
    const bool save = draw_line(scene, inside.take_top(44), "name", "Name", name,
                                [&](const std::string& now) { return now != room.name.view() && !now.empty(); });
    if (save && !text::is_room_name(name)) {
        screen.dialog_part = "name";
        screen.dialog_error = sentence_of(Refusal::room_name_not_allowed);
    } else if (save) {
        scene.ask("name", "The room has its new name.", intent::RenameRoom{room.id, name});
    }
    draw_part_advice(scene, inside, "name", "Links to it and to its messages stay good.");
}

void draw_fact(const Scene& scene, Rect& inside, std::string_view key, std::string_view words) {
    const Rect strip = inside.take_top(26);
    scene.paint.text_cut({strip.x, strip.y + 2}, strip.w, type::kBody, Colour::text_soft, words);
    scene.paint.semantics.declare(node_id(scene.paint.semantics.parent(), key), Role::text, strip, words);
}

// For good, so it is asked twice.
void draw_access(const Scene& scene, const client::Room& room, Rect strip) {
    Screen& screen = scene.screen;
    const Painter& paint = scene.paint;
    const std::string_view words = screen.dialog_switch ? "It stays private for good." : "Anybody may join.";
    const std::string_view label = screen.dialog_switch ? "Make it private" : "Make private…";
    const Rect button = strip.take_right(paint.button_width(label));
    paint.text_cut({strip.x, strip.y + (strip.h - 22) / 2}, strip.w - 10, type::kBody, Colour::text, words);
    paint.semantics.declare(node_id(paint.semantics.parent(), "access words"), Role::text, strip, words);
    const auto kind = screen.dialog_switch ? ButtonKind::danger : ButtonKind::quiet;
    const Rect place = paint.finger({button.x, button.y + (button.h - 36) / 2, button.w, 36});
    if (!paint.button("access", place, {.name = label}, label, kind)) return;
    if (screen.dialog_switch) scene.ask("settings", "The room is private.", intent::MakePrivate{room.id});
    screen.dialog_switch = !screen.dialog_switch;
}

void draw_rules(const Scene& scene, const client::Room& room, Rect& inside) {
    Screen& screen = scene.screen;
    if (room.is_private())
        draw_fact(scene, inside, "access", "Private: only who is invited comes in.");
    else
        draw_access(scene, room, inside.take_top(kSwitchRow));
    const bool all = room.settings.newcomers == NewcomersRead::all;
    if (draw_switch(scene, inside.take_top(kSwitchRow), "newcomers", "Newcomers read what was before them", all))
        scene.ask("settings", all ? "Newcomers read what is said since they came." : "Newcomers read all of it.",
                  intent::LetNewcomersRead{room.id, !all});
    const bool some = room.only_some_post();
    if (draw_switch(scene, inside.take_top(kSwitchRow), "posting", "Only some may write", some))
        scene.ask("settings", some ? "Everybody may write." : "Only you may write, and whom you choose.",
                  intent::LetPost{room.id, some});
    draw_part_advice(scene, inside, "settings", "");
    if (!some) return;
    const std::string_view label = "Choose who may write…";
    const Rect strip = inside.take_top(kSwitchRow);
    const Rect button{strip.x, strip.y, scene.paint.button_width(label), scene.paint.target(36)};
    if (scene.paint.button("choose", button, label, ButtonKind::quiet)) screen.show_dialog(Dialog::posters, room.id);
}

void draw_facts(const Scene& scene, const client::Room& room, Rect& inside) {
    const auto& settings = room.settings;
    if (settings.archived) draw_fact(scene, inside, "archived", "Archived: it is read, and nothing else.");
    draw_fact(scene, inside, "access",
              room.is_private() ? "Private: only who is invited comes in." : "Anybody may join.");
    draw_fact(scene, inside, "newcomers",
              settings.newcomers == NewcomersRead::all ? "Newcomers read what was before them."
                                                       : "Newcomers read what is said since they came.");
    if (room.only_some_post()) draw_fact(scene, inside, "posting", "Only some may write here.");
    if (room.owner.names_something())
        draw_fact(scene, inside, "owner", "It belongs to " + std::string(scene.nick_of(room.owner)) + ".");
}

// What every member may, and at the end what cannot be taken back by her.
void draw_foot(const Scene& scene, const client::Room& room, Rect foot) {
    Screen& screen = scene.screen;
    const Painter& paint = scene.paint;
    const auto next = [&](std::string_view key, std::string_view label, ButtonKind kind) {
        const Rect place = foot.take_left(paint.button_width(label));
        foot.take_left(8);
        return paint.button(key, paint.finger(place), {.name = label}, label, kind);
    };
    if (!room.settings.archived && next("invite", "Invite…", ButtonKind::primary))
        screen.show_dialog(Dialog::invite, room.id);
    if (scene.chat.owns(room)) {
        const bool archived = room.settings.archived;
        if (next("archive", archived ? "Take back from the archive" : "Archive", ButtonKind::quiet))
            scene.ask("settings", archived ? "The room is back." : "The room is archived.",
                      intent::Archive{room.id, !archived});
    }
    if (!next("leave", "Leave", ButtonKind::danger)) return;
    screen.dialog = Dialog::none;
    scene.want(intent::LeaveRoom{room.id});
}

void draw_favourite(const Scene& scene, const client::Room& room, Rect& inside) {
    if (draw_switch(scene, inside.take_top(kSwitchRow), "favourite", "Favourite: at the top of your list",
                    room.favourite))
        scene.want(intent::SetFavourite{room.id, !room.favourite});
}

}  // namespace

void show_room_dialog(const Scene& scene) {
    const auto* room = scene.open_room();
    if (room == nullptr) return;
    scene.screen.show_dialog(Dialog::room);
    scene.screen.room_form = {room->topic.str(), room->name.str()};
}

float room_dialog_height(const Scene& scene) {
    const auto* room = scene.dialog_room();
    if (room == nullptr || room->is_chat()) return 150 + kSwitchRow;
    if (!may_change(scene, *room)) return 420;
    return 546 + (room->only_some_post() ? kSwitchRow + 6 : 0);
}

void draw_room_dialog(const Scene& scene, Card card) {
    const auto* room = scene.dialog_room();
    if (room == nullptr) return;
    Rect inside = card.inside;
    if (room->is_chat()) {
        draw_fact(scene, inside, "people",
                  room->kind == RoomKind::direct
                      ? "A chat of two: it cannot be left."
                      : "A chat of " + std::to_string(room->people.size()) + ": with " + scene.title_of(*room) + ".");
        inside.take_top(6);
        return draw_favourite(scene, *room, inside);
    }
    const Rect foot = inside.take_bottom(40);
    inside.take_bottom(12);
    draw_topic(scene, *room, inside);
    if (may_change(scene, *room)) {
        draw_name(scene, *room, inside);
        draw_favourite(scene, *room, inside);
        draw_rules(scene, *room, inside);
    } else {
        draw_favourite(scene, *room, inside);
        draw_facts(scene, *room, inside);
        draw_part_advice(scene, inside, "settings", "");
    }
    draw_foot(scene, *room, foot);
}

}  // namespace parley::ui
