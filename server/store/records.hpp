// What is written and what is read: plain values. Changes go through the store thread one batch = one transaction;
// the store alone gives Sequences, Ordinals, account sequences and profile revisions, inside the transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/client_messages.hpp"
#include "protocol/server_messages.hpp"

namespace parley::store {

using TokenHash = Bytes<32>;  // SHA-256 of a session token; the token itself is never stored

// Who asks for a change and which one it is. `fingerprint` is a hash of the whole encoded message: the same OpId with
// another fingerprint is op_conflict.
struct Operation {
    UserId user;
    OpId op;
    std::uint64_t fingerprint = 0;
};

// Whom a message mentions, as its words say: `people` each once, rising, at most limits::kMentionsPerMessage.
struct Mentioned {
    std::vector<UserId> people;
    bool everybody = false;
    bool operator==(const Mentioned&) const = default;
};

// --- changes with an OpId. The OpId is looked up first: a known one gives the first result and changes nothing.

// A new account, which joins the room `general` and is shown by its account name. The first account of a store becomes
// its owner if `may_be_owner`. Refused: name_taken (also for a name that looks like somebody's), registration_closed.
// The same op and account again: the outcome is `earlier`, with the user of the first time.
struct RegisterAccount {
    OpId op;
    UserId user;  // fresh and random; the caller's choice
    AccountName account;
    std::string password_hash;
    bool may_be_owner = false;
    Timestamp now;
    std::string skeleton = {};   // how the name looks (auth/look_alike); unique among names and nicks where not empty
    bool only_as_owner = false;  // by the owner's link: makes the owner, or is refused where there is one
};
struct CreateRoom {
    Operation operation;
    RoomId room;  // fresh and random
    RoomName name;
    Timestamp now;
    RoomAccess access = RoomAccess::open;
};
struct JoinRoom {
    Operation operation;
    RoomId room;
    Timestamp now;
};
struct LeaveRoom {
    Operation operation;
    RoomId room;
    Timestamp now;
};
// By a member: makes the other person one. Refused: no_such_person, already_a_member, room_full (also where she is in
// too many rooms), not_in_a_chat.
struct InviteToRoom {
    Operation operation;
    RoomId room;
    UserId person;
    Timestamp now;
};
// --- of the room itself, by its owner. Refused: not_your_room, not_in_a_chat. What is so already is done without an
// event, at the room's head.
struct SetTopic {
    Operation operation;
    RoomId room;
    RoomTopic topic;
    Timestamp now;
};
struct RenameRoom {
    Operation operation;
    RoomId room;
    RoomName name;
    Timestamp now;
};
// What is named is set. Refused: access_stays, where a room by invitation would be opened, or the first one closed or
// archived; room_archived, where it is and stays so. Where everybody may post nobody is named.
struct ChangeRoomSettings {
    Operation operation;
    RoomId room;
    std::optional<RoomAccess> access;
    Timestamp now;
    std::optional<NewcomersRead> newcomers = {};
    std::optional<WhoPosts> posts = {};
    std::optional<bool> archived = {};
};
// Of a member. Refused: everybody_posts, not_a_member (of the person), too_many_posters.
struct SetPoster {
    Operation operation;
    RoomId room;
    UserId person;
    bool on = true;
    Timestamp now;
};
// Her own: an account event.
struct SetFavourite {
    Operation operation;
    RoomId room;
    bool on = true;
};
// The one chat of these people: made with `room` as its id, or the existing one. RoomAdded goes to all accounts.
struct OpenGroupChat {
    Operation operation;
    RoomId room;         // fresh and random
    GroupPeople people;  // by rising ids, each once, with her who asks
    Timestamp now;
};
// The one direct chat of two people: made with `room` as its id, or the existing one. RoomAdded goes to both accounts.
struct OpenDirectChat {
    Operation operation;
    RoomId room;  // fresh and random
    UserId person;
    Timestamp now;
};
// Makes her one of those who follow the thread of a message; it is made with `thread` as its id where there is none.
// Refused: no_such_message, no_thread_in_a_thread; where there is none, message_deleted and what a post there would be.
struct OpenThread {
    Operation operation;
    ThreadRoot root;
    RoomId thread;  // fresh and random
    Timestamp now;
};
// In a thread it changes the message that the thread is about too. Whom it mentions follows the thread then, and with
// the first who wrote that message; but nobody who blocks its author.
struct AppendMessage {
    Operation operation;
    RoomId room;
    MessageText text;
    Timestamp now;
    Ordinal reply_to = {};  // 0: it answers none; refused with no_such_message where there is none
    Mentioned mentioned = {};
};
// --- of a message that is there and that she may read. Refused: no_such_message; not_your_message, but for
// reactions and pins; message_deleted, unless what is asked for is so already. What is so already is done without an
// event, at the room's head.
struct EditText {
    Operation operation;
    RoomId room;
    Ordinal ordinal;
    MessageText text;  // takes the place of the words before: those are kept nowhere
    Timestamp now;
    Mentioned mentioned = {};  // likewise
};
// Its words, reactions and pin go from the database, also from the events that brought them.
struct DeleteMessage {
    Operation operation;
    RoomId room;
    Ordinal ordinal;
    Timestamp now;
};
struct SetReaction {
    Operation operation;
    RoomId room;
    Ordinal ordinal;
    Emoji emoji;
    bool on = true;
};
struct SetPin {
    Operation operation;
    RoomId room;
    Ordinal ordinal;
    bool on = true;
    Timestamp now;
};
struct SetNick {
    Operation operation;
    Nick nick;
    std::string skeleton;  // how it looks; unique where not empty
};
struct SetStatus {
    Operation operation;
    StatusText status;
    Timestamp until = {};
};
struct SetAvailability {
    Operation operation;
    Availability availability = Availability::automatic;
};
// Refused: no_such_person, cannot_block_yourself, too_many_blocked. While she blocks somebody, whatever that person
// says in their direct chat is refused with takes_no_messages, and so are new chats and invitations.
struct SetBlock {
    Operation operation;
    UserId person;
    bool on = true;
};
// The room, the session or the rules said no, finally: looked up like any other, so that a resend of what was done gets
// its first result, and recorded, so that a resend of what was refused gets the refusal.
struct RecordRefusal {
    Operation operation;
    Refusal reason = Refusal::malformed;
};

// --- changes without one: idempotent by themselves
struct AddToken {
    UserId user;
    TokenHash hash{};
    Timestamp now;
    Timestamp expires;
};
struct RemoveToken {
    TokenHash hash{};
};
struct ReplacePasswordHash {
    UserId user;
    std::string password_hash;
};
// Merged by maximum, and no further than the room's last Ordinal. A rise is an account event.
struct MoveRead {
    UserId user;
    RoomId room;
    ReadPosition read;
};
// She was here until then. Merged by maximum; nobody is told.
struct NoteSeen {
    UserId user;
    Timestamp at;
};
struct ForgetResults {
    UserId user;
    OutboxId outbox;
    std::uint64_t through = 0;
};

using Change =
    std::variant<RegisterAccount, CreateRoom, JoinRoom, LeaveRoom, OpenDirectChat, AppendMessage, EditText,
                 DeleteMessage, SetReaction, SetPin, SetTopic, InviteToRoom, RenameRoom, ChangeRoomSettings, SetPoster,
                 SetFavourite, OpenGroupChat, OpenThread, SetNick, SetStatus, SetAvailability, SetBlock, RecordRefusal,
                 AddToken, RemoveToken, ReplacePasswordHash, MoveRead, NoteSeen, ForgetResults>;

// --- the answer to a change
enum class Status : std::uint8_t {
    committed,  // durable now, for the first time
    earlier,    // was done before: `result` is the first one's
    refused,    // finally: `refusal`; durable where it belongs to an operation
    retry,      // not done and not recorded: `refusal` is retryable
};

struct Result {
    UserId user;  // RegisterAccount
    RoomId room;
    Sequence sequence;
    Ordinal ordinal;
    bool operator==(const Result&) const = default;
};

struct Outcome {
    Status status = Status::retry;
    Refusal refusal = Refusal::storage_failing;
    Result result;
    [[nodiscard]] bool done() const { return status == Status::committed || status == Status::earlier; }
};

// --- what commits make known, in the order of the commit
struct RoomEventRecord {
    RoomId room;
    RoomEvent event;
};
struct AccountEventRecord {
    UserId user;
    AccountEvent event;
};
struct Effects {
    std::vector<RoomEventRecord> room_events;
    std::vector<AccountEventRecord> account_events;
    std::vector<Profile> profiles;
};

// --- what is read
struct AccountRecord {
    Profile profile;
    std::string password_hash;
    OpId registered_by;
    bool owner = false;
};
struct TokenRecord {
    UserId user;
    Timestamp expires;
};
struct PersonRecord {
    Profile profile;
    AccountSequence account;
    std::vector<RoomSummary> rooms;
    Availability availability = Availability::automatic;
    std::vector<UserId> blocked = {};  // rising
};
// From which message on somebody may read a room, and after which event she is told what became of it.
struct ReadsFrom {
    UserId user;
    Ordinal from;
    Sequence since;
    bool operator==(const ReadsFrom&) const = default;
};
struct RoomRecord {
    RoomId id;
    RoomKind kind = RoomKind::channel;
    RoomName name;
    Sequence head;
    Ordinal last_ordinal;
    std::vector<UserId> members;
    UserId owner = {};  // nobody: as in RoomSummary
    RoomTopic topic = {};
    RoomSettings settings = {};
    std::vector<ReadsFrom> newcomers = {};  // the members who may not read all of it, in the order of their ids
    std::vector<UserId> posters = {};       // whom the owner has named, likewise
};
struct ProfilesRecord {
    std::vector<Profile> profiles;  // by revision
    ProfileRevision revision;       // of the moment that was read
};
struct PinsRecord {
    Sequence head;
    std::vector<Ordinal> ordinals;  // rising
};
struct HistoryRecord {
    Sequence head;
    Ordinal last_ordinal;
    std::vector<Message> messages;        // oldest first
    std::vector<RoomEvent> changes = {};  // as in History
};
struct EventsRecord {
    Sequence head;
    std::vector<RoomEvent> events;  // dense from `after` + 1; all up to the head unless cut by the limit
};
struct DirectoryRecord {
    std::vector<DirectoryEntry> rooms;
    bool more = false;
};

}  // namespace parley::store
