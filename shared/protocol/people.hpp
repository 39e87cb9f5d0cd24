// The plain values of people and rooms that several messages carry.
#pragma once

#include "protocol/bounded.hpp"
#include "protocol/ids.hpp"
#include "protocol/limits.hpp"

namespace parley {

using AccountName = Text<limits::kAccountName>;
using Nick = Text<limits::kNick>;
using StatusText = Text<limits::kStatus>;
using RoomName = Text<limits::kRoomName>;
using RoomTopic = Text<limits::kRoomTopic>;
using Password = Text<limits::kPassword>;
using Sentence = Text<limits::kSentence>;
using Token = Bytes<32>;

// A channel has a name, and an owner who may change it; people come and go. The next two are chats: of two people (or
// one, with herself), or of a few. A chat has neither name nor topic, the same people have one and no more, nobody is
// brought into it and nobody leaves it. A thread is what is said about one message: its members are those of the
// message's room who follow it, and what that room lets them do they may do in it.
enum class RoomKind : std::uint8_t { channel = 1, direct = 2, group = 3, thread = 4 };
constexpr bool is_known(RoomKind kind) {
    return kind >= RoomKind::channel && kind <= RoomKind::thread;
}
constexpr bool is_chat(RoomKind kind) {
    return kind == RoomKind::direct || kind == RoomKind::group;
}

// The message that a thread is about.
struct ThreadRoot {
    RoomId room;
    Ordinal ordinal;

    constexpr auto operator<=>(const ThreadRoot&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, ordinal);
    }
};

// Who may come into a channel: anybody, or whom a member invites. One by invitation is in no directory, and to who is
// not in it there is no such room. Its name is its members' own: another room may have the same.
enum class RoomAccess : std::uint8_t { open = 1, by_invitation = 2 };
constexpr bool is_known(RoomAccess access) {
    return access == RoomAccess::open || access == RoomAccess::by_invitation;
}

// What somebody who comes into a channel may read: all of it, or what is said from then on.
enum class NewcomersRead : std::uint8_t { all = 1, since_joining = 2 };
constexpr bool is_known(NewcomersRead rule) {
    return rule == NewcomersRead::all || rule == NewcomersRead::since_joining;
}

// Who may write in a channel, edit and pin: all its members, or its owner and whom she has named. (Everybody may react,
// and delete what is theirs.)
enum class WhoPosts : std::uint8_t { everybody = 1, some = 2 };
constexpr bool is_known(WhoPosts rule) {
    return rule == WhoPosts::everybody || rule == WhoPosts::some;
}

// What the owner of a channel has decided of it.
struct RoomSettings {
    RoomAccess access = RoomAccess::open;
    NewcomersRead newcomers = NewcomersRead::all;  // of those who come while it says so
    WhoPosts posts = WhoPosts::everybody;
    bool archived = false;  // it is read, and in no directory; nothing else until its owner takes it back

    bool operator==(const RoomSettings&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(access, newcomers, posts, archived);
    }
};

// The people of a group chat, by rising ids.
using GroupPeople = List<UserId, limits::kGroupPeople>;

// What is shown of somebody. Whoever is invisible is shown as offline: nobody can tell the two apart.
enum class Presence : std::uint8_t { offline = 1, away = 2, online = 3, do_not_disturb = 4 };
constexpr bool is_known(Presence presence) {
    return presence >= Presence::offline && presence <= Presence::do_not_disturb;
}

// What somebody has chosen to be shown as while she is here, on all her devices. Automatic: as her devices report.
enum class Availability : std::uint8_t { automatic = 1, away = 2, do_not_disturb = 3, invisible = 4 };
constexpr bool is_known(Availability availability) {
    return availability >= Availability::automatic && availability <= Availability::invisible;
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
    StatusText status = {};       // what she says of herself; empty: nothing
    Timestamp status_until = {};  // whoever shows it stops then; 0: when she takes it back

    bool operator==(const Profile&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, account, nick, revision, status, status_until);
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
    RoomName name;  // empty for a chat: it is named by its other people
    UserId peer;    // the other person of a direct chat
    Sequence head;
    Ordinal last_ordinal;
    ReadPosition read;
    std::uint32_t unread = 0;  // own posts excluded
    Mentioning mentions;       // likewise
    RoomTopic topic;
    UserId owner;  // may change it; nobody: a chat, or the first room of a server without an owner
    RoomSettings settings;
    Ordinal reads_from{1};    // the first message that she may read
    bool is_poster = false;   // where only some post, she is one of those whom the owner has named
    GroupPeople people = {};  // of a group chat, herself too
    bool favourite = false;
    ThreadRoot root = {};  // of a thread

    bool operator==(const RoomSummary&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(id, kind, name, peer, head, last_ordinal, read, unread, mentions, topic, owner, settings, reads_from,
                is_poster, people, favourite, root);
    }
};

// What is said of a room to all its members alike.
struct RoomAbout {
    RoomName name;
    RoomTopic topic;
    RoomSettings settings;

    bool operator==(const RoomAbout&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(name, topic, settings);
    }
};

// A room that anybody may join.
struct DirectoryEntry {
    RoomId id;
    RoomName name;
    std::uint32_t members = 0;
    RoomTopic topic;

    bool operator==(const DirectoryEntry&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(id, name, members, topic);
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
