// Who may write in a room, where only some may: its owner says so of each member.
#include <algorithm>

#include "ui/dialogs.hpp"
#include "ui/switch.hpp"

namespace parley::ui {

namespace {

constexpr std::string_view kPart = "posters";

struct Member {
    UserId user;
    std::string nick;
};

std::vector<Member> members_of(const Scene& scene, const client::Room& room) {
    std::vector<Member> members;
    for (const auto& [user, presence] : room.members)
        if (user != room.owner) members.push_back({user, std::string(scene.nick_of(user))});
    std::sort(members.begin(), members.end(), [](const Member& a, const Member& b) { return a.nick < b.nick; });
    return members;
}

}  // namespace

std::size_t members_beside_owner(const Scene& scene) {
    const auto* room = scene.dialog_room();
    return room != nullptr ? room->members.size() : 0;
}

void draw_posters(const Scene& scene, Card card) {
    const auto* room = scene.dialog_room();
    if (room == nullptr) return;
    if (!room->members_loaded) scene.want(intent::ListMembers{room->id});
    Rect inside = card.inside;
    draw_part_advice(scene, inside, kPart, "The owner always may. Everybody else reads, and reacts.");
    inside.take_top(6);
    Scroll& scroll = scene.screen.dialog_scroll;
    const auto members = members_of(scene, *room);
    scene.screen.scrollables.push_back({inside, &scroll});
    scroll.advance(ImGui::GetIO().DeltaTime, static_cast<float>(members.size()) * kSwitchRow, inside.h);
    const Group list =
        scene.paint.semantics.group(node_id(card.dialog, "members"), Role::list, inside, "Who may write");
    const Rect seen = inside.inset(-8, 0);
    ImGui::PushClipRect(seen.min(), seen.max(), true);
    float y = inside.y - scroll.offset();
    for (const auto& member : members) {
        const Rect row{inside.x, y, inside.w, kSwitchRow};
        y += kSwitchRow;
        const NodeId item = node_id(scene.paint.semantics.parent(), member.user.value());
        scene.reveal_focused(node_id(item, "may"), row, inside, scroll);
        if (!Scene::is_near(row, inside)) continue;
        const Group within = scene.paint.semantics.group(item, Role::list_item, row, "");
        const bool on = room->posters.contains(member.user);
        if (draw_switch(scene, row, "may", member.nick, on))
            scene.ask(kPart, member.nick + (on ? " reads from now on." : " may write now."),
                      intent::SetPoster{room->id, member.user, !on});
    }
    ImGui::PopClipRect();
    if (members.empty())
        scene.paint.text({inside.x, inside.y + 8}, type::kBody, Colour::text_faint, "Nobody else is in this room.");
}

}  // namespace parley::ui
