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

namespace {

constexpr std::string_view kNotSaved =
    "This browser cannot save what is not sent yet: leave the page open until it is.";

void draw_bar(const Scene& scene, const Rect& bar, std::string_view words) {
    const Painter& paint = scene.paint;
    paint.fill(bar, Colour::warning_soft);
    paint.list().AddCircleFilled({bar.x + 24, bar.y + 18}, 4, paint.theme(Colour::warning));
    paint.text_cut({bar.x + 38, bar.y + 9}, bar.w - 54, type::kSmallStrong, Colour::warning, words);
}

// The first moments of a visit and of a connection that is open again are no news: nothing moves for them.
bool is_away(const client::ChatState& chat) {
    return chat.connection == client::ConnectionState::reconnecting ||
           chat.connection == client::ConnectionState::offline;
}

}  // namespace

void draw_connection_bar(const Scene& scene, Rect& area) {
    const auto& chat = scene.chat;
    if (chat.must_reload) {
        constexpr std::string_view kReload = "The server is newer than this page: load it again.";
        const Rect bar = area.take_top(36);
        scene.paint.semantics.declare(node_id(0, "reload"), Role::alert, bar, kReload);
        draw_bar(scene, bar, kReload);
    } else if (is_away(chat)) {
        const auto* promise = chat.storage_failing ? "  What you write now is sent later."
                                                   : "  What you write now is kept and sent later.";
        draw_bar(scene, area.take_top(36), std::string(connection_words(chat)) + promise);
    }
    if (!chat.storage_failing) return;
    const Rect bar = area.take_top(36);
    draw_bar(scene, bar, kNotSaved);
    scene.paint.semantics.declare(node_id(0, "not saved"), Role::alert, bar, kNotSaved);
}

// Where the room list's foot says it.
void declare_connection_status(const Scene& scene) {
    const Rect rect{58, scene.around.window.bottom() - 30, 120, 20};
    scene.paint.semantics.declare(node_id(0, "connection"), Role::status, rect, connection_words(scene.chat));
}

}  // namespace parley::ui
