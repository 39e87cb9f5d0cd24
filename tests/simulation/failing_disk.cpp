#include "simulation/failing_disk.hpp"

#include <stdexcept>

#include "store/changes.hpp"

namespace parley::simulation {

namespace {

using store::LastCommit;
using store::StorageError;

std::unexpected<StorageError> surely(const char* what) {
    return std::unexpected(StorageError{what, false});
}

class FailingWriter final : public store::Writer {
  public:
    FailingWriter(std::unique_ptr<store::Writer> inner, FailingDisk& disk) : inner_(std::move(inner)), disk_(disk) {}

    std::expected<void, StorageError> begin() override {
        if (disk_.happens(disk_.troubles.begin_fails, Fault::begin_failed)) return surely("begin failed");
        return inner_->begin();
    }

    std::expected<store::Outcome, StorageError> apply(const store::Change& change, store::Effects& effects) override {
        disk_.may_be_killed(disk_.troubles.killed_in_transaction, Fault::server_killed_in_transaction);
        if (disk_.happens(disk_.troubles.change_fails, Fault::change_failed)) return surely("a write failed");
        auto outcome = inner_->apply(change, effects);
        if (outcome) disk_.note(change, *outcome);
        return outcome;
    }

    std::expected<void, StorageError> commit() override {
        disk_.may_be_killed(disk_.troubles.killed_before_commit, Fault::server_killed_before_commit);
        if (disk_.happens(disk_.troubles.commit_fails, Fault::commit_failed)) return surely("commit failed");
        const auto unknown = disk_.throws_heads() ? Fault::commit_unknown_durable : Fault::commit_unknown_lost;
        if (disk_.happens(disk_.troubles.commit_unknown, unknown)) return lose_sight(unknown);
        auto committed = inner_->commit();
        disk_.may_be_killed(disk_.troubles.killed_after_commit, Fault::server_killed_after_commit);
        return committed;
    }

    void rollback() override { inner_->rollback(); }

    std::expected<LastCommit, StorageError> reopen() override {
        if (disk_.happens(disk_.troubles.reopen_fails, Fault::reopen_failed)) return surely("reopening failed");
        const auto found = inner_->reopen();
        if (!found) return found;
        // Of a commit that was made, a backend must say so; one that was not made it was never asked for.
        if (last_ == LastCommit::durable && *found != last_) throw std::runtime_error("a durable commit was not found");
        return last_;
    }

  private:
    std::expected<void, StorageError> lose_sight(Fault what_happens) {
        last_ = what_happens == Fault::commit_unknown_durable ? LastCommit::durable : LastCommit::lost;
        if (last_ == LastCommit::lost) {
            inner_->rollback();
        } else if (auto committed = inner_->commit(); !committed) {
            return committed;
        }
        return std::unexpected(StorageError{"a sync failed", true});
    }

    std::unique_ptr<store::Writer> inner_;
    FailingDisk& disk_;
    LastCommit last_ = LastCommit::lost;
};

class FailingReader final : public store::Reader {
  public:
    FailingReader(std::unique_ptr<store::Reader> inner, FailingDisk& disk) : inner_(std::move(inner)), disk_(disk) {}

    Read<std::optional<store::AccountRecord>> account(const AccountName& name) override {
        if (fails()) return surely("a read failed");
        return inner_->account(name);
    }
    Read<bool> has_owner() override {
        if (fails()) return surely("a read failed");
        return inner_->has_owner();
    }
    Read<std::optional<store::TokenRecord>> token(const store::TokenHash& hash) override {
        if (fails()) return surely("a read failed");
        return inner_->token(hash);
    }
    Read<std::optional<store::PersonRecord>> person(UserId user) override {
        if (fails()) return surely("a read failed");
        return inner_->person(user);
    }
    Read<std::optional<Timestamp>> last_seen(UserId user) override {
        if (fails()) return surely("a read failed");
        return inner_->last_seen(user);
    }
    Read<store::ProfilesRecord> profiles_after(ProfileRevision revision) override {
        if (fails()) return surely("a read failed");
        return inner_->profiles_after(revision);
    }
    Read<std::optional<store::RoomRecord>> room(RoomId room) override {
        if (fails()) return surely("a read failed");
        return inner_->room(room);
    }
    // Fails with what is read with it.
    Read<std::optional<Ordinal>> reads_from(RoomId room, UserId user) override {
        return inner_->reads_from(room, user);
    }
    Read<store::HistoryRecord> history(RoomId room, HistoryDirection direction, Ordinal at,
                                       std::size_t limit) override {
        if (fails()) return surely("a read failed");
        return inner_->history(room, direction, at, limit);
    }
    Read<store::HistoryRecord> history_at(RoomId room, Timestamp time, Ordinal from, std::size_t limit) override {
        if (fails()) return surely("a read failed");
        return inner_->history_at(room, time, from, limit);
    }
    Read<store::HistoryRecord> messages(RoomId room, std::span<const Ordinal> ordinals) override {
        if (fails()) return surely("a read failed");
        return inner_->messages(room, ordinals);
    }
    Read<store::PinsRecord> pins(RoomId room) override {
        if (fails()) return surely("a read failed");
        return inner_->pins(room);
    }
    Read<store::EventsRecord> events_after(RoomId room, Sequence after) override {
        if (fails()) return surely("a read failed");
        return inner_->events_after(room, after);
    }
    Read<store::DirectoryRecord> directory(const RoomName& after, std::size_t limit) override {
        if (fails()) return surely("a read failed");
        return inner_->directory(after, limit);
    }

  private:
    [[nodiscard]] bool fails() { return disk_.happens(disk_.troubles.read_fails, Fault::read_failed); }

    std::unique_ptr<store::Reader> inner_;
    FailingDisk& disk_;
};

}  // namespace

bool FailingDisk::happens(std::uint32_t one_in, Fault fault) {
    if (one_in == 0 || !dice_.one_in(one_in)) return false;
    chronicle_.count(fault);
    return true;
}

// What was committed before comes again: its answer was lost, or came too late.
void FailingDisk::note(const store::Change& change, const store::Outcome& outcome) {
    if (outcome.status == store::Status::earlier) chronicle_.count(Fault::resent_after_lost_answer);
    const auto operation = store::operation_of(change);
    if (!operation || !chronicle_.is_told()) return;
    chronicle_.tell("store " + std::to_string(operation->op.outbox.value() % 100'000) + ":" +
                    std::to_string(operation->op.number) + " kind " + std::to_string(change.index()) + " status " +
                    std::to_string(static_cast<int>(outcome.status)));
}

void FailingDisk::may_be_killed(std::uint32_t one_in, Fault fault) {
    if (happens(one_in, fault)) throw Killed{};
}

std::expected<std::unique_ptr<store::Writer>, StorageError> FailingDisk::open_writer() {
    auto inner = inner_.open_writer();
    if (!inner) return std::unexpected(inner.error());
    return std::make_unique<FailingWriter>(std::move(*inner), *this);
}

std::expected<std::unique_ptr<store::Reader>, StorageError> FailingDisk::open_reader() {
    auto inner = inner_.open_reader();
    if (!inner) return std::unexpected(inner.error());
    return std::make_unique<FailingReader>(std::move(*inner), *this);
}

}  // namespace parley::simulation
