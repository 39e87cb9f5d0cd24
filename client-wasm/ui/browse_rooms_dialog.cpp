#include "ui/dialogs.hpp"

namespace parley::ui {

namespace {

constexpr float kRow = 58;

// "Join" a room, or "Open" one's own. True when used.
bool draw_entry_button(const Painter& paint, const DirectoryEntry& entry, const Rect& button, bool is_in) {
    const std::string word = is_in ? "Open" : "Join";
    const std::string name = word + " #" + entry.name.str();
    return paint.button("button", button, {.name = name, .value = word}, word,
                        is_in ? ButtonKind::quiet : ButtonKind::primary);
}

void enter_room(const Scene& scene, const DirectoryEntry& entry, bool is_in) {
    if (scene.screen.dialog_waits) return;
    if (is_in) {
        scene.want(intent::OpenRoom{entry.id});
        scene.screen.dialog = Dialog::none;
    } else {
        scene.screen.dialog_waits = true;
        scene.want(intent::JoinRoom{entry.id});
    }
}

void draw_entry(const Scene& scene, const DirectoryEntry& entry, const Rect& row) {
    const Painter& paint = scene.paint;
    const NodeId id = node_id(paint.semantics.parent(), entry.id.value());
    const std::string members = entry.members == 1 ? "1 member" : std::to_string(entry.members) + " members";
    const Rect tile{row.x, row.y + 9, 38, 38};
    paint.fill(tile, Colour::accent_soft, 12);
    paint.icon(Icon::hash, {tile.x + 19, tile.y + 19}, 20, Colour::accent);
    paint.text_cut({row.x + 50, row.y + 7}, row.w - 150, type::kStrong, Colour::text, entry.name.view());
    const std::string below = entry.topic.empty() ? members : members + " — " + entry.topic.str();
    paint.text_cut({row.x + 50, row.y + 30}, row.w - 140, type::kSmall, Colour::text_faint, below);
    if (&entry != &scene.chat.directory.back())
        paint.line({row.x, row.bottom() - 1}, {row.right(), row.bottom() - 1}, Colour::line);
    const Group item = paint.semantics.group(id, Role::list_item, row, "");
    paint.semantics.declare(node_id(id, "words"), Role::text, {row.x, row.y, row.w - 90, row.h},
                            "#" + entry.name.str() + ", " + below);
    const bool is_in = scene.chat.room(entry.id) != nullptr;
    if (draw_entry_button(paint, entry, paint.finger({row.right() - 80, row.y + 10, 80, 36}), is_in))
        enter_room(scene, entry, is_in);
}

}  // namespace

void draw_browse_rooms(const Scene& scene, Card card) {
    Screen& screen = scene.screen;
    Rect inside = card.inside;
    draw_advice(scene, inside, "Every room that anybody on this server may join.");
    const auto& entries = scene.chat.directory;
    const NodeId list = node_id(card.dialog, "directory");
    screen.scrollables.push_back({inside, &screen.dialog_scroll});
    screen.dialog_scroll.advance(ImGui::GetIO().DeltaTime, static_cast<float>(entries.size()) * kRow, inside.h);
    const Group group = scene.paint.semantics.group(list, Role::list, inside, "Rooms to join");
    const Rect seen = inside.inset(-4, 0);  // the ring around a button at the edge
    ImGui::PushClipRect(seen.min(), seen.max(), true);
    float y = inside.y - screen.dialog_scroll.offset();
    for (const auto& entry : entries) {
        const Rect row{inside.x, y, inside.w, kRow};
        const NodeId item = node_id(scene.paint.semantics.parent(), entry.id.value());
        scene.reveal_focused(node_id(item, "button"), row, inside, screen.dialog_scroll);
        if (Scene::is_near(row, inside)) draw_entry(scene, entry, row);
        y += kRow;
    }
    ImGui::PopClipRect();
    if (entries.empty()) {
        const std::string_view words =
            scene.chat.directory_complete ? "There is no room yet: create the first one." : "Fetching the rooms…";
        scene.paint.text({inside.x, inside.y + 8}, type::kBody, Colour::text_faint, words);
    }
}

}  // namespace parley::ui
