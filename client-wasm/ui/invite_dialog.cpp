// Who is brought into a room: whom it has not yet. It stays open for the next one.
#include <algorithm>

#include "ui/dialogs.hpp"
#include "ui/person_picker.hpp"

namespace parley::ui {

namespace {

constexpr std::string_view kPart = "invite";

void invite(const Scene& scene, const client::Room& room, const Profile& person) {
    scene.ask(kPart, person.nick.str() + " is in " + scene.mark_of(room) + " now.",
              intent::Invite{room.id, person.user});
}

}  // namespace

void draw_invite(const Scene& scene, Card card) {
    const auto* room = scene.dialog_room();
    if (room == nullptr) return;
    if (!room->members_loaded) scene.want(intent::ListMembers{room->id});
    Screen& screen = scene.screen;
    Rect inside = card.inside;
    const PersonField field = draw_person_field(scene, inside);
    draw_part_advice(scene, inside, kPart,
                     "Enter or a click brings the marked person into " + scene.mark_of(*room) + ".");
    const Rect foot = inside.take_bottom(40);
    inside.take_bottom(14);

    People people = people_matching(scene, screen.dialog_text);
    std::erase_if(people, [&](const Profile* person) { return room->members.contains(person->user); });
    move_choice(scene, field.node, people.size(), kPersonRow, inside.h);
    draw_people(
        scene, people, inside,
        screen.dialog_text.empty() ? "Everybody is in this room already." : "Nobody else has a name like that.",
        [&](const Profile& person, const Rect& row, std::size_t index) {
            if (draw_person_option(scene, person, row, index == screen.dialog_choice)) invite(scene, *room, person);
        },
        [](const Profile&, const Rect&, std::size_t) {});
    const bool used = draw_choice(scene, foot, "Invite", screen.dialog_choice < people.size());
    if ((used || field.entered) && screen.dialog_choice < people.size())
        invite(scene, *room, *people[screen.dialog_choice]);
}

}  // namespace parley::ui
