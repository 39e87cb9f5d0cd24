// What the server says. Rules as in client_messages.hpp; a client skips a tag it does not know.
#pragma once

#include <optional>
#include <variant>

#include "protocol/account_events.hpp"
#include "protocol/client_messages.hpp"
#include "protocol/message.hpp"
#include "protocol/people.hpp"
#include "protocol/refusal.hpp"
#include "protocol/room_events.hpp"

namespace parley {

// The answer to Hello.
struct Greeting {
    static constexpr std::uint8_t kTag = 1;
    std::uint16_t version = 0;
    std::uint64_t connection = 0;     // the id that both logs show
    Text<limits::kClientName> build;  // the web client compares it with its own and offers to reload
    Registration registration = Registration::closed;

    bool operator==(const Greeting&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(version, connection, build, registration);
    }
};

// People who are new or changed. Those of a login come before its Welcome.
struct Profiles {
    static constexpr std::uint8_t kTag = 2;
    List<Profile, limits::kProfilesPerFrame> profiles;

    bool operator==(const Profiles&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(profiles);
    }
};

// Logged in. Holds the whole room list; it replaces what the client had. Account events at or below `account` are in
// it.
struct Welcome {
    static constexpr std::uint8_t kTag = 3;
    UserId user;
    AccountSequence account;
    ProfileRevision profiles;  // everything up to here has been sent
    Timestamp now;
    std::optional<Token> token;  // after Register and LogIn; kept by the client for Resume
    List<RoomSummary, limits::kRoomsListed> rooms;

    bool operator==(const Welcome&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, account, profiles, now, token, rooms);
    }
};

// From here on events of this room arrive, the first is head + 1. Comes by way of the room, after each login and join.
struct Subscribed {
    static constexpr std::uint8_t kTag = 4;
    RoomId room;
    Sequence head;
    Ordinal last_ordinal;

    bool operator==(const Subscribed&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, head, last_ordinal);
    }
};

// Events of one room, dense and rising. One frame is shared by all who hear it.
struct RoomEvents {
    static constexpr std::uint8_t kTag = 5;
    RoomId room;
    List<RoomEvent, limits::kEventsPerFrame> events;

    bool operator==(const RoomEvents&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, events);
    }
};

// The client is too far behind to be caught up: drop the room's messages, go on from `head`, load history.
struct RoomReset {
    static constexpr std::uint8_t kTag = 6;
    RoomId room;
    Sequence head;
    Ordinal last_ordinal;
    RoomAbout about = {};    // what the events that are left out may have changed
    bool is_poster = false;  // as in RoomSummary

    bool operator==(const RoomReset&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, head, last_ordinal, about, is_poster);
    }
};

struct AccountEvents {
    static constexpr std::uint8_t kTag = 7;
    List<AccountEvent, limits::kEventsPerFrame> events;

    bool operator==(const AccountEvents&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(events);
    }
};

// The operation is committed. `room`, `sequence` and `ordinal` where it has them.
struct Done {
    static constexpr std::uint8_t kTag = 8;
    OpId op;
    RoomId room;
    Sequence sequence;
    Ordinal ordinal;

    bool operator==(const Done&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, room, sequence, ordinal);
    }
};

// An operation (op) or a query (request) was refused, or a frame that has neither (both empty).
struct Refused {
    static constexpr std::uint8_t kTag = 9;
    std::optional<OpId> op;
    RequestId request = 0;
    Refusal reason = Refusal::malformed;
    std::uint32_t retry_after_ms = 0;
    Sentence sentence;

    bool operator==(const Refused&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(op, request, reason, retry_after_ms, sentence);
    }
};

// Oldest first, dense by Ordinal. Empty: there is nothing on that side. Cut at kHistoryPage and kHistoryBytes.
// `changes` are what became of the room itself in between: behind the message before the first, up to the last one or,
// where that is the room's last, to the head; of many the newest.
struct History {
    static constexpr std::uint8_t kTag = 10;
    RequestId request = 0;
    RoomId room;
    Sequence head;  // of the moment that was read
    Ordinal last_ordinal;
    List<Message, limits::kHistoryPage> messages;
    List<RoomEvent, limits::kHistoryChanges> changes = {};  // those that is_room_news() names

    bool operator==(const History&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, room, head, last_ordinal, messages, changes);
    }
};

struct RoomDirectory {
    static constexpr std::uint8_t kTag = 11;
    RequestId request = 0;
    bool more = false;
    List<DirectoryEntry, limits::kDirectoryPage> rooms;

    bool operator==(const RoomDirectory&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, more, rooms);
    }
};

struct Members {
    static constexpr std::uint8_t kTag = 12;
    RequestId request = 0;
    RoomId room;
    List<MemberPresence, limits::kMembersPerRoom> members;
    List<UserId, limits::kPostersPerRoom> posters = {};  // of a room where only some post: whom the owner has named

    bool operator==(const Members&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, room, members, posters);
    }
};

// Members of a room who came, went or turned away; batched. To those who watch the room, or are of a direct chat.
struct PresenceChanged {
    static constexpr std::uint8_t kTag = 13;
    RoomId room;
    List<MemberPresence, limits::kPresencePerFrame> people;

    bool operator==(const PresenceChanged&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, people);
    }
};

// Who began to type there, or goes on; batched, to those to whom presence is told. Where there are more, some of them.
struct Typing {
    static constexpr std::uint8_t kTag = 14;
    RoomId room;
    List<UserId, limits::kTypingPerFrame> users;

    bool operator==(const Typing&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, users);
    }
};

// At least every kPingEvery, and as the answer to a ClientBeat (then with its number, else 0).
struct Beat {
    static constexpr std::uint8_t kTag = 15;
    std::uint32_t number = 0;

    bool operator==(const Beat&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(number);
    }
};

// The session is over: by LogOut (its request), or because its token was withdrawn (0).
struct LoggedOut {
    static constexpr std::uint8_t kTag = 16;
    RequestId request = 0;

    bool operator==(const LoggedOut&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request);
    }
};

// The pinned messages of a room, by rising ordinals.
struct Pins {
    static constexpr std::uint8_t kTag = 17;
    RequestId request = 0;
    RoomId room;
    Sequence head;  // of the moment that was read
    List<Ordinal, limits::kPinsPerRoom> ordinals;

    bool operator==(const Pins&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, room, head, ordinals);
    }
};

// By rising ordinals: those that were asked for and exist. Cut at kHistoryBytes: what is missing up to `last_ordinal`
// is to be asked for again.
struct Messages {
    static constexpr std::uint8_t kTag = 18;
    RequestId request = 0;
    RoomId room;
    Sequence head;  // of the moment that was read
    Ordinal last_ordinal;
    List<Message, limits::kMessagesAsked> messages;

    bool operator==(const Messages&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, room, head, last_ordinal, messages);
    }
};

// What she has chosen for her account, as of the `account` of the Welcome that follows.
struct AccountSettings {
    static constexpr std::uint8_t kTag = 19;
    Availability availability = Availability::automatic;
    List<UserId, limits::kBlockedPeople> blocked;  // rising

    bool operator==(const AccountSettings&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(availability, blocked);
    }
};

// As of now. Of whoever is invisible it tells what it would tell had she gone when she became so.
struct PersonSeen {
    static constexpr std::uint8_t kTag = 20;
    RequestId request = 0;
    UserId person;
    Presence presence = Presence::offline;
    std::optional<Timestamp> last_seen;  // while she is offline; nothing: never, as far as is known

    bool operator==(const PersonSeen&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(request, person, presence, last_seen);
    }
};

using ServerMessage = std::variant<Greeting, Profiles, Welcome, Subscribed, RoomEvents, RoomReset, AccountEvents, Done,
                                   Refused, History, RoomDirectory, Members, PresenceChanged, Typing, Beat, LoggedOut,
                                   Pins, Messages, AccountSettings, PersonSeen>;

// Close codes of ours (RFC 6455 section 7.4.2: 4000 to 4999 are private).
enum class CloseCode : std::uint16_t {
    normal = 1000,
    going_away = 1001,
    protocol_error = 1002,
    unsupported_data = 1003,
    policy = 1008,
    too_big = 1009,
    internal_error = 1011,
    try_again_later = 1013,
    mute_peer = 4000,
    login_too_slow = 4001,
    wrong_version = 4002,
};

}  // namespace parley
