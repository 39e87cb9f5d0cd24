#include "ui/member_list.hpp"

#include <algorithm>

#include "ui/presence.hpp"

namespace parley::ui {

namespace {

constexpr float kRow = 40;  // 44 for fingers
constexpr float kLabel = 34;
constexpr float kLeaveButton = 36;
constexpr float kAroundLeave = 22;
constexpr float kTextLeft = 18;    // where names and heads begin
constexpr float kCloseWidth = 56;  // of the strip, with what is around the button

struct Member {
    UserId user;
    Presence presence;
    std::string_view nick;
    std::string note;  // behind it
};
using Members = std::vector<Member>;

std::string note_of(const Scene& scene, const client::Room& room, UserId user) {
    std::string note = user == scene.chat.self ? "you" : "";
    const std::string_view part = user == room.owner                                     ? "owner"
                                  : room.only_some_post() && room.posters.contains(user) ? "may write"
                                                                                         : "";
    if (!note.empty() && !part.empty()) note += ", ";
    return note + std::string(part);
}

Members members_of(const Scene& scene, const client::Room& room, bool present) {
    Members members;
    for (const auto& [user, presence] : room.members) {
        if ((presence != Presence::offline) == present)
            members.push_back({user, presence, scene.nick_of(user), note_of(scene, room, user)});
    }
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.nick < b.nick; });
    return members;
}

void paint_member(const Scene& scene, const Member& member, const Rect& row, bool lit) {
    const Painter& paint = scene.paint;
    if (lit) paint.fill(row, Colour::hover, space::kRadius);
    const Rect avatar{row.x + 8, row.y + 6, 28, 28};
    paint.avatar(avatar, member.user, member.nick);
    paint.presence_dot({avatar.right() - 1, avatar.bottom() - 1}, member.presence, Colour::panel);
    const Colour ink = member.presence == Presence::offline ? Colour::text_faint : Colour::text;
    const float width = paint.text_cut({avatar.right() + 10, row.y + 9}, row.w - 60, type::kBody, ink, member.nick);
    const auto status = status_of(scene, member.user);
    const std::string aside = member.note + (member.note.empty() || status.empty() ? "" : " · ") + std::string(status);
    if (!aside.empty() && row.w - 66 - width > 20)
        paint.text_cut({avatar.right() + 16 + width, row.y + 11}, row.w - 66 - width, type::kSmall, Colour::text_faint,
                       aside);
}

void draw_member(const Scene& scene, const Member& member, const Rect& row) {
    const Painter& paint = scene.paint;
    const NodeId id = node_id(paint.semantics.parent(), member.user.value());
    // What is pressed is a button within the item.
    const Group item = paint.semantics.group(node_id(id, "item"), Role::list_item, row, "");
    const auto status = status_of(scene, member.user);
    const std::string detail = "Profile of " + std::string(member.nick) + " (" + std::string(word_of(member.presence)) +
                               (status.empty() ? ")" : "): " + std::string(status));
    const std::string name = std::string(member.nick) + (member.note.empty() ? "" : ", " + member.note);
    const Control what{.name = name, .value = member.nick, .detail = detail, .ring = row.inset(2, 2)};
    if (paint.control(id, row, what, [&](const Hit& hit) { paint_member(scene, member, row, hit.hovered); }))
        scene.show_person(member.user);
}

// In the list, since it is of those below it; a list holds nothing but items.
void draw_head(const Scene& scene, std::string_view label, std::size_t count, const Rect& row) {
    const Painter& paint = scene.paint;
    const std::string words = std::string(label) + " — " + std::to_string(count);
    const Rect head{row.x + 10, row.y + 12, paint.type.width(words, type::kSmallStrong), 18};
    paint.text(head.min(), type::kSmallStrong, Colour::text_faint, words);
    const NodeId id = node_id(paint.semantics.parent(), label);
    const Group item = paint.semantics.group(id, Role::list_item, row, "");
    paint.semantics.declare(node_id(id, "head"), Role::heading, head, words);
}

float draw_group(const Scene& scene, const Members& members, std::string_view label, const Rect& view, float y) {
    if (members.empty()) return y;
    const Rect head{view.x + 8, y, view.w - 16, kLabel};
    if (Scene::is_near(head, view)) draw_head(scene, label, members.size(), head);
    y += kLabel;
    for (const auto& member : members) {
        const Rect row{view.x + 8, y, view.w - 16, scene.paint.target(kRow)};
        const NodeId id = node_id(scene.paint.semantics.parent(), member.user.value());
        scene.reveal_focused(id, row, view, scene.screen.members_scroll);
        if (Scene::is_near(row, view)) draw_member(scene, member, row);
        y += row.h;
    }
    return y + space::kSmall;
}

void draw_members(const Scene& scene, const client::Room& room, const Rect& column) {
    const Painter& paint = scene.paint;
    const Group list = paint.semantics.group(node_id(0, "members"), Role::list, column, "Members");
    Scroll& scroll = scene.screen.members_scroll;
    scene.screen.scrollables.push_back({column, &scroll});
    const float rows = static_cast<float>(room.members.size());
    scroll.advance(ImGui::GetIO().DeltaTime, rows * paint.target(kRow) + 2 * (kLabel + space::kSmall) + 8, column.h);
    ImGui::PushClipRect(column.min(), column.max(), true);
    float y = column.y + 6 - scroll.offset();
    y = draw_group(scene, members_of(scene, room, true), "Online", column, y);
    draw_group(scene, members_of(scene, room, false), "Offline", column, y);
    if (room.members.empty())
        paint.text({column.x + kTextLeft, column.y + 16}, type::kSmall, Colour::text_faint, "Looking who is here…");
    ImGui::PopClipRect();
}

// An open channel can be joined again from "Browse rooms", so leaving asks no second time.
void draw_foot(const Scene& scene, const client::Room& room, const Rect& strip) {
    const Painter& paint = scene.paint;
    paint.line({strip.x, strip.y}, {strip.right(), strip.y}, Colour::line);
    Rect button{strip.x + 16, strip.y + kAroundLeave / 2, strip.w - 32, strip.h - kAroundLeave};
    if (!room.settings.archived) {
        const Rect left = button.take_left((button.w - 8) / 2 - 8);
        button.take_left(8);
        if (paint.button("invite", left, "Invite…", ButtonKind::quiet)) scene.screen.show_dialog(Dialog::invite);
    }
    if (!paint.button("leave", button, "Leave room", ButtonKind::quiet)) return;
    scene.screen.drawer = Drawer::none;
    scene.want(intent::LeaveRoom{room.id});
}

// Where the list lies over the conversation, it says whose it is.
void draw_title(const Scene& scene, const client::Room& room, const Rect& head) {
    const Painter& paint = scene.paint;
    const std::string title = room.kind == RoomKind::channel ? "Members of " + scene.mark_of(room) : "Members";
    const float most = head.w - kTextLeft - kCloseWidth;
    const Rect words{head.x + kTextLeft, head.y + 16, std::min(paint.type.width(title, type::kTitle), most), 24};
    paint.text_cut(words.min(), most, type::kTitle, Colour::text, title);
    paint.semantics.declare(node_id(paint.semantics.parent(), "title"), Role::heading, words, title);
    const Rect close = paint.finger({head.right() - 46, head.y + 11, 34, 34});
    if (paint.icon_button("close members", close, Icon::close, "Close the members")) scene.screen.drawer = Drawer::none;
}

}  // namespace

NodeId members_close_button() {
    return node_id(node_id(0, "about the room"), "close members");
}

void draw_member_list(const Scene& scene, Rect column) {
    const Painter& paint = scene.paint;
    const auto* room = scene.open_room();
    if (room == nullptr) return;
    paint.fill(column, Colour::panel);
    paint.line({column.x, column.y}, {column.x, column.bottom()}, Colour::line);
    if (!room->members_loaded) scene.want(intent::ListMembers{room->id});

    const NodeId panel = node_id(0, "about the room");
    const Group about = paint.semantics.group(panel, Role::complementary, column, "About this room");
    if (scene.screen.narrow) draw_title(scene, *room, column.take_top(paint.target(40) + 12));
    if (room->kind != RoomKind::channel) return draw_members(scene, *room, column);
    const Rect foot = column.take_bottom(paint.target(kLeaveButton) + kAroundLeave);
    draw_members(scene, *room, column);
    draw_foot(scene, *room, foot);
}

}  // namespace parley::ui
