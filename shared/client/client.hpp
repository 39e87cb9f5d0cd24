// The client's brain, the same in the browser, the CLI, bots and the load generator. It does no I/O, reads no clock and
// throws no dice: it is told what happened and what time it is, and says what it wants done (Effect) and what a program
// may want to react to (Notice). One thread; nothing here calls back.
//
//   client.start(now);  do { perform(client.take_effects()); react(client.take_notices()); wait for the socket or
//   next_deadline(); tell the client } …
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/chat_state.hpp"
#include "client/saved.hpp"
#include "protocol/codec.hpp"

namespace parley::client {

// One reading of both clocks, taken by the caller.
struct Now {
    std::int64_t monotonic_ms = 0;  // never goes back
    Timestamp wall;                 // for showing only
};

// What a client must remember across restarts to resume without a password.
struct SavedSession {
    Token token{};
    std::string account;
    bool operator==(const SavedSession&) const = default;
};

// --- what the client wants done, in this order
struct OpenSocket {};
// The client takes this socket for gone: tell it nothing more of it, neither frames nor its closing. (A page may close
// with 1000 and 3000 to 4999 only: it closes without a code for the others.)
struct CloseSocket {
    CloseCode code = CloseCode::normal;
    std::string reason;
};
struct SendFrame {
    Buffer bytes;
};
struct SaveSession {
    std::optional<SavedSession> session;  // nothing: forget it
};
// The next four come only with Settings::keeps_operations.
// On disk before it is answered, with operation_kept() or operation_not_kept(); in one step with the end of the record
// that it takes the place of. A second one of the same OpId overwrites the first.
struct KeepOperation {
    SavedOperation operation;
    std::optional<OpId> instead_of;
};
// Settled: answered with operation_forgotten() when its record is gone.
struct ForgetOperation {
    OpId op;
};
// Nothing is left of an adopted outbox: whatever made it this client's own may be given up.
struct ReleaseOutbox {
    OutboxId outbox;
};
// Whatever is kept of anybody else (operations, views, drafts) must go. Nobody named: of everybody.
struct ForgetOthers {
    UserId keep;
};
// Signed out by the server: the saved view must go; what was not sent stays for when she comes back.
struct ForgetView {};
using Effect = std::variant<OpenSocket, CloseSocket, SendFrame, SaveSession, KeepOperation, ForgetOperation,
                            ReleaseOutbox, ForgetOthers, ForgetView>;

// --- what happened, for programs that react (a UI draws state() instead)
struct ConnectionChanged {
    ConnectionState state;
    std::string why;  // close code and reason, or the error
    std::int64_t retry_in_ms = 0;
};
// Told at each Welcome, also after a reconnect.
struct LoggedIn {
    UserId self;
};
// The socket stays; log_in or register_account again. Where the server was only busy, the client tries again by itself.
struct LoginRefused {
    Refusal reason;
    std::string sentence;
    std::uint32_t retry_after_ms = 0;
};
// Signed out, here or by the server, or the token was refused: offline until log_in, register_account or resume.
struct SessionEnded {
    std::string why;
};
struct MessageArrived {
    RoomId room;
    Message message;
    OpId op;    // of its author's outbox
    bool live;  // false: it came by catching up
};
// What became of a message that was there.
struct MessageChanged {
    RoomId room;
    Sequence sequence;
    MessageChange change;
    bool live;
};
// What became of a room itself.
struct RoomChanged {
    RoomId room;
    Sequence sequence;
    RoomChange change;
    bool live;
};
// Somebody has brought another person into a room: this one, and it is in her list now, or one whom she meets there.
struct Invited {
    RoomId room;
    UserId user;
    UserId by;
};
struct OperationDone {
    OpId op;
    RoomId room;
    Sequence sequence;
    Ordinal ordinal;
};
struct OperationRefused {
    OpId op;
    Refusal reason;
    std::string sentence;
};
// It is shown as pending now, and in the host's storage unless `kept` is false.
struct OperationPending {
    OpId op;
    bool kept;
};
// What is asked for from now on would be lost with this program. Told once; again only after it worked in between.
struct StorageFailed {
    std::string why;
};
struct QueryRefused {
    RequestId request;
    Refusal reason;
    std::string sentence;
};
struct HistoryLoaded {
    RequestId request;
    RoomId room;
    std::vector<Message> messages;
};
// They are beside the timeline now (Room::message), or it had no more of them.
struct MessagesLoaded {
    RequestId request;
    RoomId room;
};
struct PinsLoaded {
    RequestId request;
    RoomId room;
};
struct MembersLoaded {
    RequestId request;
    RoomId room;
};
struct PersonLookedUp {
    RequestId request;
    UserId person;
};
struct DirectoryLoaded {  // all pages of it
    RequestId request;
};
struct RoomSubscribed {
    RoomId room;       // from here on its events come by themselves
    Sequence applied;  // the last one before those that come
};
struct RoomsChanged {};  // added, removed, renamed
struct RoomWasReset {
    RoomId room;    // its timeline was dropped: too far behind
    Sequence head;  // events come from after this one; what was before is history
};
struct ReadsSent {};  // up to where she has read, in all rooms: has_unsent_reads() is false now
using Notice = std::variant<ConnectionChanged, LoggedIn, LoginRefused, SessionEnded, MessageArrived, MessageChanged,
                            RoomChanged, Invited, OperationDone, OperationRefused, OperationPending, StorageFailed,
                            QueryRefused, HistoryLoaded, MessagesLoaded, PinsLoaded, MembersLoaded, PersonLookedUp,
                            DirectoryLoaded, RoomSubscribed, RoomsChanged, RoomWasReset, ReadsSent>;

struct Settings {
    std::string client_name = "parley";
    bool auto_confirm = true;
    bool keep_people = true;  // false: profiles are not kept (for a crowd of clients in one process)
    std::size_t timeline_messages = limits::kTimelineMessages;
    bool keeps_operations = false;  // the host has a storage, and answers KeepOperation and ForgetOperation
};

enum class Adoption : std::uint8_t {
    taken,    // sent from here on; ReleaseOutbox says when nothing is left of it
    not_now,  // nobody is logged in yet, or others come first: offer it again after LoggedIn and each ReleaseOutbox
    not_hers,
};

class Core;

class Client {
  public:
    // `seed` must be unpredictable in production: the outbox id and the jitter come from it.
    Client(Settings settings, std::uint64_t seed);
    ~Client();
    Client(Client&&) noexcept;
    Client& operator=(Client&&) noexcept;

    // --- what happened
    void start(Now now);  // connect, and stay connected until stop()
    void stop(Now now);   // close with 1000 and stay away
    void socket_opened(Now now);
    void socket_closed(Now now, std::uint16_t code, std::string_view reason);  // also: could not be opened (1006)
    void frame_received(Now now, std::span<const std::byte> frame);
    void time_passed(Now now);       // at next_deadline() or later; early is harmless. A person's wish can move
                                     // the deadline too, to 0 for "at once": look after every call.
    void network_returned(Now now);  // try at once ("online", or the tab is shown again)
    [[nodiscard]] std::optional<std::int64_t> next_deadline() const;  // monotonic milliseconds

    // --- what the host's storage answered. An operation shows as pending and is sent only after it was kept; where it
    // could not be, or no answer comes, it is sent all the same, and state().storage_failing says so.
    void operation_kept(OpId op);
    void operation_not_kept(OpId op, std::string_view why);  // also: could not be forgotten
    void operation_forgotten(OpId op);

    // --- what an earlier run has left
    // Before start(), after resume() of the same account: shown before the connection stands, and put right by it.
    // False: it is somebody else's.
    bool restore(const SavedView& view);
    // The operations of a client that is gone for good (a closed tab, an earlier run), of which no other client may
    // take hold meanwhile. They are sent under their own OpIds, in their order, once, before what is asked for from now
    // on.
    [[nodiscard]] Adoption adopt(const SavedOutbox& orphan);
    // What restore() takes: worth keeping whenever state_version() has risen. Nothing while nobody is logged in.
    [[nodiscard]] std::optional<SavedView> view_to_save() const;

    // --- what the person wants. Before the connection stands, logins wait for it; the last one counts. Values out of
    // their bounds give LoginRefused.
    void register_account(std::string_view account, std::string_view password, std::string_view invite = {});
    void log_in(std::string_view account, std::string_view password);
    void resume(const SavedSession& session);
    void log_out();

    // Changes: given an OpId at once, kept in the outbox, sent in order, resent until settled. nullopt: the outbox is
    // full (limits::kOutboxEntries), the value is out of its bounds, or nobody has logged in yet or since log_out(): it
    // is not known in whose name it would be sent.
    std::optional<OpId> post(RoomId room, std::string_view text);
    std::optional<OpId> reply(RoomId room, Ordinal to, std::string_view text);
    // Of messages that are there: shown at once (ChatState::with_pending), and no more when they are refused.
    std::optional<OpId> edit(RoomId room, Ordinal message, std::string_view text);
    std::optional<OpId> remove(RoomId room, Ordinal message);
    std::optional<OpId> react(RoomId room, Ordinal message, std::string_view emoji, bool on);
    std::optional<OpId> pin(RoomId room, Ordinal message, bool on);
    std::optional<OpId> create_room(std::string_view name, RoomAccess access = RoomAccess::open);
    std::optional<OpId> join_room(RoomId room);
    std::optional<OpId> leave_room(RoomId room);
    std::optional<OpId> invite(RoomId room, UserId person);
    // Of a room that she owns.
    std::optional<OpId> set_topic(RoomId room, std::string_view topic);
    std::optional<OpId> rename_room(RoomId room, std::string_view name);
    std::optional<OpId> make_private(RoomId room);  // for good
    std::optional<OpId> let_newcomers_read(RoomId room, NewcomersRead what);
    std::optional<OpId> let_post(RoomId room, WhoPosts who);
    std::optional<OpId> set_poster(RoomId room, UserId person, bool on);
    std::optional<OpId> archive(RoomId room, bool on);
    std::optional<OpId> set_favourite(RoomId room, bool on);  // her own
    std::optional<OpId> open_direct_chat(UserId person);
    std::optional<OpId> open_group_chat(const std::vector<UserId>& people);  // at most limits::kGroupPeople of them
    std::optional<OpId> open_thread(RoomId room, Ordinal message);           // follows it; left as a room is
    std::optional<OpId> set_nick(std::string_view nick);
    // `until`: by the server's clock (ChatState::server_time); 0: it stays. An empty text takes it back.
    std::optional<OpId> set_status(std::string_view status, Timestamp until = {});
    std::optional<OpId> set_availability(Availability availability);
    std::optional<OpId> block(UserId person, bool on);
    std::optional<OpId> retry(OpId failed);  // a failed message or edit is sent again, under a new OpId
    bool discard(OpId failed);

    // Queries. 0: not connected, or one of the kind is under way where a second makes no sense.
    RequestId load_history(RoomId room, HistoryDirection direction, Ordinal at,
                           std::uint16_t limit);                                  // answered by HistoryLoaded alone
    RequestId load_history_at(RoomId room, Timestamp time, std::uint16_t limit);  // likewise
    RequestId load_latest(RoomId room);                                           // these fill the room's timeline
    RequestId load_older(RoomId room);
    RequestId load_newer(RoomId room);
    RequestId load_around(RoomId room, Ordinal at);
    RequestId load_at(RoomId room, Timestamp time);  // around the first message from then on
    // Those that are not loaded yet come beside the timeline, also in several answers. At most kMessagesAsked.
    RequestId load_messages(RoomId room, std::vector<Ordinal> messages);
    RequestId list_pins(RoomId room);
    RequestId list_rooms();
    RequestId look_up(UserId person);  // answered by PersonLookedUp; it stands in ChatState::seen then
    RequestId list_members(RoomId room);

    // Notices to the server: lossy by nature.
    void typing(RoomId room, Now now);  // at most every kTypingEvery
    void mark_read(RoomId room, Ordinal read);
    void mark_unread(RoomId room, Ordinal first);  // from this message on, on all her devices
    void report_presence(Presence presence);
    // Who is there and types is told of these rooms, and of direct chats. At most limits::kRoomsWatched.
    void watch(std::vector<RoomId> rooms);

    // --- results
    [[nodiscard]] const ChatState& state() const;
    [[nodiscard]] std::uint64_t state_version() const;  // rises with every change that could be drawn
    [[nodiscard]] std::vector<Effect> take_effects();
    [[nodiscard]] std::vector<Notice> take_notices();
    [[nodiscard]] std::size_t unsettled_operations() const;
    [[nodiscard]] bool has_unsent_reads() const;  // stop() loses them; ReadsSent says when there are none

  private:
    std::unique_ptr<Core> core_;
};

}  // namespace parley::client
