// What a client says. One binary WebSocket frame holds one message: its tag, then its fields in the order of
// serialize(). Tags are explicit, append-only, never reused; a released message's fields never change: make a new
// message.
#pragma once

#include <optional>
#include <variant>

#include "protocol/message.hpp"
#include "protocol/people.hpp"
#include "protocol/version.hpp"

namespace parley {

// The first message of every connection. Answered by Greeting, or refused with wrong_version.
struct Hello {
    static constexpr std::uint8_t kTag = 1;
    VersionRange versions = kOurVersions;
    Text<limits::kClientName> client;  // "parley-web 0.1.0", for the log

    bool operator==(const Hello&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(versions, client);
    }
};

// Makes an account and logs it in: answered by Profiles and Welcome with a token. A resend with the same op and
// password logs in.
struct Register {
    static constexpr std::uint8_t kTag = 2;
    OpId op;
    AccountName account;
    Password password;
    Text<limits::kInviteCode> invite;

    bool operator==(const Register&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, account, password, invite);
    }
};

// Answered by Profiles and Welcome with a token.
struct LogIn {
    static constexpr std::uint8_t kTag = 3;
    RequestId request = 0;
    AccountName account;
    Password password;

    bool operator==(const LogIn&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, account, password);
    }
};

// Answered by Profiles (those above `profiles`), Welcome without a token, then for each room its Subscribed and the
// events after the position named here, or RoomReset where that is too far back. A room without a position starts at
// its head.
struct Resume {
    static constexpr std::uint8_t kTag = 4;
    RequestId request = 0;
    Token token{};
    ProfileRevision profiles;
    List<RoomPosition, limits::kRoomsListed> positions;

    bool operator==(const Resume&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, token, profiles, positions);
    }
};

// Ends the session and its token. Answered by LoggedOut; the connection stays and may log in again.
struct LogOut {
    static constexpr std::uint8_t kTag = 5;
    RequestId request = 0;

    bool operator==(const LogOut&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request);
    }
};

// Whoever makes a room is its owner.
struct CreateRoom {
    static constexpr std::uint8_t kTag = 6;
    OpId op;
    RoomName name;
    RoomAccess access = RoomAccess::open;

    bool operator==(const CreateRoom&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, name, access);
    }
};

// Joining a room she is in answers Done.
struct JoinRoom {
    static constexpr std::uint8_t kTag = 7;
    OpId op;
    RoomId room;

    bool operator==(const JoinRoom&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room);
    }
};

struct LeaveRoom {
    static constexpr std::uint8_t kTag = 8;
    OpId op;
    RoomId room;

    bool operator==(const LeaveRoom&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room);
    }
};

// The rooms anybody may join, in the order of their names, those after `after`. Answered by RoomDirectory.
struct ListRooms {
    static constexpr std::uint8_t kTag = 9;
    RequestId request = 0;
    RoomName after;

    bool operator==(const ListRooms&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, after);
    }
};

// Opens the one direct chat of these two, making it if there is none and the other has not blocked her
// (takes_no_messages). With oneself: a room for notes.
struct OpenDirectChat {
    static constexpr std::uint8_t kTag = 10;
    OpId op;
    UserId person;

    bool operator==(const OpenDirectChat&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, person);
    }
};

struct PostText {
    static constexpr std::uint8_t kTag = 11;
    OpId op;
    RoomId room;
    MessageText text;
    Ordinal reply_to = {};  // an earlier message of the room; 0: it answers none

    bool operator==(const PostText&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, text, reply_to);
    }
};

enum class HistoryDirection : std::uint8_t { before = 1, after = 2, around = 3 };
constexpr bool is_known(HistoryDirection direction) {
    return direction >= HistoryDirection::before && direction <= HistoryDirection::around;
}

// Messages as of now by Ordinal: those before (exclusive; 0 = the latest), after (exclusive) or around `at`. Answered
// by History.
struct LoadHistory {
    static constexpr std::uint8_t kTag = 12;
    RequestId request = 0;
    RoomId room;
    HistoryDirection direction = HistoryDirection::before;
    Ordinal at;
    std::uint16_t limit = 50;  // 1 to kHistoryPage; what is outside is taken as the nearest

    bool operator==(const LoadHistory&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, room, direction, at, limit);
    }
};

// The events after `after`: how a gap is filled. Answered by RoomEvents up to the head, or RoomReset.
struct SyncRoom {
    static constexpr std::uint8_t kTag = 13;
    RequestId request = 0;
    RoomId room;
    Sequence after;

    bool operator==(const SyncRoom&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, room, after);
    }
};

// Answered by Members.
struct ListMembers {
    static constexpr std::uint8_t kTag = 14;
    RequestId request = 0;
    RoomId room;

    bool operator==(const ListMembers&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, room);
    }
};

// What this device says of its user: online or away (offline is the server's to say). Not answered.
struct ReportPresence {
    static constexpr std::uint8_t kTag = 15;
    Presence presence = Presence::online;

    bool operator==(const ReportPresence&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(presence);
    }
};

// Not answered; too frequent ones are dropped.
struct ReportTyping {
    static constexpr std::uint8_t kTag = 16;
    RoomId room;

    bool operator==(const ReportTyping&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room);
    }
};

// Everything up to `read` has been seen, or, with the next turn, what is above it is to count as unread again. Merged
// by maximum; comes back to every device as ReadMoved. Not answered otherwise.
struct MarkRead {
    static constexpr std::uint8_t kTag = 17;
    RoomId room;
    ReadPosition read;

    bool operator==(const MarkRead&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, read);
    }
};

struct SetNick {
    static constexpr std::uint8_t kTag = 18;
    OpId op;
    Nick nick;

    bool operator==(const SetNick&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, nick);
    }
};

// Answered by a Beat with the same number.
struct ClientBeat {
    static constexpr std::uint8_t kTag = 19;
    std::uint32_t number = 0;

    bool operator==(const ClientBeat&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(number);
    }
};

// The results of this outbox's operations up to `through` have arrived: the server may forget them. Not answered.
struct ConfirmResults {
    static constexpr std::uint8_t kTag = 20;
    OutboxId outbox;
    std::uint64_t through = 0;

    bool operator==(const ConfirmResults&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(outbox, through);
    }
};

// Gives one's own message other words. Those it had are kept nowhere.
struct EditText {
    static constexpr std::uint8_t kTag = 21;
    OpId op;
    RoomId room;
    Ordinal ordinal;
    MessageText text;

    bool operator==(const EditText&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, ordinal, text);
    }
};

// Takes back one's own message: its words, reactions and pin. Deleting it again answers Done.
struct DeleteMessage {
    static constexpr std::uint8_t kTag = 22;
    OpId op;
    RoomId room;
    Ordinal ordinal;

    bool operator==(const DeleteMessage&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, ordinal);
    }
};

// Puts the pair (she, emoji) into the set of its reactions, or takes it out. What is so already answers Done.
struct SetReaction {
    static constexpr std::uint8_t kTag = 23;
    OpId op;
    RoomId room;
    Ordinal ordinal;
    Emoji emoji;
    bool on = true;

    bool operator==(const SetReaction&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, ordinal, emoji, on);
    }
};

// Any member may. What is so already answers Done.
struct SetPin {
    static constexpr std::uint8_t kTag = 24;
    OpId op;
    RoomId room;
    Ordinal ordinal;
    bool on = true;

    bool operator==(const SetPin&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, ordinal, on);
    }
};

// Which messages of the room are pinned. Answered by Pins.
struct ListPins {
    static constexpr std::uint8_t kTag = 25;
    RequestId request = 0;
    RoomId room;

    bool operator==(const ListPins&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, room);
    }
};

// Messages as of now by their ordinals, as what replies answer. Answered by Messages.
struct LoadMessages {
    static constexpr std::uint8_t kTag = 26;
    RequestId request = 0;
    RoomId room;
    List<Ordinal, limits::kMessagesAsked> ordinals;

    bool operator==(const LoadMessages&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, room, ordinals);
    }
};

// Its owner's, as are the two after the next. An empty topic is none. What is so already answers Done.
struct SetTopic {
    static constexpr std::uint8_t kTag = 27;
    OpId op;
    RoomId room;
    RoomTopic topic;

    bool operator==(const SetTopic&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, topic);
    }
};

// Any member may: from now on the other person is one too, whether the room is open or not. Refused with
// takes_no_messages by whom she has blocked.
struct InviteToRoom {
    static constexpr std::uint8_t kTag = 28;
    OpId op;
    RoomId room;
    UserId person;

    bool operator==(const InviteToRoom&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, person);
    }
};

// The room keeps its id: what names it by that goes on doing so.
struct RenameRoom {
    static constexpr std::uint8_t kTag = 29;
    OpId op;
    RoomId room;
    RoomName name;

    bool operator==(const RenameRoom&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, name);
    }
};

// What is named is set, the rest stays. A room by invitation stays one: what was said in it was not meant for all.
struct ChangeRoomSettings {
    static constexpr std::uint8_t kTag = 30;
    OpId op;
    RoomId room;
    std::optional<RoomAccess> access = {};
    std::optional<NewcomersRead> newcomers = {};
    std::optional<WhoPosts> posts = {};
    std::optional<bool> archived = {};

    bool operator==(const ChangeRoomSettings&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, access, newcomers, posts, archived);
    }
};

// Its owner's too: in a room where only some post this member is one of them, or is not any more. What is so already
// answers Done.
struct SetPoster {
    static constexpr std::uint8_t kTag = 31;
    OpId op;
    RoomId room;
    UserId person;
    bool on = true;

    bool operator==(const SetPoster&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, person, on);
    }
};

// Her own, on all her devices: nobody else knows. What is so already answers Done.
struct SetFavourite {
    static constexpr std::uint8_t kTag = 32;
    OpId op;
    RoomId room;
    bool on = true;

    bool operator==(const SetFavourite&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, on);
    }
};

// Opens the one chat of these people and herself, making it if there is none: kGroupPeopleFewest to kGroupPeople of
// them, each named once, herself or not. Refused with takes_no_messages where somebody of them has blocked her.
struct OpenGroupChat {
    static constexpr std::uint8_t kTag = 33;
    OpId op;
    GroupPeople people;

    bool operator==(const OpenGroupChat&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, people);
    }
};

// Messages as of now around the first one of this moment or a later one; around the last where there is none. Answered
// by History.
struct LoadHistoryAt {
    static constexpr std::uint8_t kTag = 34;
    RequestId request = 0;
    RoomId room;
    Timestamp time;
    std::uint16_t limit = 50;  // as in LoadHistory

    bool operator==(const LoadHistoryAt&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, room, time, limit);
    }
};

// What she says of herself, for all to see: words, an emoji. Empty takes it back. A time that has passed is refused.
struct SetStatus {
    static constexpr std::uint8_t kTag = 35;
    OpId op;
    StatusText status;
    Timestamp until = {};  // 0: it stays

    bool operator==(const SetStatus&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, status, until);
    }
};

struct SetAvailability {
    static constexpr std::uint8_t kTag = 36;
    OpId op;
    Availability availability = Availability::automatic;

    bool operator==(const SetAvailability&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, availability);
    }
};

// Takes no direct messages of this person any more, or does again. She is not told.
struct SetBlock {
    static constexpr std::uint8_t kTag = 37;
    OpId op;
    UserId person;
    bool on = true;

    bool operator==(const SetBlock&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, person, on);
    }
};

// Is she here, or when was she last? Answered by PersonSeen.
struct LookUpPerson {
    static constexpr std::uint8_t kTag = 38;
    RequestId request = 0;
    UserId person;

    bool operator==(const LookUpPerson&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, person);
    }
};

// The rooms that this connection shows now, in the place of those it named before: their PresenceChanged and Typing
// come to it, and no others' but those of direct chats. What was missed before is in the answer to ListMembers. Not
// answered.
struct WatchRooms {
    static constexpr std::uint8_t kTag = 39;
    List<RoomId, limits::kRoomsWatched> rooms;

    bool operator==(const WatchRooms&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(rooms);
    }
};

// Follows the thread of this message, beginning it if there is none: it is in her list then (RoomAdded), until she
// leaves it. Of more than kThreadsFollowed one is let go: first one without a reply, then one with nothing unread, of
// these the one that she has followed longest. Refused: no_thread_in_a_thread.
struct OpenThread {
    static constexpr std::uint8_t kTag = 40;
    OpId op;
    RoomId room;
    Ordinal ordinal;

    bool operator==(const OpenThread&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, ordinal);
    }
};

using ClientMessage =
    std::variant<Hello, Register, LogIn, Resume, LogOut, CreateRoom, JoinRoom, LeaveRoom, ListRooms, OpenDirectChat,
                 PostText, LoadHistory, SyncRoom, ListMembers, ReportPresence, ReportTyping, MarkRead, SetNick,
                 ClientBeat, ConfirmResults, EditText, DeleteMessage, SetReaction, SetPin, ListPins, LoadMessages,
                 SetTopic, InviteToRoom, RenameRoom, ChangeRoomSettings, SetPoster, SetFavourite, OpenGroupChat,
                 LoadHistoryAt, SetStatus, SetAvailability, SetBlock, LookUpPerson, WatchRooms, OpenThread>;

}  // namespace parley
