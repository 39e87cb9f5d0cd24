// Somebody: who she is, whether she is here, what she says of herself, and what can be done about her.
#include "ui/dialogs.hpp"
#include "ui/presence.hpp"

namespace parley::ui {

namespace {

constexpr float kAvatar = 64;
constexpr float kStatusLines = 70;

// A line of text that is also in the mirror; returns its width.
float draw_line(const Scene& scene, ImVec2 at, float width, TextStyle style, Colour ink, std::string_view key,
                std::string_view words, Role role = Role::text) {
    if (words.empty()) return 0;
    const float drawn = scene.paint.text_cut(at, width, style, ink, words);
    scene.paint.semantics.declare(node_id(scene.paint.semantics.parent(), key), role, {at.x, at.y, drawn, style.line},
                                  words);
    return drawn;
}

void draw_who(const Scene& scene, const Profile& profile, const Rect& strip) {
    const Painter& paint = scene.paint;
    const Rect avatar{strip.x, strip.y, kAvatar, kAvatar};
    paint.avatar(avatar, profile.user, profile.nick.view());
    const bool self = profile.user == scene.chat.self;
    const auto presence =
        self ? shown_as(scene.chat) : scene.chat.presence_of(profile.user).value_or(Presence::offline);
    paint.presence_dot({avatar.right() - 4, avatar.bottom() - 4}, presence, Colour::raised);
    const float x = avatar.right() + 16;
    const float width = strip.right() - x;
    draw_line(scene, {x, strip.y - 2}, width, type::kTitle, Colour::text, "nick", profile.nick.view(), Role::heading);
    draw_line(scene, {x, strip.y + 22}, width, type::kSmall, Colour::text_faint, "account",
              "@" + profile.account.str());
    draw_line(scene, {x, strip.y + 44}, width, type::kSmall, Colour::text_soft, "presence",
              presence_words(scene, profile.user));
}

void draw_status_of(const Scene& scene, const Profile& profile, Rect strip) {
    if (profile.status.empty()) return;
    const Painter& paint = scene.paint;
    const auto lines = paint.type.lay_out(profile.status.view(), type::kBody, strip.w);
    paint.paragraph({strip.x, strip.y}, Colour::text, lines);
    paint.semantics.declare(node_id(paint.semantics.parent(), "status"), Role::text,
                            {strip.x, strip.y, strip.w, lines.height}, profile.status.view());
    if (profile.status_until == Timestamp{}) return;
    const std::string until =
        "Until " + scene.calendar.day_title(profile.status_until) + ", " + scene.calendar.time(profile.status_until);
    draw_line(scene, {strip.x, strip.y + lines.height + 2}, strip.w, type::kSmall, Colour::text_faint, "until", until);
}

// "Message" has the focus first.
void draw_deeds(const Scene& scene, const Profile& profile, const Rect& strip) {
    const Painter& paint = scene.paint;
    const bool blocked = scene.chat.has_blocked(profile.user);
    const std::string_view block = blocked ? "Unblock" : "Block";
    const float message_width = paint.button_width("Message");
    const Rect message = paint.finger({strip.x, strip.y, message_width, 40});
    if (paint.button("message", message, "Message", ButtonKind::primary)) {
        scene.screen.dialog = Dialog::none;
        scene.want(intent::OpenDirectChat{profile.user});
    }
    const float block_width = paint.button_width(block);
    const Rect other = paint.finger({strip.right() - block_width, strip.y, block_width, 40});
    if (paint.button("block", other, block, blocked ? ButtonKind::quiet : ButtonKind::danger))
        scene.want(intent::Block{profile.user, !blocked});
}

}  // namespace

void draw_person(const Scene& scene, Card card) {
    const auto* profile = scene.chat.person(scene.screen.person);
    if (profile == nullptr) return;
    Rect inside = card.inside;
    draw_who(scene, *profile, inside.take_top(kAvatar + 16));
    draw_status_of(scene, *profile, inside.take_top(kStatusLines));
    const Rect foot = inside.take_bottom(44);
    if (profile->user != scene.chat.self) return draw_deeds(scene, *profile, foot);
    const float width = scene.paint.button_width("Set your status");
    if (scene.paint.button("message", scene.paint.finger({foot.x, foot.y, width, 40}), "Set your status",
                           ButtonKind::quiet))
        show_own_status(scene);
}

}  // namespace parley::ui
