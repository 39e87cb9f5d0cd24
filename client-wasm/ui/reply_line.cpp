#include "ui/reply_line.hpp"

#include <algorithm>

namespace parley::ui {

std::string excerpt_of(const Scene& scene, const Message& message) {
    return excerpt_of(scene, scene.screen.open, message);
}

std::string excerpt_of(const Scene& scene, RoomId room, const Message& message) {
    if (scene.is_folded(room, message)) return "A message of somebody you have blocked";
    auto words = message.deleted ? "This message was deleted." : marked(scene, message.text.view(), false).text;
    std::replace(words.begin(), words.end(), '\n', ' ');
    return std::string(scene.nick_of(message.author)) + ": " + words;
}

void draw_reply(const Scene& scene, const Row& row, const Rect& strip) {
    const auto* room = scene.open_room();
    if (room == nullptr) return;
    const Ordinal answered = row.message != nullptr ? row.message->reply_to : row.pending->reply_to;
    const auto* message = room->message(answered);
    if (message == nullptr) scene.want(intent::LoadMessage{room->id, answered});
    const std::string words = message != nullptr ? excerpt_of(scene, *message) : "Fetching what it answers…";
    const std::string name = "In answer to " + words;
    const Painter& paint = scene.paint;
    const Rect line{strip.x, strip.y, strip.w, strip.h - 2};
    const Control what{.name = name, .value = words, .detail = "Go there", .radius = 4};
    const bool used = paint.control(node_id(paint.semantics.parent(), "reply"), line, what, [&](const Hit& hit) {
        paint.fill({line.x, line.y + 3, 3, line.h - 4}, hit.hovered ? Colour::accent : Colour::line_strong, 1.5f);
        paint.text_cut({line.x + 11, line.y + 1}, line.w - 11, type::kSmall,
                       hit.hovered ? Colour::text : Colour::text_soft, words);
    });
    if (used) scene.want(intent::GoTo{room->id, answered});
}

}  // namespace parley::ui
