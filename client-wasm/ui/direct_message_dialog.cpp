// Whom to write to: one person, or several for a group chat. Choosing one opens the chat; the plus beside each adds her
// to those who are picked, and then choosing adds.
#include <algorithm>

#include "ui/dialogs.hpp"
#include "ui/person_picker.hpp"

namespace parley::ui {

namespace {

constexpr float kChips = 40;

bool is_picked(const Scene& scene, UserId person) {
    const auto& picked = scene.screen.people_picked;
    return std::find(picked.begin(), picked.end(), person) != picked.end();
}

void pick(const Scene& scene, UserId person) {
    Screen& screen = scene.screen;
    if (person == scene.chat.self || is_picked(scene, person)) return;
    if (screen.people_picked.size() + 1 >= limits::kGroupPeople) {
        screen.dialog_error = sentence_of(Refusal::group_size);
        return;
    }
    screen.people_picked.push_back(person);
    screen.dialog_text.clear();
    screen.dialog_choice = 0;
    ++screen.dialog_version;  // the field is empty again
}

void open(const Scene& scene, std::vector<UserId> people) {
    if (scene.screen.dialog_waits || people.empty()) return;
    scene.screen.dialog_waits = true;
    if (people.size() == 1) return scene.want(intent::OpenDirectChat{people.front()});
    scene.want(intent::OpenGroupChat{std::move(people)});
}

void choose(const Scene& scene, const Profile& person) {
    if (scene.screen.people_picked.empty()) return open(scene, {person.user});
    pick(scene, person.user);
}

// Those who are picked; each goes by its button.
void draw_picked(const Scene& scene, Rect strip) {
    const Painter& paint = scene.paint;
    auto& picked = scene.screen.people_picked;
    std::optional<UserId> removed;
    for (const auto person : picked) {
        const std::string nick(scene.nick_of(person));
        constexpr float kLeast = 60;
        if (strip.w < kLeast) break;
        const float width = std::clamp(paint.type.width(nick, type::kSmallStrong) + 42, kLeast, strip.w);
        const Rect chip = strip.take_left(width);
        strip.take_left(6);
        const Rect body{chip.x, chip.y + (chip.h - 30) / 2, chip.w, 30};
        const std::string name = "Remove " + nick;
        const NodeId id = node_id(node_id(paint.semantics.parent(), "picked"), person.value());
        const bool used = paint.control(id, body, {.name = name, .value = nick, .radius = 15}, [&](const Hit& hit) {
            paint.fill(body, hit.hovered ? Colour::selected : Colour::accent_soft, 15);
            paint.text_cut({body.x + 12, body.y + 6}, body.w - 42, type::kSmallStrong, Colour::accent_strong, nick);
            paint.icon(Icon::close, {body.right() - 16, body.y + 15}, 14, Colour::accent_strong);
        });
        if (used) removed = person;
    }
    if (removed) std::erase(picked, *removed);
}

void draw_row(const Scene& scene, const Profile& person, const Rect& row, bool chosen) {
    const bool self = person.user == scene.chat.self;
    const bool picked = is_picked(scene, person.user);
    Rect words = row;
    words.take_right(row.h);
    const std::string_view note = self ? ", you: a place for notes" : picked ? ", picked" : "";
    if (draw_person_option(scene, person, self ? row : words, chosen, note)) choose(scene, person);
}

// Another one, beside those that are picked.
void draw_adding(const Scene& scene, const Profile& person, Rect row) {
    if (person.user == scene.chat.self || is_picked(scene, person.user)) return;
    const Rect plus = row.take_right(row.h);
    const std::string name = "Add " + person.nick.str();
    const std::string key = "add " + std::to_string(person.user.value());
    if (scene.paint.icon_button(key, scene.paint.finger(plus.inset(4, 4)), Icon::plus, name)) pick(scene, person.user);
}

}  // namespace

void draw_direct_message(const Scene& scene, Card card) {
    Screen& screen = scene.screen;
    Rect inside = card.inside;
    const PersonField field = draw_person_field(scene, inside);
    const bool several = !screen.people_picked.empty();
    draw_advice(
        scene, inside,
        several ? "Enter or a click adds the marked person." : "Enter or a click opens the chat; + adds more people.");
    if (several) draw_picked(scene, inside.take_top(kChips));
    const Rect foot = inside.take_bottom(40);
    inside.take_bottom(14);

    const People people = people_matching(scene, screen.dialog_text);
    move_choice(scene, field.node, people.size(), kPersonRow, inside.h);
    draw_people(
        scene, people, inside, "Nobody here has a name like that.",
        [&](const Profile& person, const Rect& row, std::size_t index) {
            draw_row(scene, person, row, index == screen.dialog_choice);
        },
        [&](const Profile& person, const Rect& row, std::size_t) { draw_adding(scene, person, row); });
    const bool used = draw_choice(scene, foot, "Open chat", several || screen.dialog_choice < people.size());
    if (used && several) return open(scene, screen.people_picked);
    if ((used || field.entered) && screen.dialog_choice < people.size()) choose(scene, *people[screen.dialog_choice]);
}

}  // namespace parley::ui
