#include "ui/view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "text/day.hpp"
#include "ui/bare_window.hpp"
#include "ui/composer.hpp"
#include "ui/composer_keys.hpp"
#include "ui/connection_bar.hpp"
#include "ui/dialogs.hpp"
#include "ui/header.hpp"
#include "ui/member_list.hpp"
#include "ui/room_list.hpp"
#include "ui/room_order.hpp"
#include "ui/typing_line.hpp"
#include "ui/unread_bar.hpp"
#include "ui/unsent_bar.hpp"

namespace parley::ui {

namespace {

constexpr float kTypingLine = 24;
constexpr float kBothWidth = 720;           // a room and a thread of it
constexpr std::size_t kKeptForEmoji = 100;  // cells and buttons of the picker

}  // namespace

std::span<const std::byte> View::draw(const client::ChatState& chat, const Environment& around, float density) {
    type_.begin_frame(density);
    semantics_.begin_frame(screen_.dialog == Dialog::emoji ? kKeptForEmoji : Semantics::kKeptFree);
    screen_.scrollables.clear();
    screen_.changes_at.reset();
    screen_.narrow = around.window.w < space::kNarrow;
    screen_.low = around.window.h < space::kLow;
    if (!screen_.narrow) screen_.drawer = Drawer::none;
    const Painter painter(theme_, type_, semantics_, flood_, around.touch);
    const Scene scene{painter, chat, calendar_, around, screen_, intents_};
    if (!chat.logged_in()) {
        const BareWindow window("entrance", around.window, true);
        painter.fill(around.window, Colour::panel);
    } else {
        draw_panels(scene);
    }
    give_back_untold();
    focus_what_opened(scene);
    keep_purpose();
    return semantics_.end_frame();
}

// What the words are for changes by many ways, the words themselves by typing alone.
void View::keep_purpose() {
    const Purpose& now = screen_.purpose();
    if (now.kept_answering != now.answering || now.kept_editing != now.editing) screen_.keep_unfinished(intents_);
}

void View::draw_panels(const Scene& scene) {
    {
        const BareWindow window("screen", scene.around.window, true);
        scene.paint.fill(scene.around.window, Colour::ground);
        Rect area = scene.around.window;
        declare_connection_status(scene);  // below the button that it is painted in
        const float left = screen_.narrow ? 0 : space::kRoomList;
        screen_.both_shown = scene.open_room() != nullptr && scene.chat.room(screen_.beside) != nullptr &&
                             !screen_.narrow && area.w - left >= kBothWidth;
        if (!screen_.narrow) draw_room_list(scene, area.take_left(space::kRoomList));
        draw_conversation(scene, area);
    }
    if (screen_.drawer != Drawer::none) draw_drawer(scene);
    if (screen_.dialog != Dialog::none) {
        const BareWindow window("dialog", scene.around.window, false);
        draw_dialog(scene);
    }
}

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
    if (is_used) intents_.emplace_back(intent::TurnTo{room});
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
    const Group panel = alone ? semantics_.group(node_id(0, "conversation"), Role::main, whole, "Conversation")
                              : semantics_.group(node_id(0, "thread"), Role::complementary, whole, "Thread");
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
    const bool complains = scene.writes_here && !screen_.composer_complaint.empty();
    const bool has_typing = scene.around.window.h >= space::kLowest || complains;
    const Rect typing = area.take_bottom(has_typing ? kTypingLine : 0);
    seen = area;
    timeline.draw(scene, area);
    if (has_typing) draw_typing_line(scene, typing);
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

// On a narrow window the lists slide over the conversation.
void View::draw_drawer(const Scene& scene) {
    const BareWindow window("drawer", scene.around.window, false);
    const Rect whole = scene.around.window;
    const bool rooms = screen_.drawer == Drawer::rooms;
    const float width = std::min(whole.w - 48, 320.0f);
    const Rect panel = rooms ? Rect{0, 0, width, whole.h} : Rect{whole.w - width, 0, width, whole.h};
    scene.paint.fill(whole, Colour::scrim);
    {
        // To who reads the mirror it is a dialog: what it covers waits behind it.
        const Group dialog =
            semantics_.group(drawer_node(), Role::dialog, panel, rooms ? "Room list" : "Members and more");
        if (rooms)
            draw_room_list(scene, panel);
        else
            draw_member_list(scene, panel);
    }
    const bool outside = scene.paint.pressed_beside(panel, whole);
    if (outside) screen_.drawer = Drawer::none;
}

// A dialog's first field takes the focus when it opens; afterwards the composer has it again.
void View::focus_what_opened(const Scene& scene) {
    if (screen_.dialog != focused_dialog_) {
        if (screen_.dialog != Dialog::none)
            semantics_.focus(first_focus_in_dialog(scene));
        else
            focus_composer_ = true;
        focused_dialog_ = screen_.dialog;
    }
    if (screen_.drawer != focused_drawer_) {
        const bool rooms = screen_.drawer == Drawer::rooms;
        if (screen_.drawer != Drawer::none)
            semantics_.focus(rooms ? rooms_close_button() : members_close_button());
        else if (screen_.dialog == Dialog::none)
            focus_composer_ = true;
        focused_drawer_ = screen_.drawer;
    }
    if (focus_composer_ && scene.chat.logged_in() && scene.open_room() != nullptr && !screen_.covers_main()) {
        if (!scene.around.touch) semantics_.focus(composer_node());  // it would call the keyboard
        focus_composer_ = false;
    }
}

NodeId View::drawer_node() {
    return node_id(0, "drawer");
}

NodeId View::composer() {
    return composer_node();
}

bool View::moving() const {
    return timeline_.moving() || thread_.moving() || screen_.rooms_scroll.moving() || screen_.members_scroll.moving() ||
           screen_.dialog_scroll.moving() || screen_.card_scroll.moving() || screen_.preview.scroll.moving();
}

std::optional<std::int64_t> View::next_change(const client::ChatState& chat, std::int64_t now) const {
    const auto* room = chat.room(screen_.open);
    auto soonest = room != nullptr ? typing_changes_at(*room, now) : std::nullopt;
    const auto* beside = chat.room(screen_.beside);
    const auto other = beside != nullptr ? typing_changes_at(*beside, now) : std::nullopt;
    if (other) soonest = std::min(soonest.value_or(*other), *other);
    if (screen_.changes_at) soonest = std::min(soonest.value_or(*screen_.changes_at), *screen_.changes_at);
    return soonest;
}

namespace {

// Of a field with a list of its own.
bool takes_key(NodeId field, std::string_view key) {
    if (key == "Tab") return field == go_to_field();
    return (key != "ArrowLeft" && key != "ArrowRight") || field == emoji_field();
}

}  // namespace

View::Answer View::act(const client::ChatState& chat, NodeId node, Action action, std::string text) {
    auto answer = node == composer_node() ? act_on_composer(chat, action, text) : Answer{};
    if (action == Action::key && node != composer_node()) answer.used = takes_key(node, text);
    semantics_.deliver(node, action, std::move(text));
    return answer;
}

View::Answer View::act_on_composer(const client::ChatState& chat, Action action, const std::string& text) {
    switch (action) {
        case Action::submit:
            return {submit_draft(screen_, intents_, text), true};
        case Action::height:
            screen_.composer_text_height = std::strtof(text.c_str(), nullptr);
            return {};
        case Action::set_value:
            return {false, composer_typed(screen_, intents_, text)};
        case Action::caret:
            return {false, composer_selected(chat, screen_, text)};
        case Action::key: {
            const bool used = composer_pressed(chat, screen_, intents_, text);
            return {used, used};
        }
        case Action::blur:
            screen_.offer.close();
            return {};
        default:
            return {};
    }
}

void View::jump_to_latest() {
    screen_.left_unread.erase(screen_.open);
    timeline().jump_to_latest();
}

void View::uncover() {
    screen_.dialog = Dialog::none;
    screen_.drawer = Drawer::none;
}

bool View::press(const client::ChatState& chat, Key key) {
    if (screen_.dialog != Dialog::none && key != Key::escape) return press_in_dialog(key);
    switch (key) {
        case Key::escape:
            if (screen_.dialog != Dialog::none) return screen_.dialog = Dialog::none, true;
            if (screen_.offer.dismiss()) return true;
            if (screen_.drawer != Drawer::none) return screen_.drawer = Drawer::none, true;
            if (screen_.purpose().answering || screen_.purpose().editing) return stop_answering(screen_), true;
            if (thread_.shown() == screen_.open && !screen_.left_unread.contains(screen_.open))
                return intents_.emplace_back(intent::CloseThread{}), true;
            return jump_to_latest(), true;
        case Key::page_up:
            return timeline().scroll_pages(-1), true;
        case Key::page_down:
            return timeline().scroll_pages(1), true;
        case Key::latest:
            return jump_to_latest(), true;
        case Key::previous_room:
            return step_room(chat, -1, false), true;
        case Key::next_room:
            return step_room(chat, 1, false), true;
        case Key::previous_unread:
            return step_room(chat, -1, true), true;
        case Key::next_unread:
            return step_room(chat, 1, true), true;
        case Key::mark_all_read:
            return mark_all_read(chat, intents_), true;
    }
    return false;
}

// What is behind a dialog stays as it is.
bool View::press_in_dialog(Key key) {
    constexpr float kPage = 240;
    if (key == Key::page_up) return screen_.dialog_scroll.push(-kPage), true;
    if (key == Key::page_down) return screen_.dialog_scroll.push(kPage), true;
    return false;
}

// Through the rooms as the list shows them.
void View::step_room(const client::ChatState& chat, int direction, bool unread_only) {
    auto rooms = rooms_in_order(chat, screen_.archived_shown);
    if (unread_only) {
        const auto threads = threads_followed(chat, false);
        rooms.insert(rooms.begin(), threads.begin(), threads.end());
    }
    if (rooms.empty()) return;
    const auto* open = chat.room(screen_.open);
    const auto from = open != nullptr && open->is_thread() && !unread_only ? screen_.beside : screen_.open;
    const auto size = static_cast<int>(rooms.size());
    const auto found = std::find_if(rooms.begin(), rooms.end(), [&](const auto* room) { return room->id == from; });
    const int start = found == rooms.end() ? (direction > 0 ? -1 : size) : static_cast<int>(found - rooms.begin());
    for (int step = 1; step <= size; ++step) {
        const auto* room = rooms[static_cast<std::size_t>(((start + direction * step) % size + size) % size)];
        if (unread_only && room->unread == 0) continue;
        intents_.emplace_back(intent::OpenRoom{room->id});
        return;
    }
}

Scroll* View::scrolled_at(ImVec2 at) {
    for (auto area = screen_.scrollables.rbegin(); area != screen_.scrollables.rend(); ++area) {
        if (area->rect.contains(at)) return area->scroll;
    }
    return nullptr;
}

void View::wheel(ImVec2 at, float pixels, bool at_once) {
    if (auto* scroll = scrolled_at(at)) return scroll->push(pixels, at_once);
    if (screen_.covers_main()) return;
    if (timeline_rect_.contains(at)) timeline_.scroll_by(pixels, at_once);
    if (thread_rect_.contains(at)) thread_.scroll_by(pixels, at_once);
}

void View::fling(ImVec2 at, float speed) {
    if (auto* scroll = scrolled_at(at)) return scroll->fling(speed);
    if (screen_.covers_main()) return;
    if (timeline_rect_.contains(at)) timeline_.fling(speed);
    if (thread_rect_.contains(at)) thread_.fling(speed);
}

bool View::swipe(bool rightwards) {
    if (!screen_.narrow || screen_.dialog != Dialog::none) return false;
    const auto before = screen_.drawer;
    const auto step = [&](Drawer closed_by, Drawer opened) {
        screen_.drawer = before == closed_by ? Drawer::none : before == Drawer::none ? opened : before;
    };
    if (rightwards)
        step(Drawer::members, Drawer::rooms);
    else
        step(Drawer::rooms, Drawer::members);
    return screen_.drawer != before;
}

// Another room, or the other one of the two that are shown: those stay as they are.
void View::open(const client::ChatState& chat, RoomId id) {
    if (screen_.drawer == Drawer::rooms) screen_.drawer = Drawer::none;
    focus_composer_ = true;
    if (screen_.open == id) return put_down_carried();
    const auto* room = chat.room(id);
    const bool is_thread = room != nullptr && room->is_thread();
    if (is_thread)
        screen_.beside = room->root.room;
    else
        screen_.beside = screen_.beside == id && chat.room(screen_.open) != nullptr ? screen_.open : RoomId();
    screen_.deleting.reset();
    screen_.offer.close();
    screen_.open = id;
    screen_.selected = {screen_.drafts[id].size(), screen_.drafts[id].size()};
    screen_.composer_complaint.clear();
    screen_.note.clear();
    screen_.composer_text_height = 0;
    ++screen_.composer_version;
    show_in_their_places(chat);
    put_down_carried();
}

void View::show_in_their_places(const client::ChatState& chat) {
    RoomId room;
    RoomId thread;
    for (const auto id : {screen_.open, screen_.beside}) {
        const auto* of = chat.room(id);
        if (of != nullptr) (of->is_thread() ? thread : room) = id;
    }
    if (timeline_.shown() != room) {
        screen_.left_unread.clear();
        screen_.members_scroll.reset();
        timeline_.show(chat.room(room));
    }
    if (thread_.shown() != thread) {
        screen_.left_unread.erase(thread);
        thread_.show(chat.room(thread));
    }
}

RoomId View::close_thread(const client::ChatState& chat) {
    const auto* open = chat.room(screen_.open);
    screen_.beside = {};
    thread_.show(nullptr);
    return open != nullptr && open->is_thread() ? open->root.room : screen_.open;
}

// Below what is written there already.
void View::put_down_carried() {
    if (screen_.carried.empty()) return;
    stop_answering(screen_);
    auto& draft = screen_.drafts[screen_.open];
    if (!draft.empty() && draft.back() != '\n') draft += '\n';
    draft += std::exchange(screen_.carried, {});
    screen_.selected = {draft.size(), draft.size()};
    ++screen_.composer_version;
    screen_.keep_unfinished(intents_);
}

void View::ask_to_tell(const client::ChatState& chat, Telling telling) {
    show_dialog(chat, Dialog::tell_many);
    screen_.telling = std::move(telling);
}

// However the dialog was closed, unless by its own button.
void View::give_back_untold() {
    if (!screen_.telling || screen_.dialog == Dialog::tell_many) return;
    const auto telling = *std::exchange(screen_.telling, std::nullopt);
    if (telling.to != Ordinal()) screen_.purposes[telling.room].answering = telling.to;
    give_back(telling.room, telling.typed, {});
    if (telling.room == screen_.open) screen_.selected = {telling.typed.size(), telling.typed.size()};
}

void View::open_jump_to_day(const client::ChatState& chat, Timestamp from) {
    show_dialog(chat, Dialog::jump_to_day);
    screen_.dialog_text = text::day_words(calendar_.day(from));
}

void View::go_to(std::int64_t day) {
    timeline().seek(calendar_.beginning(day));
    focus_composer_ = false;  // the message has the focus
}

void View::go_to(Ordinal message) {
    timeline().seek(message);
    focus_composer_ = false;  // the message has the focus
}

void View::forward(const client::ChatState& chat, std::string text) {
    show_dialog(chat, Dialog::go_to);
    screen_.forwarding = std::move(text);
}

void View::asked_done() {
    const auto which = screen_.dialog;
    const bool stays =
        which == Dialog::settings || which == Dialog::room || which == Dialog::invite || which == Dialog::posters;
    if (screen_.dialog_waits && !stays) screen_.dialog = Dialog::none;
    screen_.dialog_waits = false;
    screen_.dialog_says = std::exchange(screen_.dialog_will_say, {});
    if (which != Dialog::invite || screen_.dialog_says.empty()) return;
    screen_.dialog_text.clear();  // for the next one
    screen_.dialog_choice = 0;
    ++screen_.dialog_version;
}

void View::asked_refused(std::string sentence) {
    screen_.dialog_waits = false;
    screen_.forwarding = std::exchange(screen_.carried, {});
    if (screen_.dialog == Dialog::none) return note(std::move(sentence));
    screen_.dialog_error = std::move(sentence);
}

void View::note(std::string words) {
    screen_.note = std::move(words);
}

void View::show_dialog(const client::ChatState& chat, Dialog dialog) {
    screen_.show_dialog(dialog);
    const auto* self = chat.person(chat.self);
    if (dialog == Dialog::settings && self != nullptr) screen_.dialog_text = self->nick.str();
}

void View::react_to_latest(const client::ChatState& chat) {
    const auto* room = chat.room(screen_.open);
    if (room == nullptr || screen_.covers_main()) return;
    const auto& messages = room->timeline.messages();
    const auto found =
        std::find_if(messages.rbegin(), messages.rend(), [](const Message& each) { return !each.deleted; });
    if (found == messages.rend()) return;
    show_dialog(chat, Dialog::emoji);
    screen_.emoji.reacting = found->ordinal;
}

void View::show_members() {
    if (screen_.narrow)
        screen_.drawer = Drawer::members;
    else
        screen_.members_wanted = true;
}

// Below what is written there meanwhile; while she edits a message, below the draft that was put aside.
void View::give_back(RoomId room, const std::string& text, std::string why) {
    Purpose& purpose = screen_.purposes[room];
    auto& draft = purpose.editing ? purpose.put_aside : screen_.drafts[room];
    if (!draft.empty() && draft.back() != '\n') draft += '\n';
    draft += text;
    const Unfinished unfinished{screen_.drafts[room], purpose.answering, purpose.editing, purpose.put_aside};
    intents_.emplace_back(intent::KeepDraft{room, unfinished.to_string()});
    screen_.composer_complaint = std::move(why);
    ++screen_.composer_version;
}

void View::restore_draft(RoomId room, std::string_view kept) {
    auto& draft = screen_.drafts[room];
    if (!draft.empty()) return;
    auto unfinished = Unfinished::from(kept);
    draft = std::move(unfinished.text);
    screen_.purposes[room] = {unfinished.answering, unfinished.editing, std::move(unfinished.put_aside),
                              unfinished.answering, unfinished.editing};
    ++screen_.composer_version;
}

std::map<RoomId, std::string> View::drafts() const {
    auto drafts = screen_.drafts;
    for (const auto& [room, purpose] : screen_.purposes)
        if (purpose.editing) drafts[room] = purpose.put_aside;
    return drafts;
}

void View::forget() {
    const Screen fresh;
    const auto version = screen_.composer_version + 1;
    const bool previews = screen_.preview.wanted;
    screen_ = fresh;
    screen_.preview.wanted = previews;
    intents_.emplace_back(intent::KeepEmojiHabits{});
    screen_.composer_version = version;
    timeline_.show(nullptr);
    thread_.show(nullptr);
}

Intents View::take_intents() {
    return std::exchange(intents_, {});
}

}  // namespace parley::ui
