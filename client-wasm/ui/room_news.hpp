// What became of a room, told among its messages as a line of its own: who changed its topic, its name, its rules, and
// whom somebody brought in.
#pragma once

#include <span>

#include "ui/scene.hpp"

namespace parley::ui {

// `before`: what the room's settings were until then.
[[nodiscard]] std::string news_words(const Scene& scene, const RoomEvent& event, const RoomSettings& before);

// One below the other, from `top` on. `order` is where they stand among the messages of the log.
void draw_room_news(const Scene& scene, const client::Room& room, std::span<const RoomEvent* const> news,
                    const Rect& area, float top, double order);

}  // namespace parley::ui
