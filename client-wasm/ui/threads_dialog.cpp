// The threads that she follows, the one with the latest word first: each leads to it.
#include "ui/dialogs.hpp"
#include "ui/reply_line.hpp"
#include "ui/room_order.hpp"
#include "ui/thread_line.hpp"

namespace parley::ui {

namespace {

void draw_followed(const Scene& scene, const client::Room& thread, const Rect& row) {
    const Painter& paint = scene.paint;
    const auto* around = scene.chat.room(thread.root.room);
    const auto* root = around != nullptr ? around->message(thread.root.ordinal) : nullptr;
    if (around != nullptr && root == nullptr) scene.want(intent::LoadMessage{thread.root.room, thread.root.ordinal});
    const std::string about = root != nullptr ? excerpt_of(scene, thread.root.room, *root) : "Fetching the message…";
    std::string below = "in " + scene.mark_of_ruler(thread);
    if (root != nullptr && root->thread) below += " · " + thread_words(scene, *root->thread);
    const NodeId id = node_id(paint.semantics.parent(), thread.id.value());
    const Group item = paint.semantics.group(id, Role::list_item, row, "");
    const Rect words = row.inset(0, 2);
    const std::string name = about + ", " + below;
    const Control what{.name = name, .value = about, .detail = "Open the thread", .ring = words.inset(2, 2)};
    const bool used = paint.control(node_id(id, "go"), words, what, [&](const Hit& hit) {
        if (hit.hovered) paint.fill(words, Colour::hover, space::kRadius);
        paint.text_cut({words.x + 10, words.y + 9}, words.w - 20, thread.unread != 0 ? type::kStrong : type::kBody,
                       Colour::text, about);
        paint.text_cut({words.x + 10, words.y + 34}, words.w - 20, type::kSmall, Colour::text_faint, below);
    });
    if (!used) return;
    scene.screen.dialog = Dialog::none;
    scene.want(intent::OpenRoom{thread.id});
}

}  // namespace

std::size_t threads_in(const Scene& scene) {
    return threads_followed(scene.chat, true).size();
}

void draw_threads(const Scene& scene, Card card) {
    const auto threads = threads_followed(scene.chat, true);
    Scroll& scroll = scene.screen.dialog_scroll;
    const Rect inside = card.inside;
    scene.screen.scrollables.push_back({inside, &scroll});
    scroll.advance(ImGui::GetIO().DeltaTime, static_cast<float>(threads.size()) * kPinRow, inside.h);
    const Group list = scene.paint.semantics.group(node_id(card.dialog, "threads"), Role::list, inside, "Threads");
    const Rect seen = inside.inset(-4, 0);
    ImGui::PushClipRect(seen.min(), seen.max(), true);
    float y = inside.y - scroll.offset();
    for (const auto* thread : threads) {
        const Rect row{inside.x, y, inside.w, kPinRow};
        const NodeId item = node_id(scene.paint.semantics.parent(), thread->id.value());
        scene.reveal_focused(node_id(item, "go"), row, inside, scroll);
        if (Scene::is_near(row, inside)) draw_followed(scene, *thread, row);
        y += kPinRow;
    }
    ImGui::PopClipRect();
}

}  // namespace parley::ui
