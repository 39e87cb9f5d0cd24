#include "text/names.hpp"
#include "ui/dialogs.hpp"
#include "ui/switch.hpp"

namespace parley::ui {

void draw_create_room(const Scene& scene, Card card) {
    Screen& screen = scene.screen;
    Rect inside = card.inside;
    draw_label(scene, inside, "Room name");
    const Field field{"Room name", "for example garden", &screen.dialog_text, screen.dialog_version,
                      !screen.dialog_error.empty()};
    const std::string before = screen.dialog_text;
    const bool entered = scene.paint.field("name", inside.take_top(44), field);
    if (screen.dialog_text != before) screen.dialog_error.clear();
    draw_advice(scene, inside,
                screen.dialog_switch ? "Small letters, digits, - and _. Only who is invited knows that it is there."
                                     : "Small letters, digits, - and _. Anybody on this server can join it.");
    inside.take_top(4);
    if (draw_switch(scene, inside.take_top(44), "private", "Private: by invitation only", screen.dialog_switch))
        screen.dialog_switch = !screen.dialog_switch;
    const bool used = draw_choice(scene, inside.take_bottom(40), "Create", !screen.dialog_text.empty());
    if ((!used && !entered) || screen.dialog_waits || screen.dialog_text.empty()) return;
    if (!text::is_room_name(screen.dialog_text)) {
        screen.dialog_error = "A room name has 1 to 48 letters, digits, - or _, no capitals and no spaces.";
        return;
    }
    screen.dialog_waits = true;
    scene.want(intent::CreateRoom{screen.dialog_text, screen.dialog_switch});
}

}  // namespace parley::ui
