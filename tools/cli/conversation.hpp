// One run of parley-cli: takes commands in order, carries each out before the next begins (posts flow through the
// outbox meanwhile), prints what happens. One thread, the io_context's.
#pragma once

#include <deque>
#include <functional>
#include <optional>
#include <unordered_map>

#include "cli/command.hpp"
#include "cli/input_lines.hpp"
#include "cli/printer.hpp"
#include "client_native/native_client.hpp"
#include "event_log/recorder.hpp"

namespace parley::cli {

class Conversation final : public LineReader {
  public:
    // `finished` is called once, with the exit code: 0, or 1 if the server did not let her in.
    Conversation(native::NativeClient& client, Printer& printer, std::string name, bool json,
                 std::function<void(int)> finished);

    void happened(const client::Notice& notice);
    // Called when a command has been carried out: more lines can be taken.
    void on_room_for_more(std::function<void()> call) { room_for_more_ = std::move(call); }
    // Told of each post and notice; must outlive the conversation.
    void record_into(event_log::Recorder& recorder) { recorder_ = &recorder; }
    // A signal: stop now, whatever is not settled. The exit code says if something was not.
    void interrupt();

    // --- LineReader
    void take_line(std::string_view line) override;
    void line_was_too_long() override;
    void input_ended() override;
    [[nodiscard]] bool takes_more() const override;

  private:
    // What the command at the front has reached. Queries are asked again after a lost connection.
    struct Progress {
        RequestId request = 0;
        bool answered = false;
        bool knows_pins = false;
        std::optional<OpId> op;
        bool settled = false;  // done or refused
        bool done = false;
        bool rooms_changed = false;
        RoomId room;
    };
    enum class Step : std::uint8_t { finished, waits };

    void work();
    [[nodiscard]] Step carry_out(const Command& command);
    [[nodiscard]] Step join(const Command& command);
    [[nodiscard]] Step post(const Command& command, RoomId room);
    [[nodiscard]] Step post_to_named(const Command& command);
    [[nodiscard]] Step history(const Command& command);
    [[nodiscard]] Step direct(const Command& command);
    [[nodiscard]] Step rooms();
    [[nodiscard]] Step create(const Command& command);
    [[nodiscard]] Step leave(const Command& command);
    [[nodiscard]] Step nick(const Command& command);
    [[nodiscard]] Step read(const Command& command);
    [[nodiscard]] Step unread(const Command& command);
    [[nodiscard]] Step typing(const Command& command);
    [[nodiscard]] Step help();
    [[nodiscard]] Step quit();
    [[nodiscard]] bool everything_is_sent() const;
    // Of messages: like posts they flow, and the next command does not wait for them.
    [[nodiscard]] Step change_message(const Command& command);
    [[nodiscard]] std::optional<OpId> ask_change(const Command& command, RoomId room);
    [[nodiscard]] Step pins(const Command& command);
    [[nodiscard]] Step thread(const Command& command);
    [[nodiscard]] Step in_opened_thread(const Command& command);
    // Of rooms (conversation_rooms.cpp).
    [[nodiscard]] Step show_topic(const Command& command);
    [[nodiscard]] Step change_room(const Command& command);
    [[nodiscard]] Step let_post(const Command& command, RoomId room);
    [[nodiscard]] Step take_in(const Command& command);
    [[nodiscard]] Step group(const Command& command);
    // Says it in the chat that it was for, or goes there.
    [[nodiscard]] Step in_chat(const Command& command, const client::Room& room);
    [[nodiscard]] const Profile* person_in(std::string_view word) const;
    [[nodiscard]] std::optional<std::vector<UserId>> people_in(std::string_view words) const;
    // --- people (conversation_people.cpp)
    [[nodiscard]] Step who(const Command& command);
    [[nodiscard]] Step status(const Command& command);
    [[nodiscard]] Step availability(const Command& command);
    [[nodiscard]] Step block(const Command& command);
    [[nodiscard]] Step person(const Command& command);
    [[nodiscard]] ShownPerson shown_person(const Profile& profile, Presence presence) const;
    [[nodiscard]] Step change(std::optional<OpId> op, const Command& command);
    [[nodiscard]] Step say_when_done(const std::string& sentence);
    [[nodiscard]] Step refuse(const Command& command, std::string_view reason, std::string_view sentence);
    [[nodiscard]] Step directory_first();
    [[nodiscard]] Step enter(const Command& command, const client::Room& room);
    [[nodiscard]] Step enter_when_heard();
    [[nodiscard]] const client::Room* room_once_heard();
    void say_it_is_gone(const Command& command);
    // The room that a command names, or the one last used; refused with a sentence if there is none.
    [[nodiscard]] const client::Room* find_room(std::string_view name) const;
    [[nodiscard]] Step no_room(const Command& command);

    void on(const client::ConnectionChanged& changed);
    void on(const client::LoggedIn&) {}
    void on(const client::LoginRefused& refused);
    void on(const client::SessionEnded& ended);
    void on(const client::MessageArrived& arrived);
    void on(const client::MessageChanged& changed);
    void on(const client::RoomChanged& changed);
    void on(const client::Invited& invited);
    void on(const client::OperationDone& done);
    void on(const client::OperationRefused& refused);
    void on(const client::OperationPending& pending);
    void on(const client::StorageFailed& failed) { printer_.error("not_saved", failed.why); }
    void on(const client::QueryRefused& refused);
    void on(const client::HistoryLoaded& loaded);
    void on(const client::MessagesLoaded& loaded);
    void on(const client::PinsLoaded& loaded);
    void on(const client::MembersLoaded& loaded) { note_answer(loaded.request); }
    void on(const client::PersonLookedUp& seen) { note_answer(seen.request); }
    void on(const client::DirectoryLoaded& loaded) { note_answer(loaded.request); }
    void on(const client::RoomSubscribed&) {}
    void on(const client::RoomsChanged&) { progress_.rooms_changed = true; }
    void on(const client::RoomWasReset& reset);
    void on(const client::ReadsSent&) {}  // quit may wait for it
    void note_answer(RequestId request) { progress_.answered |= request == progress_.request; }
    void say_ready_when_it_is();
    void finish(int code);

    [[nodiscard]] const client::ChatState& state() const { return client_.state(); }
    [[nodiscard]] std::string title(RoomId room) const;
    [[nodiscard]] std::string title_in(const Command& command, RoomId room) const;
    [[nodiscard]] std::string account(UserId user) const;
    [[nodiscard]] ShownMessage shown(const Message& message) const;
    [[nodiscard]] ShownRoom shown(const client::Room& room) const;

    struct Tag {
        std::string op;
        RoomId room;
    };

    native::NativeClient& client_;
    Printer& printer_;
    event_log::Recorder* recorder_ = nullptr;
    std::string name_;
    bool json_;
    std::function<void(int)> finished_;
    std::function<void()> room_for_more_;
    std::deque<Command> waiting_;
    Progress progress_;
    std::unordered_map<OpId, Tag> tags_;  // of operations that are not settled: as many as the outbox holds
    std::vector<Message> history_;
    RoomId current_;
    bool ready_ = false;
    bool over_ = false;
};

}  // namespace parley::cli
