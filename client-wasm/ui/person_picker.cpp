#include "ui/person_picker.hpp"

#include <algorithm>

#include "ui/dialogs.hpp"

namespace parley::ui {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool contains(std::string_view words, std::string_view part) {
    return std::search(words.begin(), words.end(), part.begin(), part.end(),
                       [](char a, char b) { return lower(a) == lower(b); }) != words.end();
}

}  // namespace

People people_matching(const Scene& scene, std::string_view typed) {
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

PersonField draw_person_field(const Scene& scene, Rect& inside) {
    Screen& screen = scene.screen;
    draw_label(scene, inside, "Person");
    const Field what{
        "Person",       "a name or account", &screen.dialog_text, screen.dialog_version, !screen.dialog_error.empty(),
        Role::combo_box};
    const std::string before = screen.dialog_text;
    const NodeId node = node_id(scene.paint.semantics.parent(), "person");
    const bool entered = scene.paint.field("person", inside.take_top(44), what);
    if (screen.dialog_text != before) screen.dialog_error.clear(), screen.dialog_choice = 0;
    return {node, entered};
}

bool draw_person_option(const Scene& scene, const Profile& person, const Rect& row, bool chosen,
                        std::string_view note) {
    const Painter& paint = scene.paint;
    const std::string account = "@" + person.account.str() + std::string(note);
    const std::string name = person.nick.str() + " " + account;
    const Control what{
        .role = Role::option, .name = name, .state = chosen ? std::uint16_t{kSelected} : std::uint16_t{0}};
    const NodeId id = node_id(paint.semantics.parent(), person.user.value());
    return paint.control(id, row, what, [&](const Hit& hit) {
        if (chosen || hit.hovered) paint.fill(row, chosen ? Colour::selected : Colour::hover, what.radius);
        paint.avatar({row.x + 8, row.y + 8, 30, 30}, person.user, person.nick.view());
        const float width =
            paint.text_cut({row.x + 50, row.y + 12}, row.w * 0.5f, type::kStrong, Colour::text, person.nick.view());
        paint.text_cut({row.x + 58 + width, row.y + 13}, row.w - 66 - width, {14, 20}, Colour::text_faint, account);
    });
}

}  // namespace parley::ui
