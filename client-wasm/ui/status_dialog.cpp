// What she is shown as, and what she says of herself.
#include <array>

#include "text/names.hpp"
#include "ui/dialogs.hpp"
#include "ui/presence.hpp"

namespace parley::ui {

namespace {

constexpr std::array kAvailabilities{Availability::automatic, Availability::away, Availability::do_not_disturb,
                                     Availability::invisible};
constexpr std::array<std::uint32_t, 4> kMinutes{0, 30, 60, 240};
constexpr std::array<std::string_view, 4> kTimes{"Until I clear it", "30 minutes", "1 hour", "4 hours"};

void draw_availability(const Scene& scene, const Rect& strip) {
    std::array<std::string_view, kAvailabilities.size()> words;
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        words[i] = word_of(kAvailabilities[i]);
        if (scene.chat.availability == kAvailabilities[i]) chosen = i;
    }
    if (const auto picked = draw_options(scene, strip, words, chosen, 2))
        scene.want(intent::SetAvailability{kAvailabilities[*picked]});
}

void draw_time(const Scene& scene, const Rect& strip) {
    std::size_t chosen = 0;
    for (std::size_t i = 0; i < kMinutes.size(); ++i)
        if (scene.screen.status_minutes == kMinutes[i]) chosen = i;
    if (const auto picked = draw_options(scene, strip, kTimes, chosen, 2))
        scene.screen.status_minutes = kMinutes[*picked];
}

void save(const Scene& scene, std::string status) {
    Screen& screen = scene.screen;
    screen.dialog_error.clear();
    screen.dialog_waits = true;
    scene.want(intent::SetStatus{std::move(status), screen.status_minutes});
}

}  // namespace

void show_own_status(const Scene& scene) {
    scene.screen.show_dialog(Dialog::status);
    scene.screen.status_minutes = 0;
    scene.screen.dialog_text = status_of(scene, scene.chat.self);
}

void draw_status(const Scene& scene, Card card) {
    const Painter& paint = scene.paint;
    Screen& screen = scene.screen;
    Rect inside = card.inside;
    const float options = 2 * paint.target(36) + 8;
    draw_label(scene, inside, "Shown as");
    draw_availability(scene, inside.take_top(options));
    inside.take_top(12);
    draw_label(scene, inside, "Status");
    const Field field{"Status", "What are you up to?", &screen.dialog_text, screen.dialog_version,
                      !screen.dialog_error.empty()};
    const std::string before = screen.dialog_text;
    const bool entered = paint.field("status", inside.take_top(44), field);
    if (screen.dialog_text != before) screen.dialog_error.clear();
    draw_advice(scene, inside, "Everybody sees it. An emoji is welcome: :palm_tree: becomes one.");
    inside.take_top(8);
    draw_time(scene, inside.take_top(options));
    const Rect foot = inside.take_bottom(paint.target(40));
    const float clear = paint.button_width("Clear");
    const bool has_one = !status_of(scene, scene.chat.self).empty();
    if (paint.button("clear", {foot.x, foot.y, clear, foot.h}, "Clear", ButtonKind::quiet,
                     has_one && !screen.dialog_waits)) {
        screen.status_minutes = 0;
        return save(scene, {});
    }
    const bool used = draw_choice(scene, foot, "Save", !screen.dialog_text.empty());
    if ((used || entered) && !screen.dialog_text.empty()) save(scene, screen.dialog_text);
}

}  // namespace parley::ui
