// Page: what the brain tells.
#include "markup/markup.hpp"
#include "page.hpp"
#include "ui/failed_edit.hpp"

namespace parley {

using platform::Reason;

namespace {

std::string nick_of(const client::ChatState& state, UserId user) {
    const auto* person = state.person(user);
    return person != nullptr ? person->nick.str() : "Somebody";
}

class CurrentNames final : public markup::Names {
  public:
    explicit CurrentNames(const client::ChatState& state) : state_(state) {}
    [[nodiscard]] std::string name_of(UserId person) const override { return nick_of(state_, person); }
    [[nodiscard]] std::string name_of(RoomId room) const override {
        const auto* known = state_.room(room);
        return known != nullptr ? state_.title_of(*known) : "a room";
    }

  private:
    const client::ChatState& state_;
};

// As it is said aloud: with names and without marks. What is hidden stays so.
std::string spoken(const client::ChatState& state, std::string_view source) {
    return markup::plain_text_of(markup::parse(source), source, CurrentNames(state), markup::Spoilers::named);
}

}  // namespace

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
    if (client_.state().room(expected_.room) == nullptr) expected_ = {};  // it is in no list: another one opens
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
    awaited_.clear();
    entrance_error_ = notice.why;
    platform::replace_path("/");
    show_entrance(entrance_error_);
    client_.start(now());
}

void Page::learn(const client::MessageArrived& notice) {
    if (!notice.live) return;
    ++messages_received_;
    const auto& state = client_.state();
    if (!view_.shows(notice.room) || notice.message.author == state.self) return;
    if (state.has_blocked(notice.message.author)) return;
    const auto* room = state.room(notice.room);
    const std::string_view where = notice.room == view_.open_room()       ? ""
                                   : room != nullptr && room->is_thread() ? " in the thread"
                                                                          : " in the room";
    view_.announce(nick_of(state, notice.message.author) + std::string(where) + ": " +
                   spoken(state, notice.message.text.view()));
}

// Whoever is brought somewhere is told; the others see it in the room.
void Page::learn(const client::Invited& notice) {
    const auto& state = client_.state();
    const auto* room = state.room(notice.room);
    if (notice.user != state.self || room == nullptr) return;
    const auto words = nick_of(state, notice.by) + " has brought you into #" + state.title_of(*room) + ".";
    view_.announce(words);
    view_.note(words);
}

void Page::learn(const client::OperationDone& notice) {
    say_what_waits(notice.op, notice.room);
    const auto awaited = awaited_.extract(notice.op);
    if (awaited.empty()) return;
    view_.asked_done(awaited.mapped().asker);
    if (!awaited.mapped().leads_to_room || !notice.room.names_something()) return;
    expected_ = {notice.room, awaited.mapped().message};
}

void Page::learn(const client::OperationRefused& notice) {
    if (is_retryable(notice.reason)) return;  // it stays in the outbox and is sent again
    const auto sentence = notice.sentence.empty() ? std::string(sentence_of(notice.reason)) : notice.sentence;
    give_back_what_waits(notice.op, sentence);
    const auto awaited = awaited_.extract(notice.op);
    if (awaited.empty()) return tell_refused(notice.op, sentence);
    refuse(awaited.mapped(), sentence);
}

// An address that asked for what is refused does not ask again.
void Page::refuse(const Awaited& what, std::string sentence) {
    view_.asked_refused(what.asker, std::move(sentence));
    if (what.leads_to_room && client_.state().room(view_.open_room()) == nullptr) platform::replace_path("/");
}

// What stands nowhere to be retried is at least told.
void Page::tell_refused(OpId op, std::string sentence) {
    bool is_shown = false;
    for (const auto& message : client_.state().pending) {
        if (message.op != op || message.stage != client::PendingMessage::Stage::failed) continue;
        view_.announce("Not sent: " + spoken(client_.state(), message.text.view()));
        is_shown = true;
    }
    for (const auto& change : client_.state().pending_changes) {
        const auto edit = ui::failed_edit(change);
        if (!edit || edit->op != op) continue;
        view_.announce("Your edit was not made: " + spoken(client_.state(), edit->text.view()));
        is_shown = true;
    }
    if (is_shown) return;
    view_.announce("That was not done. " + sentence);
    view_.note("That was not done. " + std::move(sentence));
    frames_.wake(Reason::socket, 2);
}

}  // namespace parley
