// A backend whose readers fail while a test says so, and are the real ones otherwise.
#pragma once

#include <memory>
#include <utility>

#include "store/store.hpp"

namespace parley::support {

struct FailingReads {
    bool room = false;
    bool person = false;
};

class FailingReader final : public store::Reader {
  public:
    FailingReader(std::unique_ptr<store::Reader> real, const FailingReads& fails)
        : real_(std::move(real)), fails_(fails) {}

    Read<std::optional<store::AccountRecord>> account(const AccountName& name) override { return real_->account(name); }
    Read<bool> has_owner() override { return real_->has_owner(); }
    Read<std::optional<store::TokenRecord>> token(const store::TokenHash& hash) override { return real_->token(hash); }
    Read<std::optional<store::PersonRecord>> person(UserId user) override {
        if (fails_.person) return failure();
        return real_->person(user);
    }
    Read<std::optional<Timestamp>> last_seen(UserId user) override { return real_->last_seen(user); }
    Read<store::ProfilesRecord> profiles_after(ProfileRevision revision) override {
        return real_->profiles_after(revision);
    }
    Read<std::optional<store::RoomRecord>> room(RoomId room) override {
        if (fails_.room) return failure();
        return real_->room(room);
    }
    Read<std::optional<Ordinal>> reads_from(RoomId room, UserId user) override { return real_->reads_from(room, user); }
    Read<store::HistoryRecord> history(RoomId room, HistoryDirection direction, Ordinal at,
                                       std::size_t limit) override {
        return real_->history(room, direction, at, limit);
    }
    Read<store::HistoryRecord> history_at(RoomId room, Timestamp time, Ordinal from, std::size_t limit) override {
        return real_->history_at(room, time, from, limit);
    }
    Read<store::HistoryRecord> messages(RoomId room, std::span<const Ordinal> ordinals) override {
        return real_->messages(room, ordinals);
    }
    Read<store::PinsRecord> pins(RoomId room) override { return real_->pins(room); }
    Read<store::EventsRecord> events_after(RoomId room, Sequence after) override {
        return real_->events_after(room, after);
    }
    Read<store::DirectoryRecord> directory(const RoomName& after, std::size_t limit) override {
        return real_->directory(after, limit);
    }

  private:
    [[nodiscard]] static std::unexpected<store::StorageError> failure() {
        return std::unexpected(store::StorageError{"the test says so", false});
    }
    std::unique_ptr<store::Reader> real_;
    const FailingReads& fails_;
};

class FailingReadsBackend final : public store::Backend {
  public:
    explicit FailingReadsBackend(store::Backend& real) : real_(real) {}
    std::expected<std::unique_ptr<store::Writer>, store::StorageError> open_writer() override {
        return real_.open_writer();
    }
    std::expected<std::unique_ptr<store::Reader>, store::StorageError> open_reader() override {
        auto reader = real_.open_reader();
        if (!reader) return std::unexpected(reader.error());
        return std::make_unique<FailingReader>(std::move(*reader), fails);
    }

    FailingReads fails;

  private:
    store::Backend& real_;
};

}  // namespace parley::support
