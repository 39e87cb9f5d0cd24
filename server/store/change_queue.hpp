// The changes that wait for the store thread: bounded in entries and bytes, and the one place where an outbox is held
// back (held_back.hpp). Filled from any thread, emptied by the store thread; one of the few mutexes of the server.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

#include "store/changes.hpp"
#include "store/held_back.hpp"
#include "store/store.hpp"

namespace parley::store {

struct QueuedChange {
    Change change;
    shard::ShardId asker{};
    Answer answer;
};

class ChangeQueue {
  public:
    struct Bounds {
        std::size_t entries = limits::kStoreQueueEntries;
        std::size_t bytes = limits::kStoreQueueBytes;
        std::size_t held_back = limits::kHeldBackOutboxes;
    };
    explicit ChangeQueue(Bounds bounds) : bounds_(bounds), held_back_(bounds.held_back) {}

    // Any thread. Takes the change, or says why not and leaves it with the caller.
    [[nodiscard]] std::optional<Refusal> push(QueuedChange& change);
    // From now on nothing is taken; what is queued still is. `reason` answers whoever comes later.
    void close(Refusal reason);

    // --- store thread
    // Waits until there is something, the queue is closed, or `patience` has passed. Empty: there was nothing.
    [[nodiscard]] std::vector<QueuedChange> take(std::size_t most, std::optional<std::chrono::milliseconds> patience);
    [[nodiscard]] bool is_closed() const;
    // Waits for the time to pass or the queue to be closed.
    void pause(std::chrono::milliseconds time);

    [[nodiscard]] bool is_early(const Operation& operation) const;
    void hold(const Operation& refused);
    void settle(const Operation& operation);
    [[nodiscard]] std::size_t size() const;

  private:
    const Bounds bounds_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<QueuedChange> changes_;
    std::size_t bytes_ = 0;
    HeldBack held_back_;
    std::optional<Refusal> closed_;
};

}  // namespace parley::store
