// One whole, typical value of every message and event, from which the round-trip, truncation, golden and fuzz-seed
// tests follow. A message without a sample is a compile error that names it: "use of deleted function … sample() [with
// M = …]". A released sample never changes: its bytes are a golden file. Pure; also compiled for wasm.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/codec.hpp"

namespace parley::support {

template <class M>
M sample() = delete;

// "PostText" for PostText, as the compiler spells it.
template <class T>
constexpr std::string_view type_name() {
    std::string_view name = __PRETTY_FUNCTION__;
    name.remove_prefix(name.find("T = parley::") + 12);
    return name.substr(0, name.find_first_of(";]"));
}

// A message, what it is called in test output, and the name of its golden file without ".hex".
template <class Message>
struct Sample {
    std::string name;
    std::string file;
    Message message;
};

// Every alternative of the variant, in the order of the list, then further values that take other branches (an empty
// optional, an empty list, an event of an unknown kind).
[[nodiscard]] std::vector<Sample<ClientMessage>> client_samples();
[[nodiscard]] std::vector<Sample<ServerMessage>> server_samples();

// A bounded text from a literal that is known to fit.
template <class BoundedText>
BoundedText text_of(std::string_view text) {
    return BoundedText::cut(text);
}

inline constexpr UserId kAna{0x0102030405060708};
inline constexpr UserId kBo{0x1112131415161718};
inline constexpr RoomId kGeneral{0x2122232425262728};
inline constexpr RoomId kDirect{0x3132333435363738};
inline constexpr OpId kOp{OutboxId{0x4142434445464748}, 7};
inline constexpr Timestamp kTime{1'772'000'000'123};

constexpr Token counting_token() {
    Token token{};
    for (std::size_t i = 0; i < token.size(); ++i) token[i] = static_cast<std::byte>(i);
    return token;
}

// --- what a client says
template <>
inline Hello sample() {
    return {{1, 1}, text_of<Text<limits::kClientName>>("parley-web 0.1.0")};
}
template <>
inline Register sample() {
    return {kOp, text_of<AccountName>("ana"), text_of<Password>("correct horse"),
            text_of<Text<limits::kInviteCode>>("K7QF-22")};
}
template <>
inline LogIn sample() {
    return {3, text_of<AccountName>("ana"), text_of<Password>("correct horse")};
}
template <>
inline Resume sample() {
    return {4, counting_token(), ProfileRevision{300}, {{kGeneral, Sequence{41}}, {kDirect, Sequence{0}}}};
}
template <>
inline LogOut sample() {
    return {5};
}
template <>
inline CreateRoom sample() {
    return {kOp, text_of<RoomName>("café"), RoomAccess::by_invitation};
}
template <>
inline JoinRoom sample() {
    return {kOp, kGeneral};
}
template <>
inline LeaveRoom sample() {
    return {kOp, kGeneral};
}
template <>
inline ListRooms sample() {
    return {6, text_of<RoomName>("general")};
}
template <>
inline OpenDirectChat sample() {
    return {kOp, kBo};
}
template <>
inline PostText sample() {
    return {kOp, kGeneral, text_of<MessageText>("hi \xF0\x9F\x91\x8B"), Ordinal{4}};
}
template <>
inline LoadHistory sample() {
    return {8, kGeneral, HistoryDirection::around, Ordinal{128}, 50};
}
template <>
inline SyncRoom sample() {
    return {9, kGeneral, Sequence{16'384}};
}
template <>
inline ListMembers sample() {
    return {10, kGeneral};
}
template <>
inline ReportPresence sample() {
    return {Presence::away};
}
template <>
inline ReportTyping sample() {
    return {kGeneral};
}
template <>
inline MarkRead sample() {
    return {kGeneral, {ReadTurn{2}, Ordinal{127}}};
}
template <>
inline SetNick sample() {
    return {kOp, text_of<Nick>("Ana \xE2\x98\x95")};
}
template <>
inline ClientBeat sample() {
    return {12};
}
template <>
inline ConfirmResults sample() {
    return {kOp.outbox, 7};
}
template <>
inline EditText sample() {
    return {kOp, kGeneral, Ordinal{9}, text_of<MessageText>("hello \xF0\x9F\x91\x8B")};
}
template <>
inline DeleteMessage sample() {
    return {kOp, kGeneral, Ordinal{9}};
}
template <>
inline SetReaction sample() {
    return {kOp, kGeneral, Ordinal{9}, text_of<Emoji>("\xF0\x9F\x8E\x89"), true};
}
template <>
inline SetPin sample() {
    return {kOp, kGeneral, Ordinal{9}, true};
}
template <>
inline ListPins sample() {
    return {13, kGeneral};
}
template <>
inline LoadMessages sample() {
    return {14, kGeneral, {Ordinal{4}, Ordinal{300}}};
}
template <>
inline LoadHistoryAt sample() {
    return {15, kGeneral, kTime, 50};
}

template <>
inline SetTopic sample() {
    return {kOp, kGeneral, text_of<RoomTopic>("News \xF0\x9F\x93\xB0")};
}
template <>
inline InviteToRoom sample() {
    return {kOp, kGeneral, kBo};
}
template <>
inline RenameRoom sample() {
    return {kOp, kGeneral, text_of<RoomName>("café")};
}
template <>
inline ChangeRoomSettings sample() {
    return {kOp, kGeneral, RoomAccess::by_invitation, NewcomersRead::since_joining, WhoPosts::some, true};
}
template <>
inline SetPoster sample() {
    return {kOp, kGeneral, kBo, true};
}
template <>
inline SetFavourite sample() {
    return {kOp, kGeneral, true};
}
template <>
inline OpenGroupChat sample() {
    return {kOp, {kAna, kBo}};
}

template <>
inline SetStatus sample() {
    return {kOp, text_of<StatusText>("\xF0\x9F\x8C\xB4 away"), kTime};
}
template <>
inline SetAvailability sample() {
    return {kOp, Availability::do_not_disturb};
}
template <>
inline SetBlock sample() {
    return {kOp, kBo, true};
}
template <>
inline LookUpPerson sample() {
    return {15, kBo};
}
template <>
inline WatchRooms sample() {
    return {{kGeneral, kDirect}};
}

template <>
inline OpenThread sample() {
    return {kOp, kGeneral, Ordinal{9}};
}

// --- the events of a room and of an account
template <>
inline MessagePosted sample() {
    return {Ordinal{9}, kAna, kOp, kTime, text_of<MessageText>("hi \xF0\x9F\x91\x8B"), Ordinal{4}};
}
template <>
inline MemberJoined sample() {
    return {kBo, kTime};
}
template <>
inline MemberLeft sample() {
    return {kBo, kTime};
}
template <>
inline RoomCreated sample() {
    return {kAna, RoomKind::channel, text_of<RoomName>("general"), kTime};
}
template <>
inline MessageEdited sample() {
    return {Ordinal{9}, kAna, kOp, kTime, text_of<MessageText>("hello \xF0\x9F\x91\x8B")};
}
template <>
inline MessageDeleted sample() {
    return {Ordinal{9}, kAna, kOp, kTime};
}
template <>
inline ReactionChanged sample() {
    return {Ordinal{9}, kBo, kOp, text_of<Emoji>("\xF0\x9F\x8E\x89"), true};
}
template <>
inline PinChanged sample() {
    return {Ordinal{9}, kBo, kOp, kTime, true};
}
template <>
inline TopicChanged sample() {
    return {kAna, kOp, kTime, text_of<RoomTopic>("News \xF0\x9F\x93\xB0")};
}
template <>
inline RoomRenamed sample() {
    return {kAna, kOp, kTime, text_of<RoomName>("café")};
}
template <>
inline RoomSettingsChanged sample() {
    return {kAna, kOp, kTime, {RoomAccess::by_invitation, NewcomersRead::since_joining, WhoPosts::some, true}};
}
template <>
inline MemberInvited sample() {
    return {kBo, kAna, kTime};
}
template <>
inline EventConcealed sample() {
    return {};
}
template <>
inline PosterChanged sample() {
    return {kAna, kOp, kTime, kBo, true};
}
template <>
inline ThreadSoFar sample() {
    return {kDirect, 3, kTime};
}
template <>
inline ThreadChanged sample() {
    return {Ordinal{9}, sample<ThreadSoFar>()};
}
template <>
inline RoomSummary sample() {
    return {kGeneral,
            RoomKind::channel,
            text_of<RoomName>("café"),
            {},
            Sequence{130},
            Ordinal{128},
            {ReadTurn{2}, Ordinal{100}},
            28,
            {Ordinal{127}},
            text_of<RoomTopic>("News"),
            kAna,
            {RoomAccess::by_invitation, NewcomersRead::since_joining, WhoPosts::some, true},
            Ordinal{100},
            true,
            {kAna, kBo},
            true,
            {kGeneral, Ordinal{9}}};
}
template <>
inline RoomAdded sample() {
    return {sample<RoomSummary>(), kBo};
}
template <>
inline RoomRemoved sample() {
    return {kGeneral};
}
template <>
inline ReadMoved sample() {
    return {kGeneral, {ReadTurn{2}, Ordinal{127}}, Sequence{200}, Ordinal{130}, 3, {Ordinal{128}, Ordinal{130}}};
}
template <>
inline FavouriteChanged sample() {
    return {kGeneral, true};
}

template <>
inline AvailabilityChanged sample() {
    return {Availability::invisible};
}
template <>
inline BlockChanged sample() {
    return {kBo, true};
}

// --- what the server says
template <>
inline Greeting sample() {
    return {1, 0x5152535455565758, text_of<Text<limits::kClientName>>("0.1.0 9b6a72b00054"), Registration::open};
}
template <>
inline Profiles sample() {
    return {{{kAna, text_of<AccountName>("ana"), text_of<Nick>("Ana \xE2\x98\x95"), ProfileRevision{300},
              text_of<StatusText>("\xF0\x9F\x8C\xB4 away"), kTime}}};
}
template <>
inline Welcome sample() {
    return {kAna, AccountSequence{5}, ProfileRevision{300}, kTime, counting_token(), {sample<RoomSummary>()}};
}
template <>
inline Subscribed sample() {
    return {kGeneral, Sequence{41}, Ordinal{9}};
}
template <>
inline RoomEvents sample() {
    return {kGeneral, {{Sequence{41}, sample<MemberJoined>()}, {Sequence{42}, sample<MessagePosted>()}}};
}
template <>
inline RoomReset sample() {
    return {kGeneral,
            Sequence{30'000},
            Ordinal{20'000},
            {text_of<RoomName>("general"), text_of<RoomTopic>("News"), {RoomAccess::open}},
            true};
}
template <>
inline AccountEvents sample() {
    return {{{AccountSequence{5}, sample<ReadMoved>()}, {AccountSequence{6}, sample<RoomRemoved>()}}};
}
template <>
inline Done sample() {
    return {kOp, kGeneral, Sequence{42}, Ordinal{9}};
}
template <>
inline Refused sample() {
    return {kOp, 0, Refusal::too_fast, 1'500, text_of<Sentence>("That was too fast.")};
}
template <>
inline Message sample() {
    return {Ordinal{9},
            Sequence{42},
            Sequence{46},
            kAna,
            kTime,
            text_of<MessageText>("hello \xF0\x9F\x91\x8B"),
            Ordinal{4},
            Timestamp{1'772'000'060'000},
            false,
            true,
            {{text_of<Emoji>("\xF0\x9F\x8E\x89"), {kAna, kBo}}}};
}
// One that was deleted: without words, reactions, pin.
inline Message deleted_message() {
    Message message{Ordinal{4}, Sequence{30}, Sequence{44}, kBo, kTime, {}};
    message.deleted = true;
    return message;
}
template <>
inline History sample() {
    return {8,
            kGeneral,
            Sequence{46},
            Ordinal{9},
            {sample<Message>()},
            {{Sequence{41}, sample<TopicChanged>()}, {Sequence{45}, sample<MemberInvited>()}}};
}
template <>
inline RoomDirectory sample() {
    return {6, true, {{kGeneral, text_of<RoomName>("general"), 2, text_of<RoomTopic>("News")}}};
}
template <>
inline Members sample() {
    return {10, kGeneral, {{kAna, Presence::online}, {kBo, Presence::offline}}, {kBo}};
}
template <>
inline PresenceChanged sample() {
    return {kGeneral, {{kBo, Presence::away}}};
}
template <>
inline Typing sample() {
    return {kGeneral, {kAna, kBo}};
}
template <>
inline Beat sample() {
    return {12};
}
template <>
inline LoggedOut sample() {
    return {5};
}
template <>
inline Pins sample() {
    return {13, kGeneral, Sequence{46}, {Ordinal{9}, Ordinal{300}}};
}
template <>
inline Messages sample() {
    return {14, kGeneral, Sequence{46}, Ordinal{9}, {deleted_message(), sample<Message>()}};
}
template <>
inline AccountSettings sample() {
    return {Availability::do_not_disturb, {kBo}};
}
template <>
inline PersonSeen sample() {
    return {15, kBo, Presence::offline, kTime};
}

}  // namespace parley::support
