#include "page.hpp"

#include <imgui.h>

#include <algorithm>
#include <charconv>

#include "platform/glyphs.hpp"
#include "ui/failed_edit.hpp"

namespace parley {

using platform::Reason;

namespace {

constexpr auto kClientName = "parley-web 0.1.0";

ui::Calendar browser_calendar() {
    return {platform::time_words, platform::local_day, platform::day_words, platform::beginning_of_day};
}

}  // namespace

Page::Page()
    : client_({.client_name = kClientName, .keeps_operations = true}, platform::random_seed()),
      view_(browser_calendar(), letterer_, platform::Display::flood),
      socket_({.opened = [this] { client_.socket_opened(now()), settle(Reason::socket); },
               .frame =
                   [this](std::span<const std::byte> frame) {
                       client_.frame_received(now(), frame), settle(Reason::socket);
                   },
               .closed =
                   [this](std::uint16_t code, std::string_view why) {
                       client_.socket_closed(now(), code, why), settle(Reason::socket);
                   }}),
      frames_([this] { draw(); }),
      alarm_([this] { client_.time_passed(now()), settle(Reason::time); }),
      view_alarm_([this] { save_view(); }),
      idle_alarm_([this] { look_whether_idle(); }),
      display_({.changed = [this] { frames_.wake(Reason::resize, 2); }, .lost = [this] { view_.pictures_lost(); }}) {
    changes_.visibility = [this](bool visible) {
        if (visible)
            touched(), client_.network_returned(now());
        else
            save_view();
        report_presence();
        settle(Reason::shown);
        frames_.wake(Reason::shown, 2);
    };
    changes_.focus = [this] { frames_.wake(Reason::shown, 1); };
    changes_.online = [this] { client_.network_returned(now()), settle(Reason::socket); };
    dom_.act = [this](std::uint32_t node, int action, std::string text) {
        touched();
        const auto answer = view_.act(client_.state(), node, static_cast<ui::Action>(action), std::move(text));
        settle(Reason::mirror);
        if (answer.changes_screen) frames_.wake(Reason::mirror, 2);
        return answer.used ? 1 : 0;
    };
    dom_.enter = [this](bool creating, const std::string& name, const std::string& password,
                        const std::string& invite) { enter(creating, name, password, invite); };
    dom_.theme_changed = [this] {
        view_.load_theme(platform::colour_of);
        theme_choice_ = platform::theme_choice();
        frames_.wake(Reason::theme, 1);
    };
    dom_.stats = [this] { return stats(); };
    dom_.frame_times = [this] { return frame_times_.json(); };
    input_.pointer = [this](bool click) { touched(), frames_.wake(Reason::pointer, click ? 3 : 2); };
    input_.wheel = [this](float x, float y, float pixels, bool finger) {
        touched();
        view_.wheel({x, y}, pixels, finger || platform::is_calm()), frames_.wake(Reason::wheel, 2);
    };
    input_.fling = [this](float x, float y, float speed) {
        if (!platform::is_calm()) view_.fling({x, y}, speed), frames_.wake(Reason::wheel, 2);
    };
    input_.swipe = [this](bool rightwards) {
        if (view_.swipe(rightwards)) frames_.wake(Reason::pointer, 2);
    };
    input_.key = [this](std::string_view key, bool alt, bool shift, bool control) {
        touched();
        return press(key, alt, shift, control);
    };
    fonts_changed_ = [this] { view_.fonts_changed(), frames_.wake(Reason::resize, 2); };
    went_ = [this] { go_back_or_on(), settle(Reason::route); };
}

void Page::start() {
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().MouseDrawCursor = false;
    if (!display_.start()) return;
    platform::add_font();
    letterer_.watch_fonts(&fonts_changed_);
    view_.load_theme(platform::colour_of);
    theme_choice_ = platform::theme_choice();
    view_.restore_emoji_habits(platform::emoji_habits());
    view_.restore_preview(platform::wants_preview());
    platform::watch_page(&changes_);
    platform::watch_path(&went_);
    platform::listen_to_input(&input_);
    listen_to_storage();
    touched_at_ = platform::monotonic_ms();
    look_whether_idle();
}

// --- after anything happened

void Page::settle(Reason reason) {
    if (settling_) return;  // an effect called back in: the loop below sees what it did
    settling_ = true;
    do carry_out();
    while (open_expected());
    settling_ = false;
    name_connection();
    keep_cover();
    if (client_.state_version() != drawn_version_) {
        drawn_version_ = client_.state_version();
        show_title();
        frames_.wake(reason, 2);
        save_view_later();
    }
    set_alarm();
}

// What the person wants, what the brain wants and what it tells, until there is no more of it.
void Page::carry_out() {
    for (bool more = true; more;) {
        more = false;
        watch_what_is_shown();
        for (const auto& wish : view_.take_intents())
            std::visit([&](const auto& intent) { obey(intent); }, wish), more = true;
        for (const auto& effect : client_.take_effects())
            std::visit([&](const auto& wish) { perform(wish); }, effect), more = true;
        for (const auto& notice : client_.take_notices())
            std::visit([&](const auto& news) { learn(news); }, notice), more = true;
    }
}

void Page::perform(client::OpenSocket) {
    socket_.open(platform::socket_url());
}
void Page::perform(const client::CloseSocket& wish) {
    socket_.close(static_cast<std::uint16_t>(wish.code), wish.reason);
}
void Page::perform(const client::SendFrame& wish) {
    socket_.send(wish.bytes);
}

void Page::perform(const client::SaveSession& wish) {
    if (wish.session)
        platform::save_session(platform::KeptSession{wish.session->token, wish.session->account});
    else
        platform::save_session(std::nullopt);
}

// Both logs show the server's id of the connection from the greeting on.
void Page::name_connection() {
    const auto id = client_.state().connection_id;
    if (id == connection_id_) return;
    connection_id_ = id;
    socket_.set_connection_id(id);
    if (id != 0) socket_.log("greeted by " + client_.state().server_build);
}

void Page::set_alarm() {
    const auto deadline = client_.next_deadline();
    if (!deadline) return alarm_.forget();
    alarm_.set(*deadline, platform::monotonic_ms());
}

// --- what the brain tells

void Page::learn(const client::ConnectionChanged& notice) {
    members_asked_.clear();
    pins_asked_.clear();
    messages_asked_.clear();
    if (notice.state == client::ConnectionState::reconnecting)
        socket_.log("lost: " + notice.why + "; next try in " + std::to_string(notice.retry_in_ms) + " ms");
    if (notice.state == client::ConnectionState::connected) report_presence();
    if (!entrance_shown_ || client_.state().logged_in()) return;
    // Who has a session is not asked for a password because the line is down.
    if (platform::load_session() && !entering_ && entrance_error_.empty())
        platform::say_resuming(notice.state == client::ConnectionState::reconnecting
                                   ? "There is no connection. Trying again…"
                                   : "Opening your rooms…");
    else
        show_entrance(entrance_error_);
}

void Page::learn(const client::LoggedIn&) {
    entering_ = false;
    look_for_orphans();
    save_view();  // at once: a reload in the next moment finds the rooms
    if (!entrance_shown_) return;
    restore_drafts();
    entrance_shown_ = false;
    entrance_error_.clear();
    platform::show_entrance(false, false, {}, 0);
    open_by_path(true);
}

void Page::learn(const client::LoginRefused& notice) {
    entering_ = false;
    entrance_error_ = notice.sentence.empty() ? std::string(sentence_of(notice.reason)) : notice.sentence;
    show_entrance(entrance_error_);
}

void Page::learn(const client::SessionEnded& notice) {
    hold_drafts();
    view_.forget();
    entering_ = false;
    looked_for_orphans_ = false;
    expected_ = {};
    entrance_error_ = notice.why;
    platform::replace_path("/");
    show_entrance(entrance_error_);
    client_.start(now());
}

void Page::learn(const client::MessageArrived& notice) {
    if (!notice.live) return;
    ++messages_received_;
    const auto& state = client_.state();
    if (notice.room != view_.open_room() || notice.message.author == state.self) return;
    if (state.has_blocked(notice.message.author)) return;
    const auto* author = state.person(notice.message.author);
    view_.announce((author != nullptr ? author->nick.str() : std::string("Somebody")) + ": " +
                   notice.message.text.str());
}

// Whoever is brought somewhere is told; the others see it in the room.
void Page::learn(const client::Invited& notice) {
    const auto& state = client_.state();
    const auto* room = state.room(notice.room);
    if (notice.user != state.self || room == nullptr) return;
    const auto* by = state.person(notice.by);
    const auto words = (by != nullptr ? by->nick.str() : std::string("Somebody")) + " has brought you into #" +
                       state.title_of(*room) + ".";
    view_.announce(words);
    view_.note(words);
}

void Page::learn(const client::OperationDone& notice) {
    say_what_waits(notice.op, notice.room);
    if (awaited_ != notice.op) return;
    awaited_.reset();
    view_.asked_done();
    if (notice.room.names_something()) expected_ = notice.room;
}

void Page::learn(const client::OperationRefused& notice) {
    if (is_retryable(notice.reason)) return;  // it stays in the outbox and is sent again
    const auto sentence = notice.sentence.empty() ? std::string(sentence_of(notice.reason)) : notice.sentence;
    give_back_what_waits(notice.op, sentence);
    if (awaited_ != notice.op) return tell_refused(notice.op, sentence);
    refuse_awaited(sentence);
}

// An address that asked for what is refused does not ask again.
void Page::refuse_awaited(std::string sentence) {
    awaited_.reset();
    view_.asked_refused(std::move(sentence));
    if (client_.state().room(view_.open_room()) == nullptr) platform::replace_path("/");
}

// What stands nowhere to be retried is at least told.
void Page::tell_refused(OpId op, std::string sentence) {
    bool is_shown = false;
    for (const auto& message : client_.state().pending) {
        if (message.op != op || message.stage != client::PendingMessage::Stage::failed) continue;
        view_.announce("Not sent: " + message.text.str());
        is_shown = true;
    }
    for (const auto& change : client_.state().pending_changes) {
        const auto edit = ui::failed_edit(change);
        if (!edit || edit->op != op) continue;
        view_.announce("Your edit was not made: " + edit->text.str());
        is_shown = true;
    }
    if (is_shown) return;
    view_.announce("That was not done. " + sentence);
    view_.note("That was not done. " + std::move(sentence));
    frames_.wake(Reason::socket, 2);
}

// --- entering

void Page::enter(bool creating, const std::string& name, const std::string& password, const std::string& invite) {
    entering_ = true;
    entrance_error_.clear();
    if (creating)
        client_.register_account(name, password, invite);
    else
        client_.log_in(name, password);
    client_.start(now());
    show_entrance({});
    settle(Reason::mirror);
}

bool Page::press(std::string_view key, bool alt, bool shift, bool control) {
    if (!client_.state().logged_in()) return false;
    if (control) return !alt && open_by_key(key, shift);
    const auto wish = [&]() -> std::optional<ui::Key> {
        if (key == "Escape" && !alt) return shift ? ui::Key::mark_all_read : ui::Key::escape;
        if (key == "PageUp" && !alt && !shift) return ui::Key::page_up;
        if (key == "PageDown" && !alt && !shift) return ui::Key::page_down;
        if (key == "ArrowUp" && alt) return shift ? ui::Key::previous_unread : ui::Key::previous_room;
        if (key == "ArrowDown" && alt) return shift ? ui::Key::next_unread : ui::Key::next_room;
        return std::nullopt;
    }();
    if (!wish || !view_.press(client_.state(), *wish)) return false;
    settle(Reason::key);
    frames_.wake(Reason::key, 2);
    return true;
}

// With Ctrl held.
bool Page::open_by_key(std::string_view key, bool shift) {
    const bool k = key == "k" || key == "K";
    const bool backslash = key == "\\" || key == "|";
    if (shift && backslash)
        view_.react_to_latest(client_.state());
    else if (key == "/")
        view_.show_dialog(client_.state(), ui::Dialog::help);
    else if (k)
        view_.show_dialog(client_.state(), shift ? ui::Dialog::direct_message : ui::Dialog::go_to);
    else
        return false;
    frames_.wake(Reason::key, 2);
    return true;
}

// --- rooms and addresses

std::string Page::path_of(const client::Room& room) const {
    if (room.kind == RoomKind::direct) return "/d/" + client_.state().title_of(room);
    return "/r/" + std::to_string(room.id.value()) + "/" + (room.is_chat() ? "chat" : room.name.str());
}

void Page::open(RoomId id, bool new_entry) {
    const auto* room = client_.state().room(id);
    if (room == nullptr) {
        expected_ = id;
        return;
    }
    view_.open(client_.state(), id);
    if (new_entry)
        platform::push_path(path_of(*room));
    else
        platform::replace_path(path_of(*room));
    if (!room->timeline.loaded()) client_.load_latest(id);
    show_title();
    frames_.wake(Reason::route, 2);
}

const client::Room* Page::room_of_path(const std::string& path) const {
    const auto& state = client_.state();
    if (path.starts_with("/d/")) return state.direct_with(std::string_view(path).substr(3, path.find('/', 3) - 3));
    if (!path.starts_with("/r/")) return nullptr;
    std::uint64_t id = 0;
    std::from_chars(path.data() + 3, path.data() + path.size(), id);
    return state.room(RoomId(id));
}

// The address says which room; without one it is the first.
void Page::open_by_path(bool at_entry) {
    const auto& state = client_.state();
    if (!state.logged_in()) return;
    const std::string path = platform::current_path();
    if (const auto* room = room_of_path(path)) {
        const auto message = platform::current_message();
        open(room->id, false);
        if (message != 0) view_.go_to(Ordinal(message));
        return;
    }
    if (path.starts_with("/d/")) {
        if (const auto* person = state.person_named(std::string_view(path).substr(3))) {
            await(client_.open_direct_chat(person->user));
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

// Back first takes away what covers the page.
void Page::go_back_or_on() {
    if (!std::exchange(covered_, false)) return open_by_path(false);
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
    if (expected_.names_something() && state.room(expected_) != nullptr) {
        open(std::exchange(expected_, {}), true);
        return true;
    }
    if (lacks_room()) {
        open_by_path(true);
        return true;
    }
    const auto* room = state.room(view_.open_room());
    return room != nullptr && !room->timeline.loaded() && !room->timeline.loading_newer() &&
           client_.load_latest(room->id) != 0;
}

// None is open, none is on its way, and the list has some. A direct chat that the address asks for is on its way until
// it is there or refused.
bool Page::lacks_room() const {
    const auto& state = client_.state();
    if (!state.logged_in() || state.rooms.empty() || expected_.names_something()) return false;
    if (state.room(view_.open_room()) != nullptr) return false;
    return !awaited_ || room_of_path(platform::current_path()) != nullptr;
}

void Page::show_title() const {
    const auto& state = client_.state();
    const auto unread = state.logged_in() ? state.unread_in_all() : 0;
    platform::mark_icon(unread != 0);
    if (!state.logged_in()) return platform::set_title("Parley");
    std::string title = unread != 0 ? "(" + std::to_string(unread) + ") " : "";
    if (const auto to_her = state.mentions_in_all(); to_her != 0) title += "@" + std::to_string(to_her) + " · ";
    if (const auto* room = state.room(view_.open_room()))
        title += (room->is_chat() ? "@" : "#") + state.title_of(*room) + " – ";
    platform::set_title(title + "Parley");
}

void Page::show_entrance(const std::string& error) {
    entrance_shown_ = true;
    const auto& state = client_.state();
    platform::show_entrance(true, entering_, error,
                            state.registration_known ? static_cast<std::uint8_t>(state.registration) : 0);
}

void Page::report_presence() {
    client_.report_presence(platform::is_visible() && !idle_ ? Presence::online : Presence::away);
}

// Who is there and types interests whoever looks.
void Page::watch_what_is_shown() {
    const auto open = view_.open_room();
    client_.watch(platform::is_visible() && open.names_something() ? std::vector{open} : std::vector<RoomId>());
}

// Called with every movement of a pointer: the alarm that runs looks by itself how long ago the last one was.
void Page::touched() {
    touched_at_ = platform::monotonic_ms();
    if (std::exchange(idle_, false)) {
        report_presence();
        settle(Reason::pointer);
        look_whether_idle();
    }
}

void Page::look_whether_idle() {
    const auto idle_at = touched_at_ + limits::kIdleAfter / std::chrono::milliseconds(1);
    const auto time = platform::monotonic_ms();
    if (time < idle_at) return idle_alarm_.set(idle_at, time);
    idle_ = true;
    report_presence();
    settle(Reason::time);
}

// --- frames

void Page::draw() {
    if (display_.lost()) return;
    const auto began = platform::precise_ms();
    const auto painted = view_.runs().painted();
    display_.begin_frame();
    const ui::Environment around{{0, 0, display_.width(), display_.height()},
                                 platform::monotonic_ms(),
                                 client_.state_version(),
                                 platform::is_visible() && platform::has_focus(),
                                 platform::is_touched(),
                                 platform::is_calm(),
                                 theme_choice_,
                                 platform::has_contrast(),
                                 client_.state().server_time(platform::wall_time())};
    const auto operations = view_.draw(client_.state(), around, ImGui::GetIO().DisplayFramebufferScale.x);
    display_.end_frame(view_.runs().painted());
    platform::apply_to_mirror(operations);
    frame_times_.add(platform::precise_ms() - began, view_.laid_out() != 0 || view_.runs().painted() != painted);
    if (first_frame_ms_ == 0) first_frame_ms_ = platform::monotonic_ms();
    if (first_message_ms_ == 0 && view_.drew_message()) first_message_ms_ = platform::monotonic_ms();
    if (view_.moving()) frames_.wake(Reason::motion, 1);
    if (platform::input_waits()) frames_.wake(Reason::pointer, 1);
    const auto soonest = view_.next_change(client_.state(), around.monotonic_ms);
    const auto midnight = around.monotonic_ms + platform::ms_to_midnight() + 1000;
    frames_.wake_at(std::min(soonest.value_or(midnight), midnight), around.monotonic_ms);
    settle(Reason::socket);
}

std::string Page::stats() const {
    const auto number = [](std::string_view name, std::uint64_t value) {
        return "\"" + std::string(name) + "\":" + std::to_string(value);
    };
    std::string reasons;
    for (std::size_t i = 0; i < platform::kReasonNames.size(); ++i)
        reasons += (i == 0 ? "" : ",") + number(platform::kReasonNames[i], frames_.drawn(static_cast<Reason>(i)));
    std::string json = "{" + number("frames", frames_.drawn()) + ",\"framesByReason\":{" + reasons + "}";
    json += "," + number("messagesReceived", messages_received_);
    json += "," + number("firstFrameMs", static_cast<std::uint64_t>(first_frame_ms_));
    json += "," + number("firstMessageMs", static_cast<std::uint64_t>(first_message_ms_));
    json += "," + number("semanticNodes", view_.semantic_nodes());
    json += "," + number("lineSpans", view_.line_spans());
    json += "," + number("foundNodes", view_.found_nodes());
    return json + "," + number("textureBytes", display_.texture_bytes() + view_.runs().texture_bytes()) + "}";
}

}  // namespace parley
