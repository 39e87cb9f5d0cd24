// Below a message: how much was said about it in its thread, and how much of that is new to her. It leads there.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// "3 replies, 2 new"
[[nodiscard]] std::string thread_words(const Scene& scene, const ThreadSoFar& thread);
// 0: nothing was said about it.
[[nodiscard]] float thread_line_height(const Scene& scene, const Message& message);
// Within the article's node.
void draw_thread_line(const Scene& scene, const Message& message, const Rect& strip);

}  // namespace parley::ui
