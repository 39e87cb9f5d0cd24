// What a client leaves with its host for the next start: unsent operations, and what its person saw last. Plain values
// and their bytes, which carry a version of their own: what a later version wrote, or what is not whole, reads as
// nothing. Stateless, any thread.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "protocol/codec.hpp"

namespace parley::client {

// A change that somebody asked for and no server has settled, or has refused for good.
struct SavedOperation {
    UserId owner;
    Timestamp written;
    std::optional<Refusal> refused;  // for good: it is not sent again, its person retries or discards it
    ClientMessage change;            // carries its OpId

    SavedOperation();
    SavedOperation(UserId its_owner, Timestamp when, std::optional<Refusal> why, ClientMessage what);
    SavedOperation(const SavedOperation& other);
    SavedOperation(SavedOperation&& other) noexcept;
    SavedOperation& operator=(const SavedOperation& other);
    SavedOperation& operator=(SavedOperation&& other) noexcept;
    ~SavedOperation();

    [[nodiscard]] OpId op() const;
    bool operator==(const SavedOperation& other) const;
};

// What is left of one client's outbox, in any order. Its operations belong to one person.
struct SavedOutbox {
    OutboxId id;
    std::vector<SavedOperation> operations;
    // Where its first record stands in the order in which the host wrote them all. No clock: that may be set back.
    std::uint64_t place = 0;
};

// A room as it was last seen: the newest messages, dense up to `summary.last_ordinal`, as of `summary.head`. Without
// messages that number may be ahead of the head.
struct SavedRoom {
    RoomSummary summary;  // its head is the last event that was applied
    bool loaded = false;  // false: no message is known, which is not the same as there being none
    bool from_first = false;
    List<Message, limits::kSavedMessages> messages;
    List<RoomEvent, limits::kHistoryChanges> changes = {};  // of the room itself, from the first of the messages on

    bool operator==(const SavedRoom&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(summary, loaded, from_first, messages, changes);
    }
};

struct SavedView {
    UserId self;
    AccountName account;
    ProfileRevision profiles;  // everybody up to here is in `people`; 0: not everybody
    List<Profile, limits::kSavedPeople> people;
    List<SavedRoom, limits::kRoomsListed> rooms;
    List<OpId, limits::kSavedOperations>
        said;  // of her own messages that were heard: what is still kept of them is settled
    Availability availability = Availability::automatic;
    List<UserId, limits::kBlockedPeople> blocked;

    bool operator==(const SavedView&) const = default;
    template <class Archive>
    void serialize(Archive& archive) {
        archive(self, account, profiles, people, rooms, said, availability, blocked);
    }
};

[[nodiscard]] Buffer bytes_of(const SavedOperation& operation);
[[nodiscard]] Buffer bytes_of(const SavedView& view);
[[nodiscard]] std::optional<SavedOperation> saved_operation_from(std::span<const std::byte> bytes);
[[nodiscard]] std::optional<SavedView> saved_view_from(std::span<const std::byte> bytes);

}  // namespace parley::client
