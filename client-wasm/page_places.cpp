// Page: which room is open, what the address says, and what the tab is called.
#include <imgui.h>

#include <cfloat>
#include <charconv>
#include <tuple>

#include "page.hpp"

namespace parley {

using platform::Reason;

namespace {

constexpr std::string_view kThread = "/thread/";

}  // namespace

std::string Page::path_of(const client::Room& room) const {
    if (room.is_thread()) {
        const auto& around = client_.state().ruler_of(room);
        if (around.is_thread()) return "/";
        return path_of(around) + std::string(kThread) + std::to_string(room.root.ordinal.value());
    }
    if (room.kind == RoomKind::direct) return "/d/" + client_.state().title_of(room);
    return "/r/" + std::to_string(room.id.value()) + "/" + (room.is_chat() ? "chat" : room.name.str());
}

void Page::open(RoomId id, bool new_entry) {
    const auto* room = client_.state().room(id);
    if (room == nullptr) {
        expected_ = {id, {}};
        return;
    }
    // What was tapped is not below the finger any more.
    if (platform::is_touched()) ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX);
    view_.open(client_.state(), id);
    path_ = path_of_shown();
    if (new_entry)
        platform::push_path(path_);
    else
        platform::replace_path(path_);
    if (!room->timeline.loaded()) client_.load_latest(id);
    const auto* beside = client_.state().room(view_.room_beside());
    if (beside != nullptr && !beside->timeline.loaded()) client_.load_latest(beside->id);
    show_title();
    frames_.wake(Reason::route, 2);
}

// The thread's where there is one, whichever of the two she writes in.
std::string Page::path_of_shown() const {
    const auto& state = client_.state();
    const auto* room = state.room(view_.open_room());
    const auto* other = state.room(view_.room_beside());
    if (room == nullptr) return {};
    return path_of(other != nullptr && other->is_thread() ? *other : *room);
}

void Page::keep_path() {
    auto path = path_of_shown();
    if (path.empty() || path == path_) return;
    path_ = std::move(path);
    platform::replace_path(path_);
}

RoomId Page::id_in_path(const std::string& path) {
    std::uint64_t id = 0;
    if (path.starts_with("/r/")) std::from_chars(path.data() + 3, path.data() + path.size(), id);
    return RoomId(id);
}

const client::Room* Page::room_of_path(const std::string& path) const {
    const auto& state = client_.state();
    if (path.starts_with("/d/")) return state.direct_with(std::string_view(path).substr(3, path.find('/', 3) - 3));
    return state.room(id_in_path(path));
}

// The message whose thread the address names, where it does.
std::optional<Ordinal> Page::thread_of_path(const std::string& path) {
    const auto at = path.rfind(kThread);
    if (at == std::string::npos) return std::nullopt;
    std::uint64_t message = 0;
    std::from_chars(path.data() + at + kThread.size(), path.data() + path.size(), message);
    return Ordinal(message);
}

// The address says which room; without one it is the first.
void Page::open_by_path(bool at_entry) {
    const auto& state = client_.state();
    if (!state.logged_in()) return;
    const std::string path = platform::current_path();
    if (const auto* room = room_of_path(path)) {
        const auto message = platform::current_message();
        const auto root = thread_of_path(path);
        const auto* thread = root ? state.thread_of(room->id, *root) : nullptr;
        if (!root) std::ignore = view_.close_thread(state);
        open(thread != nullptr ? thread->id : room->id, false);
        if (root && thread == nullptr) {
            return await_room(client_.open_thread(room->id, *root), Ordinal(message));
        }
        if (message != 0) view_.go_to(Ordinal(message));
        return;
    }
    // The list is that of the last visit: it may be in the one that is on its way.
    if (at_entry && state.connection != client::ConnectionState::connected && id_in_path(path).names_something()) {
        expected_ = {id_in_path(path), {}};
        return;
    }
    if (path.starts_with("/d/")) {
        if (const auto* person = state.person_named(std::string_view(path).substr(3))) {
            await_room(client_.open_direct_chat(person->user));
            return;
        }
    }
    const auto* open_now = state.room(view_.open_room());
    if (!at_entry && open_now != nullptr && path != "/") {
        view_.note("That address is of no room that you are in.");
        frames_.wake(Reason::route, 2);
        return platform::replace_path(path_of(*open_now));
    }
    const auto* first = state.room_named("general");
    if (first == nullptr && !state.rooms.empty()) first = &state.rooms.begin()->second;
    if (first != nullptr && (at_entry || view_.open_room().value() == 0)) open(first->id, false);
}

void Page::go_to(RoomId room) {
    expect_no_room();
    open(room, true);
}

// What she asked for before she went on does not open by itself any more, while she writes somewhere else.
void Page::expect_no_room() {
    expected_ = {};
    for (auto& [op, what] : awaited_) what.leads_to_room = false;
}

// Back first takes away what covers the page.
void Page::go_back_or_on() {
    if (!std::exchange(covered_, false)) {
        expect_no_room();
        return open_by_path(false);
    }
    view_.uncover();
    frames_.wake(Reason::route, 2);
}

void Page::keep_cover() {
    if (covered_ == view_.is_covered()) return;
    covered_ = !covered_;
    platform::cover_path(covered_);
}

// A room that was made, joined or asked for opens as soon as it is in the list; without one the address says which.
// Whether there was something to do.
bool Page::open_expected() {
    const auto& state = client_.state();
    if (state.room(expected_.room) != nullptr) {
        const auto [id, message] = std::exchange(expected_, {});
        if (id == id_in_path(platform::current_path()))
            open_by_path(true);  // which may name a message of it, or a thread
        else
            open(id, true);
        if (message != Ordinal()) view_.go_to(message);
        return true;
    }
    if (lacks_room()) {
        open_by_path(true);
        return true;
    }
    // She follows it no more, here or elsewhere: its room is beside it.
    const auto beside = view_.room_beside();
    if (beside.names_something() && state.room(beside) == nullptr) std::ignore = view_.close_thread(state);
    if (state.room(view_.open_room()) == nullptr && state.room(beside) != nullptr) {
        open(beside, false);
        return true;
    }
    for (const auto id : {view_.open_room(), beside}) {
        const auto* room = state.room(id);
        if (room != nullptr && !room->timeline.loaded() && !room->timeline.loading_newer() &&
            client_.load_latest(room->id) != 0)
            return true;
    }
    return false;
}

// None is open, none is on its way, and the list has some. A direct chat that the address asks for is on its way until
// it is there or refused.
bool Page::lacks_room() const {
    const auto& state = client_.state();
    if (!state.logged_in() || state.rooms.empty() || expected_.room.names_something()) return false;
    if (state.room(view_.open_room()) != nullptr || state.room(view_.room_beside()) != nullptr) return false;
    return !awaits_room() || room_of_path(platform::current_path()) != nullptr;
}

void Page::show_title() const {
    const auto& state = client_.state();
    const auto unread = state.logged_in() ? state.unread_in_all() : 0;
    platform::mark_icon(unread != 0);
    if (!state.logged_in()) return platform::set_title("Parley");
    std::string title = unread != 0 ? "(" + std::to_string(unread) + ") " : "";
    if (const auto to_her = state.mentions_in_all(); to_her != 0) title += "@" + std::to_string(to_her) + " · ";
    if (const auto* room = state.room(view_.open_room()))
        title += (room->is_thread() ? "Thread in " : "") + std::string(state.ruler_of(*room).is_chat() ? "@" : "#") +
                 state.title_of(*room) + " – ";
    platform::set_title(title + "Parley");
}

}  // namespace parley
