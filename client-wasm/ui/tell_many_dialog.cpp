// Asks before a message that calls everybody goes to many: what is not sent comes back to the field.
#include "composing/telling.hpp"
#include "ui/dialogs.hpp"

namespace parley::ui {

std::string tell_many_title(const Scene& scene) {
    if (!scene.screen.telling) return {};
    const auto called = composing::called_by(scene.chat, scene.screen.telling->room, scene.screen.telling->text);
    return called.people ? "Tell " + std::to_string(*called.people) + " people?" : "Tell everybody?";
}

void draw_tell_many(const Scene& scene, Card card) {
    Screen& screen = scene.screen;
    if (!screen.telling) return;
    const Telling& telling = *screen.telling;
    const auto* room = scene.chat.room(telling.room);
    if (room != nullptr && !room->members_loaded) scene.want(intent::ListMembers{room->id});
    const auto called = composing::called_by(scene.chat, telling.room, telling.text);
    Rect inside = card.inside;
    const std::string where = room != nullptr ? scene.mark_of(*room) : std::string("the room");
    const std::string words =
        called.all ? "Your message mentions everybody in " + where + ": it counts as said to each of them."
                   : "Your message is for everybody in " + where + " who is online, and counts as said to each.";
    const auto lines = scene.paint.type.lay_out(words, type::kBody, inside.w);
    scene.paint.paragraph({inside.x, inside.y + 4}, Colour::text_soft, lines);
    scene.paint.semantics.declare(node_id(card.dialog, "whom"), Role::text,
                                  {inside.x, inside.y + 4, inside.w, lines.height}, words);
    const bool used = draw_choice(scene, inside.take_bottom(40), "Send", true);
    if (screen.dialog == Dialog::none) return;  // cancelled
    if (!used && called.may_be_many()) return;  // few, as it turns out, are told without asking
    scene.want(intent::Tell{telling.room, telling.to, telling.text, telling.typed});
    screen.telling.reset();
    screen.dialog = Dialog::none;
}

}  // namespace parley::ui
