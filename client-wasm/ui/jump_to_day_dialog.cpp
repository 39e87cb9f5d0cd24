// Leads to the first message of a day, or of the next one on which something was said.
#include "text/day.hpp"
#include "ui/dialogs.hpp"

namespace parley::ui {

void open_jump_to_day(const Scene& scene, Timestamp from) {
    scene.screen.show_dialog(Dialog::jump_to_day);
    scene.screen.dialog_text = text::day_words(scene.calendar.day(from));
}

void draw_jump_to_day(const Scene& scene, Card card) {
    Screen& screen = scene.screen;
    Rect inside = card.inside;
    draw_label(scene, inside, "Day");
    const Field field{"Day", "2026-03-01", &screen.dialog_text, screen.dialog_version, !screen.dialog_error.empty()};
    const std::string before = screen.dialog_text;
    const bool entered = scene.paint.field("day", inside.take_top(44), field);
    if (screen.dialog_text != before) screen.dialog_error.clear();
    draw_advice(scene, inside, "Year, month and day, as 2026-03-01.");
    const bool used = draw_choice(scene, inside.take_bottom(40), "Jump", !screen.dialog_text.empty());
    if ((!used && !entered) || screen.dialog_text.empty()) return;
    const auto day = text::day_in(screen.dialog_text);
    if (!day) {
        screen.dialog_error = "That is no day: write it as 2026-03-01.";
        return;
    }
    screen.dialog = Dialog::none;
    scene.want(intent::GoToDay{screen.dialog_room, *day});
}

}  // namespace parley::ui
