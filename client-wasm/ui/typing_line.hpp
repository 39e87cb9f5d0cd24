// Who is writing in the open room; or what is told to her alone, above the field.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// "Ana is typing…", "Ana and Bo are typing…", "Several people are typing…", or nothing.
[[nodiscard]] std::string typing_words(const Scene& scene, const client::Room& room);
// When the words change by time alone (monotonic milliseconds), or nothing.
[[nodiscard]] std::optional<std::int64_t> typing_changes_at(const client::Room& room, std::int64_t now);
// What it takes of a conversation of this width: a line for who types, and as many as are needed, within reason, for
// what is told to her.
[[nodiscard]] float typing_height(const Scene& scene, float width);
void draw_typing_line(const Scene& scene, const Rect& strip);

}  // namespace parley::ui
