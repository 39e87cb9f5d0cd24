// The quick way to a room or a person: a field and what fits (composing/goals.hpp); all by key.
#include <algorithm>
#include <utility>

#include "composing/goals.hpp"
#include "ui/dialogs.hpp"

namespace parley::ui {

namespace {

constexpr float kRow = 46;

using composing::Goal;
using Goals = std::vector<Goal>;

void go(const Scene& scene, const Goal& goal) {
    Screen& screen = scene.screen;
    if (screen.dialog_waits) return;
    screen.carried = std::exchange(screen.forwarding, {});
    if (!goal.room.names_something()) {
        screen.dialog_waits = true;
        return scene.want(intent::OpenDirectChat{goal.person});
    }
    screen.dialog = Dialog::none;
    scene.want(intent::OpenRoom{goal.room});
}

std::string name_of(const Goal& goal) {
    std::string name =
        goal.person.names_something() ? goal.name + " " + goal.detail : (goal.is_group ? "@" : "#") + goal.name;
    if (goal.unread != 0) name += ", " + std::to_string(goal.unread) + " unread";
    return name;
}

void paint_goal(const Scene& scene, const Goal& goal, const Rect& row) {
    const Painter& paint = scene.paint;
    const float middle = row.y + row.h / 2;
    if (goal.person.names_something())
        paint.avatar({row.x + 8, middle - 15, 30, 30}, goal.person, goal.name);
    else
        paint.icon(goal.is_group ? Icon::people : Icon::hash, {row.x + 23, middle}, 19, Colour::text_soft);
    float right = row.right() - 10;
    if (goal.unread != 0) right -= paint.count_pill(right, middle, goal.unread, goal.mentions != 0) + 8;
    const float x = row.x + 50;
    const float width = paint.text_cut({x, middle - 11}, (right - x) * 0.7f,
                                       goal.unread != 0 ? type::kStrong : type::kBody, Colour::text, goal.name);
    paint.text_cut({x + width + 8, middle - 10}, right - x - width - 8, {14, 20}, Colour::text_faint, goal.detail);
}

void draw_goal(const Scene& scene, const Goal& goal, const Rect& row, bool chosen) {
    const Painter& paint = scene.paint;
    const std::string name = name_of(goal);
    const Control what{
        .role = Role::option, .name = name, .state = chosen ? std::uint16_t{kSelected} : std::uint16_t{0}};
    const NodeId id = goal.room.names_something()
                          ? node_id(node_id(paint.semantics.parent(), "room"), goal.room.value())
                          : node_id(node_id(paint.semantics.parent(), "person"), goal.person.value());
    const bool used = paint.control(id, row, what, [&](const Hit& hit) {
        if (chosen || hit.hovered) paint.fill(row, chosen ? Colour::selected : Colour::hover, what.radius);
        paint_goal(scene, goal, row);
    });
    if (used) go(scene, goal);
}

void draw_goals(const Scene& scene, const Goals& goals, const Rect& list) {
    Screen& screen = scene.screen;
    screen.scrollables.push_back({list, &screen.dialog_scroll});
    screen.dialog_scroll.advance(ImGui::GetIO().DeltaTime, static_cast<float>(goals.size()) * kRow, list.h);
    const Group group = scene.paint.semantics.group(node_id(scene.paint.semantics.parent(), "goals"), Role::list_box,
                                                    list, "Rooms and people");
    ImGui::PushClipRect(list.min(), list.max(), true);
    float y = list.y - screen.dialog_scroll.offset();
    for (std::size_t i = 0; i < goals.size(); ++i, y += kRow) {
        const Rect row{list.x, y, list.w, kRow - 2};
        if (row.meets(list)) draw_goal(scene, goals[i], row, i == screen.dialog_choice);
    }
    ImGui::PopClipRect();
    if (goals.empty())
        scene.paint.text({list.x, list.y + 10}, type::kBody, Colour::text_faint, "Nothing here has a name like that.");
}

}  // namespace

NodeId go_to_field() {
    return node_id(node_id(0, "Go to"), "goal");
}

void draw_go_to(const Scene& scene, Card card) {
    Screen& screen = scene.screen;
    Rect inside = card.inside;
    const std::string before = screen.dialog_text;
    const Field field{"Room or person",      "#room, @person, or a part of a name", &screen.dialog_text,
                      screen.dialog_version, !screen.dialog_error.empty(),          Role::combo_box};
    const bool entered = scene.paint.field("goal", inside.take_top(44), field);
    if (screen.dialog_text != before) {
        screen.dialog_error.clear();
        screen.dialog_choice = 0;
        screen.dialog_scroll.reset();
    }
    draw_advice(scene, inside,
                screen.forwarding.empty()
                    ? "↑ ↓ choose, Enter or Tab goes there, Esc closes."
                    : "↑ ↓ choose. It becomes a draft there: nothing is sent before you send it.");
    inside.take_top(8);
    const Goals goals = composing::goals_for(scene.chat, screen.open, screen.dialog_text);
    move_choice(scene, go_to_field(), goals.size(), kRow, inside.h);
    draw_goals(scene, goals, inside);
    const auto keys = scene.paint.semantics.all_heard(go_to_field(), Action::key);
    const bool taken = entered || std::find(keys.begin(), keys.end(), "Tab") != keys.end();
    if (taken && screen.dialog_choice < goals.size()) go(scene, goals[screen.dialog_choice]);
}

}  // namespace parley::ui
