// A store in memory with the semantics of the SQLite one. What was committed is there until the backend goes; a writer
// that goes in the middle of a transaction leaves nothing of it, as the end of a process does. One thread.
#pragma once

#include "protocol/limits.hpp"
#include "simulation/memory_records.hpp"

namespace parley::simulation {

// The bounds of the store, which a run may set lower to reach them.
struct StoreBounds {
    std::uint64_t unconfirmed_per_outbox = limits::kUnconfirmedPerOutbox;
    std::size_t outboxes_per_person = limits::kOutboxesPerPerson;
    std::size_t rooms_per_person = limits::kRoomsPerPerson;
    std::size_t threads_followed = limits::kThreadsFollowed;
    std::size_t members_per_room = limits::kMembersPerRoom;
    std::size_t reactions_per_message = limits::kReactionsPerMessage;
    std::size_t emoji_per_message = limits::kEmojiPerMessage;
    std::size_t pins_per_room = limits::kPinsPerRoom;
    std::size_t posters_per_room = limits::kPostersPerRoom;
    std::size_t blocked_people = limits::kBlockedPeople;
};

class MemoryBackend final : public store::Backend {
  public:
    // A fresh store holds the room `general`.
    explicit MemoryBackend(RoomId general, StoreBounds bounds = {});

    std::expected<std::unique_ptr<store::Writer>, store::StorageError> open_writer() override;
    std::expected<std::unique_ptr<store::Reader>, store::StorageError> open_reader() override;
    [[nodiscard]] const MemoryRecords& records() const { return records_; }

  private:
    MemoryRecords records_;
    StoreBounds bounds_;
};

}  // namespace parley::simulation
