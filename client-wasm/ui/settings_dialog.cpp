#include <array>

#include "text/names.hpp"
#include "ui/dialogs.hpp"
#include "ui/switch.hpp"

namespace parley::ui {

namespace {

struct Choice {
    std::string_view name;  // as it is kept
    std::string_view label;
};
constexpr std::array<Choice, 3> kThemes{{{"system", "System"}, {"light", "Light"}, {"dark", "Dark"}}};

void draw_themes(const Scene& scene, const Rect& strip) {
    std::array<std::string_view, kThemes.size()> labels;
    std::size_t chosen = kThemes.size();
    for (std::size_t i = 0; i < kThemes.size(); ++i) {
        labels[i] = kThemes[i].label;
        if (scene.around.theme_choice == kThemes[i].name) chosen = i;
    }
    if (const auto picked = draw_options(scene, strip, labels, chosen, kThemes.size()))
        scene.want(intent::ChooseTheme{std::string(kThemes[*picked].name)});
}

void save_nick(const Scene& scene) {
    Screen& screen = scene.screen;
    if (!text::is_nick(screen.dialog_text)) {
        screen.dialog_error = "A shown name has 1 to 32 characters, no spaces at its ends and nothing invisible.";
        return;
    }
    screen.dialog_error.clear();
    screen.dialog_waits = true;
    scene.want(intent::SetNick{screen.dialog_text});
}

void draw_nick(const Scene& scene, Rect& inside) {
    Screen& screen = scene.screen;
    draw_label(scene, inside, "Shown name");
    Rect strip = inside.take_top(44);
    const float width = scene.paint.button_width("Save");
    const Rect button = strip.take_right(width);
    strip.take_right(10);
    const Field field{"Shown name", "", &screen.dialog_text, screen.dialog_version, !screen.dialog_error.empty()};
    const bool entered = scene.paint.field("nick", strip, field);
    const bool changed = screen.dialog_text != scene.nick_of(scene.chat.self) && !screen.dialog_text.empty();
    const bool used = scene.paint.button("save", scene.paint.finger({button.x, button.y + 2, button.w, 40}), "Save",
                                         ButtonKind::quiet, changed && !screen.dialog_waits);
    if ((used || entered) && changed) save_nick(scene);
}

}  // namespace

void draw_settings(const Scene& scene, Card card) {
    Rect inside = card.inside;
    const auto* self = scene.chat.person(scene.chat.self);
    const std::string account =
        self != nullptr ? "Your account is @" + self->account.str() + "; it stays the same." : "";
    draw_nick(scene, inside);
    draw_advice(scene, inside, account);
    inside.take_top(14);
    draw_label(scene, inside, "Appearance");
    draw_themes(scene, inside.take_top(scene.paint.target(36) + 8));
    inside.take_top(6);
    if (draw_switch(scene, inside.take_top(44), "contrast", "High contrast", scene.around.more_contrast))
        scene.want(intent::ChooseContrast{!scene.around.more_contrast});
    const Rect foot = inside.take_bottom(40);
    scene.paint.line({inside.x, foot.y - 20}, {inside.right(), foot.y - 20}, Colour::line);
    const std::string build = scene.chat.server_build.empty() ? "Parley" : "Server: " + scene.chat.server_build;
    const float width = scene.paint.button_width("Sign out");
    scene.paint.text_cut({foot.x, foot.y + 11}, foot.w - width - 16, type::kSmall, Colour::text_faint, build);
    if (scene.paint.button("sign out", scene.paint.finger({foot.right() - width, foot.y, width, 40}), "Sign out",
                           ButtonKind::danger)) {
        scene.screen.dialog = Dialog::none;
        scene.want(intent::LogOut{});
    }
}

}  // namespace parley::ui
