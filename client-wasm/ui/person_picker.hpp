// People by a part of their name or account: who fits, and how each looks in a list to choose from.
#pragma once

#include "ui/scene.hpp"

namespace parley::ui {

inline constexpr float kPersonRow = 46;
using People = std::vector<const Profile*>;

// Who fits what was typed: those whose account is exactly it first, then by nick; she herself last.
[[nodiscard]] People people_matching(const Scene& scene, std::string_view typed);

// The dialog's field to find people by, with its label, at the top of what is left of the card.
struct PersonField {
    NodeId node = 0;       // its arrows go through the list
    bool entered = false;  // Enter was pressed in it
};
[[nodiscard]] PersonField draw_person_field(const Scene& scene, Rect& inside);

// As an option of a list. `note` stands behind the account. True when it was used.
bool draw_person_option(const Scene& scene, const Profile& person, const Rect& row, bool chosen,
                        std::string_view note = {});

// The list below a field, scrolled; `draw_row(person, row, index)` draws each that is in view, and `draw_beside` what
// stands in its row and is no option.
template <class DrawRow, class DrawBeside>
void draw_people(const Scene& scene, const People& people, const Rect& list, std::string_view none, DrawRow draw_row,
                 DrawBeside draw_beside) {
    Screen& screen = scene.screen;
    screen.scrollables.push_back({list, &screen.dialog_scroll});
    screen.dialog_scroll.advance(ImGui::GetIO().DeltaTime, static_cast<float>(people.size()) * kPersonRow, list.h);
    const auto each_in_view = [&](auto draw) {
        float y = list.y - screen.dialog_scroll.offset();
        for (std::size_t i = 0; i < people.size(); ++i, y += kPersonRow) {
            const Rect row{list.x, y, list.w, kPersonRow - 2};
            if (row.meets(list)) draw(*people[i], row, i);
        }
    };
    ImGui::PushClipRect(list.min(), list.max(), true);
    {
        const NodeId box = node_id(scene.paint.semantics.parent(), "people");
        const Group group = scene.paint.semantics.group(box, Role::list_box, list, "People");
        each_in_view(draw_row);
    }
    each_in_view(draw_beside);
    ImGui::PopClipRect();
    if (people.empty()) scene.paint.text({list.x, list.y + 10}, type::kBody, Colour::text_faint, none);
}

}  // namespace parley::ui
