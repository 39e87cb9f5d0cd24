// One batch after the other becomes one transaction each, is made known, and is answered. It knows no thread: the store
// thread runs it, and a test or a simulation can run it by itself.
//
// Commits fail in two ways (DESIGN section 4.7). Surely: the batch is refused retryably. With unknown outcome: nobody
// is answered until the reopened database tells what became of it; a lost batch is then applied anew, a durable one is
// made known as if its commit had returned.
#pragma once

#include <atomic>
#include <functional>
#include <vector>

#include "store/change_queue.hpp"
#include "store/publication.hpp"

namespace parley::store {

// Told on the store thread, unless it says otherwise.
struct StoreWatch {
    std::function<void(const StorageError&)> failing = [](const StorageError&) {};  // the first failure after a success
    std::function<void()> recovered = [] {};
    // Nothing can be known any more: the process must end. The batch was answered not_answered, later ones
    // storage_failing.
    std::function<void(const StorageError&)> fatal = [](const StorageError&) {};
    // On any thread, once: something stored is damaged. What is on it is refused, everything else goes on.
    std::function<void(const StorageError&)> damaged = [](const StorageError&) {};
};

struct StoreCounts {
    std::atomic<std::uint64_t> commits = 0;
    std::atomic<std::uint64_t> changes = 0;
    std::atomic<std::uint64_t> failed_commits = 0;
    std::atomic<std::uint64_t> unknown_commits = 0;
    std::atomic<std::uint64_t> failed_reads = 0;
};

struct Settling {
    int attempts = limits::kSettleAttempts;
    std::chrono::milliseconds pause = limits::kSettlePause;
};

class Committer {
  public:
    // All references must outlive the committer.
    Committer(Writer& writer, ChangeQueue& queue, shard::Shards& shards, CommitListener& listener, StoreWatch watch,
              Settling settling)
        : writer_(writer),
          queue_(queue),
          shards_(shards),
          listener_(listener),
          watch_(std::move(watch)),
          settling_(settling) {}

    // Every answer of the batch is posted when this returns, whatever happened. False: the store is at its end.
    [[nodiscard]] bool commit(std::vector<QueuedChange> batch);
    // An empty transaction, to learn whether commits succeed again. False as above.
    [[nodiscard]] bool probe() { return commit({}); }
    [[nodiscard]] bool commits_succeed() const { return commits_succeed_.load(std::memory_order_relaxed); }
    [[nodiscard]] bool healthy() const { return commits_succeed() && !damaged_.load(std::memory_order_relaxed); }
    void note_failed_read(const StorageError& error);  // any thread
    [[nodiscard]] const StoreCounts& counts() const { return counts_; }

  private:
    struct Attempt {
        std::vector<Outcome> outcomes;
        Effects effects;
        std::optional<StorageError> error;
    };
    [[nodiscard]] Attempt attempt(const std::vector<QueuedChange>& batch);
    [[nodiscard]] std::optional<StorageError> apply_all(const std::vector<QueuedChange>& batch, Attempt& attempt);
    [[nodiscard]] std::expected<Outcome, StorageError> apply_one(const Change& change, Effects& effects);
    // Until the outcome of the attempt is known. False: it cannot be learnt.
    [[nodiscard]] bool settle(const std::vector<QueuedChange>& batch, Attempt& attempt);

    void answer(std::vector<QueuedChange> batch, Attempt attempt);
    void refuse(std::vector<QueuedChange> batch, Refusal reason);
    void note_failure(const StorageError& error);
    void note_damage(const StorageError& error);
    void note_success(std::size_t changes);

    Writer& writer_;
    ChangeQueue& queue_;
    shard::Shards& shards_;
    CommitListener& listener_;
    StoreWatch watch_;
    Settling settling_;
    std::atomic<bool> commits_succeed_ = true;
    std::atomic<bool> damaged_ = false;  // for good: a later success is one of something else
    StoreCounts counts_;
};

}  // namespace parley::store
