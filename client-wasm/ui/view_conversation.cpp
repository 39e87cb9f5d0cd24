// The conversation in the window: a room, a thread, or both beside each other.
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/composer.hpp"
#include "ui/connection_bar.hpp"
#include "ui/header.hpp"
#include "ui/member_list.hpp"
#include "ui/typing_line.hpp"
#include "ui/unread_bar.hpp"
#include "ui/unsent_bar.hpp"
#include "ui/view.hpp"

namespace parley::ui {

template <class Draw>
void View::draw_shown(const Scene& scene, RoomId room, Draw draw) {
    if (room == screen_.open) return draw(scene);
    Scene beside = scene;
    beside.writes_here = false;
    const auto writes_in = std::exchange(screen_.open, room);
    const auto given = screen_.purposes_given;
    const auto dialog = screen_.dialog_version;
    draw(beside);
    const bool is_used =
        screen_.purposes_given != given || (screen_.dialog_version != dialog && screen_.dialog != Dialog::person);
    screen_.open = writes_in;
    if (is_used) intents_.add(intent::TurnTo{room});
}

// A thread stands beside its room where there is place for both.
void View::draw_conversation(const Scene& scene, Rect area) {
    timeline_rect_ = {};
    thread_rect_ = {};
    const auto* open = scene.open_room();
    const auto* beside = open != nullptr ? scene.chat.room(screen_.beside) : nullptr;
    const auto* thread = open != nullptr && open->is_thread() ? open : beside;
    const auto* room = thread == open ? beside : open;
    if (screen_.both_shown) {
        const Rect side = area.take_right(std::clamp(std::floor(area.w * 0.44f), 340.0f, 480.0f));
        draw_shown(scene, room->id, [&](const Scene& shown) { draw_main(shown, area); });
        draw_shown(scene, thread->id, [&](const Scene& shown) { draw_thread(shown, side, false); });
    } else if (thread != nullptr && thread == open) {
        draw_thread(scene, area, true);
    } else {
        draw_main(scene, area);
    }
    if (timeline_rect_.h == 0) timeline_.hide(semantics_);
    if (thread_rect_.h == 0) thread_.hide(semantics_);
}

void View::draw_main(const Scene& scene, Rect area) {
    const auto* room = scene.open_room();
    const bool has_thread = scene.chat.room(screen_.beside) != nullptr || !scene.writes_here;
    const bool members_beside = !screen_.narrow && screen_.members_wanted && room != nullptr && !has_thread &&
                                room->kind != RoomKind::direct && area.w >= 560;
    Rect under_header = area;
    const bool has_header = screen_.narrow || area.h >= space::kLowest;  // the way to the lists is in a narrow one
    const Rect header = under_header.take_top(has_header ? space::kHeader : 0);
    const Rect members = members_beside ? under_header.take_right(space::kMemberList) : Rect{};
    {
        const Group main = semantics_.group(node_id(0, "conversation"), Role::main, area, "Conversation");
        if (has_header) draw_header(scene, header);
        draw_connection_bar(scene, under_header);
        draw_unsent_bar(scene, under_header);
        if (room == nullptr)
            draw_nowhere(scene, under_header);
        else
            draw_messages(scene, under_header, timeline_, timeline_rect_);
    }
    if (members_beside) draw_member_list(scene, members);
}

void View::draw_thread(const Scene& scene, Rect area, bool alone) {
    const auto* thread = scene.open_room();
    if (!alone) scene.paint.line({area.x, area.y}, {area.x, area.bottom()}, Colour::line);
    const Rect whole = area;
    if (!alone) area.take_left(1);
    // The same node in both places: what is within it keeps its id, and with it the focus.
    const Group panel = semantics_.group(node_id(0, "thread"), alone ? Role::main : Role::complementary, whole,
                                         alone ? "Conversation" : "Thread");
    const bool has_header = screen_.narrow || area.h >= space::kLowest;
    if (has_header) draw_thread_header(scene, area.take_top(space::kHeader));
    if (alone) {
        draw_connection_bar(scene, area);
        draw_unsent_bar(scene, area);
    }
    if (!thread->members_loaded) scene.want(intent::ListMembers{thread->id});  // whom @all calls
    const float root = thread_root_.height(scene, *thread, area.w);
    if (root > 0) thread_root_.draw(scene, *thread, area.take_top(root));
    draw_messages(scene, area, thread_, thread_rect_);
}

void View::draw_messages(const Scene& scene, Rect area, TimelineView& timeline, Rect& seen) {
    draw_unread_bar(scene, area);
    const Rect foot = area.take_bottom(composer_height(scene, area.w));
    const Rect typing = area.take_bottom(typing_height(scene, area.w));
    seen = area;
    timeline.draw(scene, area);
    draw_typing_line(scene, typing);
    draw_composer(scene, foot, area.y + 8);
}

void View::draw_nowhere(const Scene& scene, const Rect& area) {
    const Painter& paint = scene.paint;
    const bool has_rooms = !scene.chat.rooms.empty();
    const float middle = area.y + area.h * 0.4f;
    const Rect tile{area.x + area.w / 2 - 32, middle - 96, 64, 64};
    paint.fill(tile, Colour::accent_soft, 20);
    paint.icon(Icon::message, {tile.x + 32, tile.y + 32}, 34, Colour::accent);
    paint.type.draw_centred(paint.list(), {area.x, middle - 20, area.w, 30}, type::kDisplay, paint.theme(Colour::text),
                            has_rooms ? "Choose a room" : "You are in no room yet");
    paint.type.draw_centred(paint.list(), {area.x, middle + 14, area.w, 22}, type::kBody,
                            paint.theme(Colour::text_soft),
                            has_rooms ? "Your rooms are at the left." : "Join one that is there, or begin your own.");
    paint.semantics.declare(node_id(0, "nowhere"), Role::text, {area.x, middle - 20, area.w, 56},
                            has_rooms ? "Choose a room. Your rooms are at the left."
                                      : "You are in no room yet. Join one that is there, or begin your own.");
    if (has_rooms) return;
    const float find = paint.button_width("Find a room");
    const float make = paint.button_width("Make a room");
    const float left = area.x + (area.w - find - make - 12) / 2;
    if (paint.button("find", {left, middle + 56, find, 40}, "Find a room", ButtonKind::primary)) {
        screen_.show_dialog(Dialog::browse_rooms);
        scene.want(intent::ListRooms{});
    }
    if (paint.button("make", {left + find + 12, middle + 56, make, 40}, "Make a room", ButtonKind::quiet))
        screen_.show_dialog(Dialog::create_room);
}

}  // namespace parley::ui
