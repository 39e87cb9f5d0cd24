// What one person's client knows, as plain values: what a UI draws and a bot reads. Changed by apply alone; read-only
// for everybody else. One thread.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "protocol/server_messages.hpp"

namespace parley::client {

enum class ConnectionState : std::uint8_t {
    offline,       // not asked to connect
    connecting,    // the socket is being opened for the first time
    logging_in,    // it is open; Hello, login or resume is under way
    connected,     // Welcome has come
    reconnecting,  // it was lost; the next try is due
};

// A message that this client, or one whose outbox it adopted, sends and has not seen in the room yet.
struct PendingMessage {
    enum class Stage : std::uint8_t { pending, failed };  // failed: refused finally; retry or discard
    OpId op;
    RoomId room;
    MessageText text;
    Timestamp written;
    Stage stage = Stage::pending;
    Refusal refusal = Refusal::busy;  // why it failed
    Ordinal reply_to = {};            // 0: it answers none
};

// A change of a message that is there, which this client, or one whose outbox it adopted, sends and has not seen done.
// The message itself stays what the server says it is until then: ChatState::with_pending() lays the wish over it, so
// that a refusal leaves nothing to undo.
struct PendingChange {
    using Change = std::variant<EditText, DeleteMessage, SetReaction, SetPin>;
    Change change;
    Timestamp written;
    std::optional<Refusal> failed = {};  // finally, and kept for its words, so only of an edit: retry or discard

    [[nodiscard]] OpId op() const;
    [[nodiscard]] RoomId room() const;
    [[nodiscard]] Ordinal ordinal() const;
};

// The loaded part of a room's timeline: dense by Ordinal, oldest first. Nothing is kept of a room until load_latest or
// load_around was answered once (loaded()); from then on live messages join it as long as it reaches the head. It holds
// at most Settings::timeline_messages: what grows at one end is cut at the other, so that it may cease to reach the
// head.
class Timeline {
  public:
    [[nodiscard]] const std::vector<Message>& messages() const { return messages_; }
    [[nodiscard]] const Message* find(Ordinal ordinal) const;
    [[nodiscard]] bool empty() const { return messages_.empty(); }
    [[nodiscard]] bool loaded() const {
        return loaded_;
    }                                          // false: load_latest before showing it; also after RoomWasReset
    [[nodiscard]] bool reaches_first() const;  // nothing older exists
    [[nodiscard]] bool reaches_head() const { return reaches_head_; }
    [[nodiscard]] bool loading_older() const { return loading_older_ != 0; }
    [[nodiscard]] bool loading_newer() const { return loading_newer_ != 0; }  // also the latest, or around
    // What became of the room itself (is_room_news()), by rising sequences: all of it between the messages, and behind
    // the last one where they reach the head, unless that is more than a page tells.
    [[nodiscard]] const std::vector<RoomEvent>& changes() const { return changes_; }

  private:
    friend class TimelineEditor;
    std::vector<Message> messages_;
    std::vector<RoomEvent> changes_;
    std::vector<Message> arrived_while_loading_;  // live ones that the answer under way may not hold
    Ordinal begins_at_{1};                        // the first message that there is for her
    bool loaded_ = false;
    bool reaches_head_ = true;
    bool first_seen_ = false;
    RequestId loading_older_ = 0;
    RequestId loading_newer_ = 0;
};

struct Room {
    RoomId id;
    RoomKind kind = RoomKind::channel;
    RoomName name;
    UserId peer;         // of a direct chat
    GroupPeople people;  // of a group chat, herself too
    ThreadRoot root;     // of a thread
    RoomTopic topic;
    UserId owner;  // may change the room; nobody: a chat
    RoomSettings settings;
    bool is_poster = false;  // where only some post, she is one of those whom the owner has named
    bool favourite = false;
    Ordinal reads_from{1};  // the first message that she may read
    Sequence applied;       // the last event applied; the next is applied + 1
    Sequence head;          // the last event known to exist
    Ordinal last_ordinal;
    ReadPosition read;  // on any device
    std::uint32_t unread = 0;
    bool unread_is_exact = true;     // false: at most so many; exact again when the timeline holds what is unread
    std::uint32_t mentions = 0;      // among what is unread; of a direct chat too those that name her alone
    bool mentions_are_exact = true;  // likewise
    bool subscribed = false;         // live events flow on this connection
    Timeline timeline;
    std::map<UserId, Presence> members;  // empty until loaded
    std::set<UserId> posters;            // likewise; where only some post, those whom the owner has named
    bool members_loaded = false;
    bool watched = false;                         // presence and typing come of it, as of every direct chat
    std::map<UserId, std::int64_t> typing_until;  // monotonic milliseconds
    // Messages that load_messages brought (what replies answer, pins), as of now like those of the timeline.
    std::map<Ordinal, Message> beside;
    std::set<Ordinal> pins;
    bool pins_loaded = false;  // by list_pins; from then on as of now

    // What a number beside its name says: what is unread of it and said to her.
    [[nodiscard]] std::uint32_t said_to_her() const { return is_chat() ? unread : mentions; }
    // Of the timeline, or beside it; nothing: load_messages.
    [[nodiscard]] const Message* message(Ordinal ordinal) const;
    [[nodiscard]] bool is_private() const { return settings.access == RoomAccess::by_invitation; }
    [[nodiscard]] bool is_chat() const { return parley::is_chat(kind); }
    [[nodiscard]] bool is_thread() const { return kind == RoomKind::thread; }
    [[nodiscard]] bool only_some_post() const { return settings.posts == WhoPosts::some; }
};

// What the server said of somebody who is not watched anywhere.
struct SeenPerson {
    Presence presence = Presence::offline;
    std::optional<Timestamp> last_seen;  // while she is offline; nothing: never, as far as is known
};

struct ChatState {
    ConnectionState connection = ConnectionState::offline;
    std::uint64_t connection_id = 0;  // the server's; shown in both logs
    std::int64_t next_try = 0;        // monotonic milliseconds; while reconnecting
    Registration registration = Registration::closed;
    bool registration_known = false;
    std::string server_build;
    bool must_reload = false;  // this client's version is too old for the server

    UserId self;                                          // nobody until logged in
    std::unordered_map<UserId, Profile> people;           // a status whose time has passed is not in them
    std::unordered_map<UserId, SeenPerson> seen;          // whom look_up() asked for, until she comes or goes
    Availability availability = Availability::automatic;  // her own choice, on all her devices
    std::set<UserId> blocked;                             // likewise
    std::map<RoomId, Room> rooms;
    std::vector<PendingMessage> pending;         // in the order of sending
    std::vector<PendingChange> pending_changes;  // likewise
    std::vector<DirectoryEntry> directory;       // of the last list_rooms
    bool directory_complete = false;
    bool storage_failing = false;  // what is not sent would be lost with this program

    [[nodiscard]] const Room* room(RoomId id) const;
    [[nodiscard]] const Room* room_named(std::string_view name) const;            // "general"; of several an open one
    [[nodiscard]] const Room* direct_with(std::string_view account) const;        // "ana"
    [[nodiscard]] const Room* group_of(const std::vector<UserId>& people) const;  // and herself, in any order
    // That she follows, of this message.
    [[nodiscard]] const Room* thread_of(RoomId room, Ordinal message) const;
    // Where a room's rules and people are: itself, or the room of the message that a thread is about.
    [[nodiscard]] const Room& ruler_of(const Room& room) const;
    [[nodiscard]] bool owns(const Room& room) const { return self.names_something() && room.owner == self; }
    // Write, edit and pin there.
    [[nodiscard]] bool may_post(const Room& room) const;
    [[nodiscard]] const Profile* person(UserId id) const;
    [[nodiscard]] const Profile* person_named(std::string_view account) const;
    // What a list shows: the room's name, or the accounts of the other people: "ana", "ana, bo". A thread is called as
    // the room of its message is.
    [[nodiscard]] std::string title_of(const Room& room) const;
    [[nodiscard]] bool has_blocked(UserId id) const { return blocked.count(id) != 0; }
    // As of now in a room that is watched or with her alone, else as of when she was looked up. Nothing: not known.
    [[nodiscard]] std::optional<Presence> presence_of(UserId id) const;
    // This device's clock may be wrong: as far as the last Welcome told, the server's is ahead of it by this.
    std::int64_t server_ahead_ms = 0;
    [[nodiscard]] Timestamp server_time(Timestamp wall) const { return {wall.milliseconds + server_ahead_ms}; }
    // The message as its person sees it: with what she has wished and the server has not taken yet.
    [[nodiscard]] Message with_pending(RoomId room, Message message) const;
    [[nodiscard]] bool has_pending_changes(RoomId room,
                                           Ordinal message) const;  // false: with_pending() changes nothing
    [[nodiscard]] bool logged_in() const { return self.names_something(); }
    [[nodiscard]] std::uint64_t unread_in_all() const;
    [[nodiscard]] std::uint64_t mentions_in_all() const;  // what is said to her: mentions, and direct chats
};

}  // namespace parley::client
