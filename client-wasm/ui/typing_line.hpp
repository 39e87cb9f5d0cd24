// Who is writing in the open room.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// "Ana is typing…", "Ana and Bo are typing…", "Several people are typing…", or nothing.
[[nodiscard]] std::string typing_words(const Scene& scene, const client::Room& room);
// When the words change by time alone (monotonic milliseconds), or nothing.
[[nodiscard]] std::optional<std::int64_t> typing_changes_at(const client::Room& room, std::int64_t now);
void draw_typing_line(const Scene& scene, const Rect& strip);

}  // namespace parley::ui
