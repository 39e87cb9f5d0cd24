// The dialogs over the conversation: each a card on a scrim with real fields. One is open at a time.
#pragma once

#include <optional>
#include <span>

#include "ui/scene.hpp"

namespace parley::ui {

// What it is about may go away meanwhile: then it closes, and a note says why.
void close_if_lost(const Scene& scene);
// Draws the one that is open, in a window of its own over everything else.
void draw_dialog(const Scene& scene);

// What has the focus when it has just opened: its first field, or itself.
[[nodiscard]] NodeId first_focus_in_dialog(const Scene& scene);

// --- the cards, each in its own file; `card` is the room inside the padding
struct Card {
    Rect inside;
    NodeId dialog;
};
void draw_create_room(const Scene& scene, Card card);
void draw_direct_message(const Scene& scene, Card card);
void draw_browse_rooms(const Scene& scene, Card card);
void draw_settings(const Scene& scene, Card card);
void draw_go_to(const Scene& scene, Card card);
[[nodiscard]] NodeId go_to_field();
void draw_emoji_picker(const Scene& scene, Card card);
[[nodiscard]] NodeId emoji_field();
inline constexpr float kPinRow = 64;
[[nodiscard]] std::size_t pins_in(const Scene& scene);
void draw_pins(const Scene& scene, Card card);
[[nodiscard]] std::size_t threads_in(const Scene& scene);
void draw_threads(const Scene& scene, Card card);
void show_room_dialog(const Scene& scene);
[[nodiscard]] float room_dialog_height(const Scene& scene);
void draw_room_dialog(const Scene& scene, Card card);
void draw_invite(const Scene& scene, Card card);
[[nodiscard]] std::size_t members_beside_owner(const Scene& scene);
void draw_posters(const Scene& scene, Card card);
void draw_jump_to_day(const Scene& scene, Card card);
// With the day of this moment in its field.
void open_jump_to_day(const Scene& scene, Timestamp from);
[[nodiscard]] std::string tell_many_title(const Scene& scene);
void draw_tell_many(const Scene& scene, Card card);
void draw_person(const Scene& scene, Card card);
void draw_status(const Scene& scene, Card card);
void show_own_status(const Scene& scene);  // opens it
[[nodiscard]] float help_height();
void draw_help(const Scene& scene, Card card);

// --- what the cards share
void draw_label(const Scene& scene, Rect& inside, std::string_view words);
// The line that says what went wrong, or helps; a role=alert where it is an error.
void draw_advice(const Scene& scene, Rect& inside, std::string_view help);
// The same of one of several parts, which also says what it has done (Scene::ask).
void draw_part_advice(const Scene& scene, Rect& inside, std::string_view part, std::string_view help);
inline constexpr float kSwitchRow = 40;
// Some of which one is chosen, in so many columns. What was picked now, if something was.
[[nodiscard]] std::optional<std::size_t> draw_options(const Scene& scene, const Rect& strip,
                                                      std::span<const std::string_view> labels, std::size_t chosen,
                                                      std::size_t columns);
// "Cancel" and the dialog's own button, at the right. True when the own one was used.
bool draw_choice(const Scene& scene, const Rect& strip, std::string_view label, bool enabled);

// The arrows that were pressed in a combobox since the last frame move the choice among so many rows of this height.
void move_choice(const Scene& scene, NodeId field, std::size_t count, float row, float view);

}  // namespace parley::ui
