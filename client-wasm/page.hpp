// Ties the three together: the client's brain (shared/client), the screen (ui) and the browser (platform). Performs the
// brain's effects and the person's wishes. State, title and unread counts change here, in the callback that brought the
// news; a frame only draws. One per page, for ever; main thread.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "client/client.hpp"
#include "composing/slash_command.hpp"
#include "frame_times.hpp"
#include "platform/alarm.hpp"
#include "platform/browser_letterer.hpp"
#include "platform/display.hpp"
#include "platform/dom_layer.hpp"
#include "platform/frames.hpp"
#include "platform/input.hpp"
#include "platform/page_state.hpp"
#include "platform/socket.hpp"
#include "platform/storage.hpp"
#include "ui/view.hpp"

namespace parley {

class Page {
  public:
    Page();
    void start();

  private:
    // --- after anything happened
    void settle(platform::Reason reason);
    void carry_out();
    void perform(client::OpenSocket wish);
    void perform(const client::CloseSocket& wish);
    void perform(const client::SendFrame& wish);
    void perform(const client::SaveSession& wish);
    void perform(const client::KeepOperation& wish);
    void perform(const client::ForgetOperation& wish) { platform::forget_operation(wish.op); }
    void perform(const client::ReleaseOutbox& wish);
    void perform(const client::ForgetOthers& wish);
    void perform(const client::ForgetView&) { platform::forget_view(); }
    void name_connection();
    void set_alarm();

    // --- what is kept on this device
    void listen_to_storage();
    void begin(std::span<const std::byte> view, std::vector<platform::KeptDraft> drafts);
    void take_late(std::vector<platform::KeptDraft> drafts);
    void restore_drafts();
    void hold_drafts();
    void look_for_orphans();
    void take_orphan(OutboxId outbox, const std::vector<Buffer>& operations, std::uint64_t place);
    void offer_orphans();
    void save_view_later();
    void save_view();

    // --- what the brain tells
    void learn(const client::ConnectionChanged& notice);
    void learn(const client::LoggedIn& notice);
    void learn(const client::LoginRefused& notice);
    void learn(const client::SessionEnded& notice);
    void learn(const client::MessageArrived& notice);
    void learn(const client::Invited& notice);
    void learn(const client::OperationDone& notice);
    void learn(const client::OperationRefused& notice);
    // A room that is opened as soon as it is in the list, at this message where there is one.
    struct Expected {
        RoomId room;
        Ordinal message;
    };
    // What she waits for: its room is opened when it is there, and a refusal is told where it was asked for.
    struct Awaited {
        ui::Asker asker = ui::Asker::nobody;
        bool leads_to_room = false;
        Ordinal message;  // of that room, which is shown
    };
    void refuse(const Awaited& what, std::string sentence);
    void tell_refused(OpId op, std::string sentence);
    template <class Notice>
    void learn(const Notice&) {}  // the screen draws the state

    // --- what the person wants
    using Typed = ui::Typed;  // the draft that an operation was before
    void keep_draft(RoomId room, const std::string& unfinished);
    void obey(const ui::intent::OpenRoom& wish) { go_to(wish.room); }
    void obey(const ui::intent::TurnTo& wish) { open(wish.room, false); }
    void obey(const ui::intent::OpenThread& wish);
    void obey(const ui::intent::CloseThread& wish);
    void obey(const ui::intent::Post& wish);
    void obey(const ui::intent::Reply& wish);
    void obey(const ui::intent::Edit& wish);
    void obey(const ui::intent::Delete& wish) { client_.remove(wish.room, wish.message); }
    void obey(const ui::intent::React& wish) { client_.react(wish.room, wish.message, wish.emoji, wish.on); }
    void obey(const ui::intent::Pin& wish) { client_.pin(wish.room, wish.message, wish.on); }
    void obey(const ui::intent::LoadMessage& wish);
    void obey(const ui::intent::GoTo& wish);
    void obey(const ui::intent::Retry& wish) { client_.retry(wish.op); }
    void obey(const ui::intent::Discard& wish) { client_.discard(wish.op); }
    void obey(const ui::intent::LoadLatest& wish) { client_.load_latest(wish.room); }
    void obey(const ui::intent::LoadOlder& wish) { client_.load_older(wish.room); }
    void obey(const ui::intent::LoadNewer& wish) { client_.load_newer(wish.room); }
    void obey(const ui::intent::LoadAround& wish) { client_.load_around(wish.room, wish.at); }
    void obey(const ui::intent::ListMembers& wish);
    void obey(const ui::intent::ListPins& wish);
    void obey(const ui::intent::Forward& wish);
    void obey(const ui::intent::CopyLink& wish);
    void obey(const ui::intent::MarkRead& wish) { client_.mark_read(wish.room, wish.read); }
    void obey(const ui::intent::MarkUnread& wish) { client_.mark_unread(wish.room, wish.first); }
    void obey(const ui::intent::GoToDay& wish);
    void obey(const ui::intent::LoadAt& wish);
    void obey(const ui::intent::Tell& wish) { send(wish.room, wish.to, wish.text, {wish.room, wish.to, wish.typed}); }
    void obey(const ui::intent::KeepDraft& wish) { keep_draft(wish.room, wish.text); }
    void obey(const ui::intent::KeepPreview& wish) { platform::keep_preview(wish.wanted); }
    void obey(const ui::intent::ReplaceText& wish);
    void obey(const ui::intent::SayTyping& wish) { client_.typing(wish.room, now()); }
    void obey(const ui::intent::CreateRoom& wish);
    void obey(const ui::intent::SetTopic& wish) { await(client_.set_topic(wish.room, wish.topic)); }
    void obey(const ui::intent::RenameRoom& wish) { await(client_.rename_room(wish.room, wish.name)); }
    void obey(const ui::intent::MakePrivate& wish) { await(client_.make_private(wish.room)); }
    void obey(const ui::intent::LetNewcomersRead& wish);
    void obey(const ui::intent::LetPost& wish);
    void obey(const ui::intent::SetPoster& wish) { await(client_.set_poster(wish.room, wish.person, wish.on)); }
    void obey(const ui::intent::Archive& wish) { await(client_.archive(wish.room, wish.on)); }
    void obey(const ui::intent::Invite& wish) { await(client_.invite(wish.room, wish.person)); }
    void obey(const ui::intent::SetFavourite& wish) { client_.set_favourite(wish.room, wish.on); }
    void obey(const ui::intent::OpenGroupChat& wish);
    void obey(const ui::intent::JoinRoom& wish) { await_room(client_.join_room(wish.room)); }
    void obey(const ui::intent::LeaveRoom& wish) { client_.leave_room(wish.room); }
    void obey(const ui::intent::OpenDirectChat& wish);
    void obey(const ui::intent::ListRooms&) { client_.list_rooms(); }
    void obey(const ui::intent::SetNick& wish) { await(client_.set_nick(wish.nick)); }
    void obey(const ui::intent::SetStatus& wish) { set_status(wish.status, wish.minutes); }
    void obey(const ui::intent::SetAvailability& wish) { client_.set_availability(wish.availability); }
    void obey(const ui::intent::Block& wish) { client_.block(wish.person, wish.on); }
    void obey(const ui::intent::LookUp& wish) { client_.look_up(wish.person); }
    void obey(const ui::intent::ChooseTheme& wish) { platform::choose_theme(wish.name); }
    void obey(const ui::intent::KeepEmojiHabits& wish) { platform::keep_emoji_habits(wish.line); }
    void obey(const ui::intent::CopyText& wish) { platform::copy_text(wish.text); }
    void obey(const ui::intent::ChooseContrast& wish) { platform::choose_contrast(wish.more); }
    void obey(const ui::intent::LogOut&) { client_.log_out(); }
    void await(std::optional<OpId> op) { std::ignore = await_if_kept(op); }
    void await_room(std::optional<OpId> op, Ordinal message = {}) { await(op, {view_.asker(), true, message}); }
    void await(std::optional<OpId> op, const Awaited& what);
    // False: it cannot be kept until it is sent, and she has been told.
    [[nodiscard]] bool await_if_kept(std::optional<OpId> op);
    [[nodiscard]] bool awaits_room() const;
    [[nodiscard]] const client::Room* direct_chat_with(UserId person) const;
    // What cannot be sent comes back to the field as it was typed.
    void say(const Typed& typed);
    void post(RoomId room, Ordinal to, const std::string& source, const Typed& typed);
    void send(RoomId room, Ordinal to, const std::string& text, const Typed& typed);
    [[nodiscard]] std::string sent_for(const std::string& source) const;

    // --- commands
    // What is said in a direct chat as soon as the server has made it, by the operation that asks for it: so there are
    // never more of them than unsent operations.
    struct Waiting {
        UserId owner;
        std::string words;
        Typed typed;
    };
    void run(const composing::SlashCommand& command, const Typed& typed);
    void run_on_text(composing::CommandName name, const std::string& text, const Typed& typed);
    void change_nick(std::string_view nick, const Typed& typed);
    bool set_status(const std::string& typed, std::uint32_t minutes);  // false: told why not
    void change_status(std::string_view time_and_status);
    void change_availability(composing::CommandName name);
    void block(std::string_view person, bool on, const Typed& typed);
    void tell_topic(RoomId room);
    void set_topic(std::string_view words, const Typed& typed);
    void rename(std::string_view name, const Typed& typed);
    void invite(std::string_view person, const Typed& typed);
    void make_favourite(RoomId room);
    void write_to(std::string_view person_and_text, const Typed& typed);
    void enter_room(std::string_view name, const Typed& typed);
    void jump_to_day(std::string_view day, const Typed& typed);
    void say_what_waits(OpId op, RoomId room);
    void give_back_what_waits(OpId op, const std::string& sentence);
    [[nodiscard]] bool waits_to_say(RoomId room) const;  // what was typed there
    void give_back_unsaid(const Typed& typed, const std::string& why);
    void give_back(const Typed& typed, std::string why);
    // A command that cannot be done as it stands: it comes back to the field, to be put right, and why is said.
    void hand_back(const Typed& typed, std::string why);
    void enter(bool creating, const std::string& name, const std::string& password, const std::string& invite);
    bool open_by_key(std::string_view key, bool shift);
    bool press(std::string_view key, bool alt, bool shift, bool control);

    // --- rooms and addresses
    void open(RoomId room, bool new_entry);
    void go_to(RoomId room);  // as she wants it herself
    void expect_no_room();
    void open_by_path(bool new_entry);
    [[nodiscard]] std::string path_of_shown() const;  // empty: no room is open
    void keep_path();                                 // which changes with the name of the room
    void go_back_or_on();
    void keep_cover();  // in the browser's history
    [[nodiscard]] const client::Room* room_of_path(const std::string& path) const;
    bool open_expected();
    [[nodiscard]] static RoomId id_in_path(const std::string& path);
    [[nodiscard]] static std::optional<Ordinal> thread_of_path(const std::string& path);
    [[nodiscard]] bool lacks_room() const;
    [[nodiscard]] std::string path_of(const client::Room& room) const;
    void show_title() const;
    void show_entrance(const std::string& error);
    void report_presence();
    void watch_what_is_shown();
    void touched();  // she is at this device
    void look_whether_idle();

    // --- frames
    void draw();
    [[nodiscard]] client::Now now() const { return {platform::monotonic_ms(), platform::wall_time()}; }
    [[nodiscard]] std::string stats() const;

    client::Client client_;
    platform::BrowserLetterer letterer_;
    ui::View view_;
    platform::Socket socket_;
    platform::Frames frames_;
    platform::Alarm alarm_;
    platform::Alarm view_alarm_;
    platform::Alarm idle_alarm_;
    platform::Display display_;
    platform::PageChanges changes_;
    platform::DomHandlers dom_;
    platform::InputHandlers input_;
    platform::StorageHandlers storage_;
    std::function<void()> went_;
    std::function<void()> fonts_changed_;

    FrameTimes frame_times_;
    std::uint64_t drawn_version_ = 0;
    std::uint64_t saved_version_ = 0;
    std::size_t saved_view_ = 0;  // a hash of its bytes: presence and typing are no reason to write
    bool view_is_due_ = false;
    bool looked_for_orphans_ = false;
    std::vector<client::SavedOutbox> orphans_;  // this tab's, not taken by the client yet
    std::vector<platform::KeptDraft> drafts_;   // of the visit or session before, until it is known who is here
    UserId owner_;                              // whose things are on this device
    std::uint64_t connection_id_ = 0;
    bool settling_ = false;
    std::string path_;       // of what is shown, as the address was told last
    bool covered_ = false;   // the history has an entry for what covers the page
    bool entering_ = false;  // a name and password are on their way
    bool entrance_shown_ = true;
    std::string entrance_error_;
    std::string theme_choice_;
    std::map<OpId, Awaited> awaited_;  // of more than limits::kUnansweredPerSession the latest
    std::map<OpId, Waiting> said_to_;
    std::map<OpId, platform::Written> written_;  // until it is kept, which is asked for in the same turn
    Expected expected_;
    std::set<std::pair<RoomId, Ordinal>> messages_asked_;  // on this connection
    std::set<RoomId> members_asked_;                       // on this connection
    std::set<RoomId> pins_asked_;                          // likewise
    std::int64_t touched_at_ = 0;
    bool idle_ = false;  // nobody has touched this device for limits::kIdleAfter
    std::uint64_t messages_received_ = 0;
    std::int64_t first_frame_ms_ = 0;
    std::int64_t first_message_ms_ = 0;
};

}  // namespace parley
