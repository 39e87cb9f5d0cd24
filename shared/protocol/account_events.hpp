// The events of one person's account stream: what changes for her whole account, on all her devices. Kind and length as
// in room_events.hpp. The stream is not replayed: Welcome holds the state up to its account sequence.
#pragma once

#include <variant>

#include "protocol/people.hpp"

namespace parley {

struct RoomAdded {
    static constexpr std::uint8_t kKind = 1;
    RoomSummary room;
    UserId by = {};  // who has invited her; nobody: she came herself

    bool operator==(const RoomAdded&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, by);
    }
};

struct RoomRemoved {
    static constexpr std::uint8_t kKind = 2;
    RoomId room;

    bool operator==(const RoomRemoved&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room);
    }
};

// The read position of this room moved, on any device: it only ever rises. The rest says what is unread above it, as of
// the same commit, as a room list would.
struct ReadMoved {
    static constexpr std::uint8_t kKind = 3;
    RoomId room;
    ReadPosition read;
    Sequence head;
    Ordinal last_ordinal;
    std::uint32_t unread = 0;
    Mentioning mentions;

    bool operator==(const ReadMoved&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, read, head, last_ordinal, unread, mentions);
    }
};

struct FavouriteChanged {
    static constexpr std::uint8_t kKind = 4;
    RoomId room;
    bool on = false;

    bool operator==(const FavouriteChanged&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(room, on);
    }
};

struct AvailabilityChanged {
    static constexpr std::uint8_t kKind = 5;
    Availability availability = Availability::automatic;

    bool operator==(const AvailabilityChanged&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(availability);
    }
};

struct BlockChanged {
    static constexpr std::uint8_t kKind = 6;
    UserId person;
    bool on = false;

    bool operator==(const BlockChanged&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(person, on);
    }
};

struct UnknownAccountEvent {
    std::uint8_t kind = 0;
    bool operator==(const UnknownAccountEvent&) const = default;
};

using AccountEventBody = std::variant<UnknownAccountEvent, RoomAdded, RoomRemoved, ReadMoved, FavouriteChanged,
                                      AvailabilityChanged, BlockChanged>;

struct AccountEvent {
    AccountSequence sequence;
    AccountEventBody body;

    bool operator==(const AccountEvent&) const = default;
};

}  // namespace parley
