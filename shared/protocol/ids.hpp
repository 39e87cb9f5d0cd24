// The strong ids of the wire. No bare integer names a person, a room, a place in a log or an operation.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

namespace parley {

// An opaque id, random and never reused. 0 names nothing.
template <class Kind>
class Id {
  public:
    constexpr Id() = default;
    constexpr explicit Id(std::uint64_t value) : value_(value) {}
    [[nodiscard]] constexpr std::uint64_t value() const { return value_; }
    [[nodiscard]] constexpr bool names_something() const { return value_ != 0; }
    constexpr auto operator<=>(const Id&) const = default;

  private:
    std::uint64_t value_ = 0;
};

// A place in a dense series that starts at 1; 0 is "before the first".
template <class Kind>
class Place {
  public:
    constexpr Place() = default;
    constexpr explicit Place(std::uint64_t value) : value_(value) {}
    [[nodiscard]] constexpr std::uint64_t value() const { return value_; }
    [[nodiscard]] constexpr Place next() const { return Place(value_ + 1); }
    [[nodiscard]] constexpr Place previous() const { return Place(value_ == 0 ? 0 : value_ - 1); }
    constexpr auto operator<=>(const Place&) const = default;

  private:
    std::uint64_t value_ = 0;
};

using UserId = Id<struct UserKind>;
using RoomId = Id<struct RoomKindTag>;
using FileId = Id<struct FileKind>;
using OutboxId = Id<struct OutboxKind>;

using Sequence = Place<struct SequenceKind>;  // every change of a room, given in the commit
using Ordinal = Place<struct OrdinalKind>;    // every timeline message of a room, given in the same commit
using AccountSequence = Place<struct AccountSequenceKind>;  // every change of one person's account stream
using ProfileRevision = Place<struct ProfileRevisionKind>;  // every change of anybody's profile, one series per server
using ReadTurn = Place<struct ReadTurnKind>;  // every time that somebody marks something of a room unread again

// Names one query of one connection, chosen by the client; the answer carries it back. 0 is "none".
using RequestId = std::uint32_t;

// Names one change for ever, across resends, reconnects and restarts. An outbox belongs to one tab (or bot) of one
// person; its numbers rise.
struct OpId {
    OutboxId outbox;
    std::uint64_t number = 0;

    constexpr auto operator<=>(const OpId&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(outbox, number);
    }
};

// Milliseconds since 1970-01-01T00:00Z by the server's clock. For showing only: nothing is ordered by it.
struct Timestamp {
    std::int64_t milliseconds = 0;

    constexpr auto operator<=>(const Timestamp&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(milliseconds);
    }
};

}  // namespace parley

template <class Kind>
struct std::hash<parley::Id<Kind>> {
    std::size_t operator()(const parley::Id<Kind>& id) const noexcept { return std::hash<std::uint64_t>{}(id.value()); }
};
template <class Kind>
struct std::hash<parley::Place<Kind>> {
    std::size_t operator()(const parley::Place<Kind>& place) const noexcept {
        return std::hash<std::uint64_t>{}(place.value());
    }
};
template <>
struct std::hash<parley::OpId> {
    std::size_t operator()(const parley::OpId& op) const noexcept {
        return std::hash<std::uint64_t>{}(op.outbox.value() * 0x9E3779B97F4A7C15ull ^ op.number);
    }
};
