// Says how the connection is: a bar where it is not standing, and always the status for those who listen.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

// "Connected", "Reconnecting…", "Offline".
[[nodiscard]] std::string_view connection_words(const client::ChatState& chat);
// Takes its strip off `area` if it has something to say.
void draw_connection_bar(const Scene& scene, Rect& area);
void declare_connection_status(const Scene& scene);

}  // namespace parley::ui
