// View: what people do to it, by way of its nodes, keys, wheel and fingers.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "ui/composer.hpp"
#include "ui/composer_keys.hpp"
#include "ui/dialogs.hpp"
#include "ui/found_text.hpp"
#include "ui/room_list.hpp"
#include "ui/room_order.hpp"
#include "ui/view.hpp"

namespace parley::ui {

namespace {

// Of a field with a list of its own.
bool takes_key(NodeId field, std::string_view key) {
    if (key == "Tab") return field == go_to_field();
    return (key != "ArrowLeft" && key != "ArrowRight") || field == emoji_field();
}

}  // namespace

View::Answer View::act(const client::ChatState& chat, NodeId node, Action action, std::string text) {
    const bool is_key_of_composer = node == composer_node() && action == Action::key;
    if (is_key_of_composer && means_latest(screen_, text) && goes_to_latest_first(chat))
        return {true, true};  // that is all that comes of it
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

bool View::goes_to_latest_first(const client::ChatState& chat) {
    const auto* room = chat.room(screen_.open);
    if (room == nullptr || (room->timeline.reaches_head() && timeline().shows_latest())) return false;
    jump_to_latest();
    return true;
}

void View::uncover() {
    screen_.dialog = Dialog::none;
    screen_.drawer = Drawer::none;
}

TimelineView& View::paged() {
    for (auto* timeline : {&timeline_, &thread_})
        if (semantics_.has_focus_within(log_node(timeline->shown()))) return *timeline;
    return timeline();
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
                return intents_.add(intent::CloseThread{}), true;
            return jump_to_latest(), true;
        case Key::page_up:
            return paged().scroll_pages(-1), true;
        case Key::page_down:
            return paged().scroll_pages(1), true;
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

// What is behind a dialog stays as it is; of the dialog itself its list moves, or all of it where it is too high.
bool View::press_in_dialog(Key key) {
    constexpr float kPage = 240;
    if (key != Key::page_up && key != Key::page_down) return false;
    const auto& all = screen_.scrollables;
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](const Screen::Scrollable& each) {
        return each.scroll == &screen_.dialog_scroll || each.scroll == &screen_.card_scroll;
    });
    if (found != all.rend()) found->scroll->push(key == Key::page_up ? -kPage : kPage);
    return true;
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
        intents_.add(intent::OpenRoom{room->id});
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

}  // namespace parley::ui
