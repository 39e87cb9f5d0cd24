#include <algorithm>

#include "ui/dialogs.hpp"

namespace parley::ui {

namespace {

constexpr float kRow = 46;

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool contains(std::string_view words, std::string_view part) {
    return std::search(words.begin(), words.end(), part.begin(), part.end(),
                       [](char a, char b) { return lower(a) == lower(b); }) != words.end();
}

using People = std::vector<const Profile*>;

// Who fits what was typed: those whose account is exactly it first, then by nick.
People matching(const Scene& scene, std::string_view typed) {
    if (!typed.empty() && typed.front() == '@') typed.remove_prefix(1);
    People people;
    for (const auto& [id, profile] : scene.chat.people) {
        if (contains(profile.account.view(), typed) || contains(profile.nick.view(), typed)) people.push_back(&profile);
    }
    const auto rank = [&](const Profile* person) {
        return person->account.view() == typed ? 0 : person->user == scene.chat.self ? 2 : 1;
    };
    std::sort(people.begin(), people.end(), [&](const Profile* a, const Profile* b) {
        return rank(a) != rank(b)                 ? rank(a) < rank(b)
               : a->nick.view() != b->nick.view() ? a->nick.view() < b->nick.view()
                                                  : a->account.view() < b->account.view();
    });
    return people;
}

void choose(const Scene& scene, const Profile& person) {
    if (scene.screen.dialog_waits) return;
    scene.screen.dialog_waits = true;
    scene.want(intent::OpenDirectChat{person.user});
}

void draw_person(const Scene& scene, const Profile& person, const Rect& row, bool chosen) {
    const Painter& paint = scene.paint;
    const bool self = person.user == scene.chat.self;
    const std::string account = "@" + person.account.str() + (self ? ", you: a place for notes" : "");
    const std::string name = person.nick.str() + " " + account;
    const Control what{
        .role = Role::option, .name = name, .state = chosen ? std::uint16_t{kSelected} : std::uint16_t{0}};
    const NodeId id = node_id(paint.semantics.parent(), person.user.value());
    const bool used = paint.control(id, row, what, [&](const Hit& hit) {
        if (chosen || hit.hovered) paint.fill(row, chosen ? Colour::selected : Colour::hover, what.radius);
        paint.avatar({row.x + 8, row.y + 8, 30, 30}, person.user, person.nick.view());
        const float width =
            paint.text_cut({row.x + 50, row.y + 12}, row.w * 0.5f, type::kStrong, Colour::text, person.nick.view());
        paint.text_cut({row.x + 58 + width, row.y + 13}, row.w - 66 - width, {14, 20}, Colour::text_faint, account);
    });
    if (used) choose(scene, person);
}

void draw_people(const Scene& scene, const People& people, const Rect& list) {
    Screen& screen = scene.screen;
    screen.scrollables.push_back({list, &screen.dialog_scroll});
    screen.dialog_scroll.advance(ImGui::GetIO().DeltaTime, static_cast<float>(people.size()) * kRow, list.h);
    const NodeId box = node_id(scene.paint.semantics.parent(), "people");
    const Group group = scene.paint.semantics.group(box, Role::list_box, list, "People");
    ImGui::PushClipRect(list.min(), list.max(), true);
    float y = list.y - screen.dialog_scroll.offset();
    for (std::size_t i = 0; i < people.size(); ++i, y += kRow) {
        const Rect row{list.x, y, list.w, kRow - 2};
        if (row.meets(list)) draw_person(scene, *people[i], row, i == screen.dialog_choice);
    }
    ImGui::PopClipRect();
    if (people.empty())
        scene.paint.text({list.x, list.y + 10}, type::kBody, Colour::text_faint, "Nobody here has a name like that.");
}

}  // namespace

void draw_direct_message(const Scene& scene, Card card) {
    Screen& screen = scene.screen;
    Rect inside = card.inside;
    draw_label(scene, inside, "Person");
    const Field field{
        "Person",       "a name or account", &screen.dialog_text, screen.dialog_version, !screen.dialog_error.empty(),
        Role::combo_box};
    const std::string before = screen.dialog_text;
    const NodeId box = node_id(scene.paint.semantics.parent(), "person");
    const bool entered = scene.paint.field("person", inside.take_top(44), field);
    if (screen.dialog_text != before) screen.dialog_error.clear(), screen.dialog_choice = 0;
    draw_advice(scene, inside, "Enter or a click opens the chat with the marked person.");
    const Rect foot = inside.take_bottom(40);
    inside.take_bottom(14);

    const People people = matching(scene, screen.dialog_text);
    move_choice(scene, box, people.size(), kRow, inside.h);
    draw_people(scene, people, inside);
    const bool used = draw_choice(scene, foot, "Open chat", screen.dialog_choice < people.size());
    if ((used || entered) && screen.dialog_choice < people.size()) choose(scene, *people[screen.dialog_choice]);
}

}  // namespace parley::ui
