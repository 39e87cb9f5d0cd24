// What a Client is made of. Its parts know nothing of each other; Core lets them meet. The overloads of apply()
// (apply.hpp) change it with what the server says, Client's methods with what its person wants. One thread; nothing
// calls back.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "client/catch_up.hpp"
#include "client/changes_meanwhile.hpp"
#include "client/link.hpp"
#include "client/login.hpp"
#include "client/outboxes.hpp"
#include "client/store_answers.hpp"
#include "client/timeline.hpp"
#include "client/unread_count.hpp"
#include "client/unread_mentions.hpp"

namespace parley::client {

// A query that waits for its answer.
struct Query {
    enum class Kind : std::uint8_t {
        history,
        latest,
        older,
        newer,
        around,
        directory,
        members,
        sync,
        person,
        messages,
        pins
    };
    Kind kind = Kind::history;
    RoomId room;
    std::vector<Ordinal> wanted = {};  // messages
    UserId person = {};

    // What it brings is kept, and kept as of now.
    [[nodiscard]] bool brings_messages() const {
        return kind >= Kind::latest && kind != Kind::directory && kind != Kind::members && kind != Kind::sync &&
               kind != Kind::person;
    }
};

// What Core keeps of a room beside what everybody may see.
struct RoomWork {
    bool fresh = true;     // nothing of its log has been applied: it starts where its summary was read
    bool resumed = false;  // its position was named in the Resume of this connection
    UnreadCount unread;
    Sequence live_from;    // events above were published while this client listened
    Sequence about_as_of;  // what is known of the room itself holds the events up to here
    UnreadMentions mentions;
    bool turn_is_unsaid = false;  // she marked it unread, and that was not sent yet
    RequestId members_request = 0;
    ChangesMeanwhile changes;  // while a query that brings messages is under way
    Sequence pins_as_of;
    Sequence dropped_at;  // no message is kept from before this
    std::int64_t typing_told_at = 0;
};

// A subscription that overtook its RoomAdded, and the last event that was dropped for want of the room.
struct EarlySubscription {
    Subscribed subscribed;
    Sequence seen;
};

class Core {
  public:
    Core(Settings client_settings, std::uint64_t seed);

    // --- the connection
    void frame(std::span<const std::byte> bytes);
    void lost(std::uint16_t code, std::string_view reason);
    void fail(CloseCode code, const std::string& why);  // the server made no sense, or nothing at all
    void rest(const std::string& why);                  // stay away until somebody logs in
    void forget_connection();
    void time_passed();
    [[nodiscard]] std::optional<std::int64_t> deadline() const;

    // --- the person
    void log_in_when_possible();
    void want(Login::Wish wish);
    void want(const SavedSession& session);
    void log_out();
    void refuse_wish(Refusal reason);
    void login_refused(const Refused& refused);
    void end_session(const std::string& why);
    void forget_person();
    void save_session();

    // --- changes
    template <class Message>
    std::optional<OpId> change(Message message);
    std::optional<OpId> post(RoomId room, std::string_view text, Ordinal reply_to,
                             std::optional<OpId> instead_of = std::nullopt);
    std::optional<OpId> change_message(PendingChange::Change wish, std::optional<OpId> instead_of = std::nullopt);
    std::optional<OpId> retry(OpId failed);
    bool discard(OpId failed);
    void pump();  // sends what the outboxes may send now
    void settled(OpId op, RoomId room, Sequence sequence, Ordinal ordinal);
    void operation_refused(OpId op, const Refused& refused);
    void confirm_results();
    void confirm_at_once(Outbox& outbox);
    void heard_own(OpId op, RoomId room, Sequence sequence, Ordinal ordinal);
    void own_the_outbox(UserId user);
    void drop_outboxes();

    // --- what outlives this program
    void operation_kept(OpId op);
    void operation_not_kept(OpId op, std::string_view why);
    void operation_forgotten(OpId op);
    void give_up_on_storage();  // whose answers are overdue
    bool restore(const SavedView& view);
    [[nodiscard]] Adoption adopt(const SavedOutbox& orphan);
    [[nodiscard]] std::optional<SavedView> view_to_save() const;

    // --- queries
    template <class Make>
    RequestId ask(Query query, Make make);
    RequestId ask_history(Query::Kind kind, RoomId room, HistoryDirection direction, Ordinal at, std::uint16_t limit);
    RequestId ask_timeline(Query::Kind kind, RoomId room, HistoryDirection direction, Ordinal at);
    RequestId ask_timeline_at(RoomId room, Timestamp time);
    RequestId ask_members(RoomId room);
    RequestId ask_person(UserId person);
    RequestId ask_messages(RoomId room, std::vector<Ordinal> ordinals);
    RequestId ask_pins(RoomId room);
    [[nodiscard]] std::optional<Query> answered(RequestId request, Query::Kind kind);
    void query_refused(const Refused& refused);

    // --- rooms
    [[nodiscard]] Room* room(RoomId id);
    [[nodiscard]] RoomWork& work(RoomId id) { return works[id]; }
    [[nodiscard]] TimelineEditor editor(Room& room) { return {room.timeline, settings.timeline_messages}; }
    Room& add_or_update(const RoomSummary& summary);
    void remove(RoomId id);
    void start_from(Room& room, Sequence head, Ordinal last_ordinal);  // drops what was known before
    void describe(Room& room, const RoomAbout& about, Sequence as_of);
    void begin_at(Room& room, const RoomSummary& summary);
    void fill_hole(Room& room);  // asks for what is missing, if nobody sends it
    // An event has changed a message: wherever it is kept, and wherever it is about to be.
    void message_changed(Room& room, Sequence sequence, const MessageChange& change);
    void drop_messages(Room& room, Sequence head);  // and what is on its way and was read before this
    void take_beside(Room& room, const Query& query, const Messages& messages);
    void take_pins(Room& room, const Pins& pins);
    // After an answer that brought messages: what it could not hold yet.
    void apply_changes_meanwhile(Room& room);
    void count_unread(Room& room);
    [[nodiscard]] std::set<Ordinal> mentions_held(const Room& room) const;  // by its timeline, unread
    void mark_read(RoomId id, Ordinal read);
    void mark_unread(RoomId id, Ordinal first);
    void read_moved(const ReadMoved& event);
    void flush_reads();
    void expire_typing();

    // --- people
    void take_profile(const Profile& profile);
    void expire_statuses();
    void take_settings(const AccountSettings& settings);
    void watch(std::vector<RoomId> rooms);
    void tell_watched();
    // She came, went, or turned away: what was looked up before is of before.
    void forget_seen(UserId person) { state.seen.erase(person); }
    void remember_seen(UserId person, const SeenPerson& seen);

    Settings settings;
    Outputs out;
    ChatState state;
    Dice dice;
    Link link;
    Login login;
    Outboxes outboxes;
    UserId outbox_owner;
    StoreAnswers answers;
    std::map<OpId, SavedOperation> unshown;  // being kept
    std::map<OpId, OpId> retried;            // not kept itself: whose record stays for it
    std::deque<OpId> said;                   // her own operations heard last, from any device
    CatchUp catch_up;
    Now now;
    std::unordered_map<RoomId, RoomWork> works;
    std::map<RoomId, EarlySubscription> early;
    std::map<RequestId, Query> queries;
    RequestId last_request = 0;
    std::vector<DirectoryEntry> directory;  // the pages so far
    AccountSequence account;
    ProfileRevision profiles;
    std::set<RoomId> reads_due;
    std::int64_t next_read_at = 0;
    std::optional<std::int64_t> typing_ends;  // the earliest in any room
    std::optional<std::int64_t> status_ends;  // the earliest of anybody's
    Presence presence = Presence::online;
    AccountSettings settings_to_come;  // of the Welcome that follows
    std::vector<RoomId> watched;

  private:
    [[nodiscard]] RequestId next_request();
    template <class Make>
    RequestId ask_timeline(Query::Kind kind, RoomId room, Make make);
    void begin_login();
    void forget_syncs(RoomId room);
    void send_resume(const SavedSession& session);
    void begin(ClientMessage change, std::optional<OpId> instead_of);
    [[nodiscard]] bool has_owner() const;
    [[nodiscard]] bool has_room_for_own();
    bool show(const SavedOperation& operation);  // false: there is nothing to show of it
    void hide(OpId op);
    // What she wrote stays, with why it was refused for good. False: nothing is lost with it.
    [[nodiscard]] bool keep_as_failed(OpId op, Refusal reason);
    [[nodiscard]] bool loads_messages(RoomId room) const;
    void change_kept(Room& room, Sequence sequence, const MessageChange& change);
    void change_pins(Room& room, Sequence sequence, const MessageChange& change);
    void make_ready(OpId op, bool kept);
    void forget_record(OpId op);
    void forget_what_it_retried(OpId op);
    void record_is_gone(OpId op);
    void release_finished();
};

template <class Make>
RequestId Core::ask(Query query, Make make) {
    if (!link.is_connected() || queries.size() >= limits::kClientQueries) return 0;
    const auto request = next_request();
    queries.emplace(request, query);
    out.send(make(request));
    return request;
}

template <class Message>
std::optional<OpId> Core::change(Message message) {
    if (!has_owner() || outboxes.own().full()) return std::nullopt;
    message.op = outboxes.own().next_op();
    const auto op = message.op;
    begin(std::move(message), std::nullopt);
    return op;
}

}  // namespace parley::client
