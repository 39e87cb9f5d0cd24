// Reads the records as they were last committed: between transactions, on the writer's thread.
#pragma once

#include "simulation/memory_records.hpp"

namespace parley::simulation {

class MemoryReader final : public store::Reader {
  public:
    explicit MemoryReader(const MemoryRecords& records) : records_(records) {}

    Read<std::optional<store::AccountRecord>> account(const AccountName& name) override;
    Read<bool> has_owner() override;
    Read<std::optional<store::TokenRecord>> token(const store::TokenHash& hash) override;
    Read<std::optional<store::PersonRecord>> person(UserId user) override;
    Read<std::optional<Timestamp>> last_seen(UserId user) override;
    Read<store::ProfilesRecord> profiles_after(ProfileRevision revision) override;
    Read<std::optional<store::RoomRecord>> room(RoomId room) override;
    Read<std::optional<Ordinal>> reads_from(RoomId room, UserId user) override;
    Read<store::HistoryRecord> history(RoomId room, HistoryDirection direction, Ordinal at, std::size_t limit) override;
    Read<store::HistoryRecord> history_at(RoomId room, Timestamp time, Ordinal from, std::size_t limit) override;
    Read<store::HistoryRecord> messages(RoomId room, std::span<const Ordinal> ordinals) override;
    Read<store::PinsRecord> pins(RoomId room) override;
    Read<store::EventsRecord> events_after(RoomId room, Sequence after) override;
    Read<store::DirectoryRecord> directory(const RoomName& after, std::size_t limit) override;

  private:
    const MemoryRecords& records_;
};

}  // namespace parley::simulation
