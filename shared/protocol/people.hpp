// The plain values of people and rooms that several messages carry.
#pragma once

#include "protocol/bounded.hpp"
#include "protocol/ids.hpp"
#include "protocol/limits.hpp"

namespace parley {

using AccountName = Text<limits::kAccountName>;
using Nick = Text<limits::kNick>;
using RoomName = Text<limits::kRoomName>;
using Password = Text<limits::kPassword>;
using Sentence = Text<limits::kSentence>;
using Token = Bytes<32>;

enum class RoomKind : std::uint8_t { channel = 1, direct = 2 };
constexpr bool is_known(RoomKind kind) {
    return kind == RoomKind::channel || kind == RoomKind::direct;
}

enum class Presence : std::uint8_t { offline = 1, away = 2, online = 3 };
constexpr bool is_known(Presence presence) {
    return presence >= Presence::offline && presence <= Presence::online;
}

// How a newcomer gets an account.
enum class Registration : std::uint8_t { closed = 1, invite = 2, open = 3 };
constexpr bool is_known(Registration rule) {
    return rule >= Registration::closed && rule <= Registration::open;
}

// What everybody sees of a person. A profile with a lower revision never replaces one with a higher.
struct Profile {
    UserId user;
    AccountName account;
    Nick nick;
    ProfileRevision revision;

    bool operator==(const Profile&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, account, nick, revision);
    }
};

// How far somebody has read a room. Merged by maximum, the turn first: within a turn it only rises; to mark something
// unread begins the next turn at an earlier message, and what an older turn still says does nothing.
struct ReadPosition {
    ReadTurn turn;
    Ordinal read;

    constexpr auto operator<=>(const ReadPosition&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(turn, read);
    }
};

// The unread messages that mention somebody, rising: of more than these the newest.
using Mentioning = List<Ordinal, limits::kMentionsListed>;

// A room in somebody's list, as of the moment the list was read.
struct RoomSummary {
    RoomId id;
    RoomKind kind = RoomKind::channel;
    RoomName name;  // empty for a direct chat: it is named by its other person
    UserId peer;    // the other person of a direct chat
    Sequence head;
    Ordinal last_ordinal;
    ReadPosition read;
    std::uint32_t unread = 0;  // own posts excluded
    Mentioning mentions;       // likewise

    bool operator==(const RoomSummary&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(id, kind, name, peer, head, last_ordinal, read, unread, mentions);
    }
};

// A room that anybody may join.
struct DirectoryEntry {
    RoomId id;
    RoomName name;
    std::uint32_t members = 0;

    bool operator==(const DirectoryEntry&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(id, name, members);
    }
};

struct MemberPresence {
    UserId user;
    Presence presence = Presence::offline;

    bool operator==(const MemberPresence&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, presence);
    }
};

struct RoomPosition {
    RoomId room;
    Sequence applied;

    bool operator==(const RoomPosition&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, applied);
    }
};

}  // namespace parley
