#include "page.hpp"

#include <imgui.h>

#include <algorithm>

#include "platform/glyphs.hpp"

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
        keep_path();
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
        for (const auto wishes = view_.take_intents(); const auto& wish : wishes.all())
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

void Page::show_entrance(const std::string& error) {
    entrance_shown_ = true;
    const auto& state = client_.state();
    platform::show_entrance(true, entering_, error,
                            state.registration_known ? static_cast<std::uint8_t>(state.registration) : 0);
}

// --- whether somebody is here

void Page::report_presence() {
    client_.report_presence(platform::is_visible() && !idle_ ? Presence::online : Presence::away);
}

// Who is there and types interests whoever looks.
void Page::watch_what_is_shown() {
    std::vector<RoomId> shown;
    for (const auto room : {view_.open_room(), view_.room_beside()})
        if (platform::is_visible() && room.names_something()) shown.push_back(room);
    client_.watch(std::move(shown));
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
