// The events of a room's log. On the wire each has its kind and its length, so a client skips a kind it does not know
// and still counts its sequence. Kinds are append-only and never reused; a released event's fields never change.
#pragma once

#include <variant>
#include <vector>

#include "protocol/people.hpp"

namespace parley {

struct MessagePosted {
    static constexpr std::uint8_t kKind = 1;
    Ordinal ordinal;
    UserId author;
    OpId op;  // the author's outbox knows its own post by it
    Timestamp time;
    MessageText text;

    bool operator==(const MessagePosted&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(ordinal, author, op, time, text);
    }
};

struct MemberJoined {
    static constexpr std::uint8_t kKind = 2;
    UserId user;
    Timestamp time;

    bool operator==(const MemberJoined&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, time);
    }
};

struct MemberLeft {
    static constexpr std::uint8_t kKind = 3;
    UserId user;
    Timestamp time;

    bool operator==(const MemberLeft&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(user, time);
    }
};

struct RoomCreated {
    static constexpr std::uint8_t kKind = 4;
    UserId creator;
    RoomKind kind = RoomKind::channel;
    RoomName name;
    Timestamp time;

    bool operator==(const RoomCreated&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(creator, kind, name, time);
    }
};

// An event of a later version. Its body was skipped; its sequence counts.
struct UnknownRoomEvent {
    std::uint8_t kind = 0;
    bool operator==(const UnknownRoomEvent&) const = default;
};

using RoomEventBody = std::variant<UnknownRoomEvent, MessagePosted, MemberJoined, MemberLeft, RoomCreated>;

struct RoomEvent {
    Sequence sequence;
    RoomEventBody body;

    bool operator==(const RoomEvent&) const = default;
};

}  // namespace parley
