#include "ui/connection_bar.hpp"

namespace parley::ui {

std::string_view connection_words(const client::ChatState& chat) {
    switch (chat.connection) {
        case client::ConnectionState::connected:
            return "Connected";
        case client::ConnectionState::offline:
            return "Offline";
        case client::ConnectionState::connecting:
        case client::ConnectionState::logging_in:
            return "Connecting…";
        case client::ConnectionState::reconnecting:
            return "Reconnecting…";
    }
    return "Offline";
}

void draw_connection_bar(const Scene& scene, Rect& area) {
    const bool reload = scene.chat.must_reload;
    if (scene.chat.connection == client::ConnectionState::connected && !reload) return;
    const Painter& paint = scene.paint;
    const Rect bar = area.take_top(36);
    paint.fill(bar, Colour::warning_soft);
    paint.list().AddCircleFilled({bar.x + 24, bar.y + 18}, 4, paint.theme(Colour::warning));
    const std::string words =
        reload ? "The server is newer than this page: load it again."
               : std::string(connection_words(scene.chat)) + "  What you write now is kept and sent later.";
    paint.text_cut({bar.x + 38, bar.y + 9}, bar.w - 54, type::kSmallStrong, Colour::warning, words);
}

// Where the room list's foot says it.
void declare_connection_status(const Scene& scene) {
    const Rect rect{58, scene.around.window.bottom() - 30, 120, 20};
    scene.paint.semantics.declare(node_id(0, "connection"), Role::status, rect, connection_words(scene.chat));
}

}  // namespace parley::ui
