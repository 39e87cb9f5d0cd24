// The pending calls of one shard, ordered by when they are due. Knows no clock; owned by a shard, on its thread only.
// A cancelled call's place in the heap is forgotten later, when it comes up or when such places are the greater part.
#pragma once

#include <optional>
#include <unordered_map>
#include <vector>

#include "shard/executor.hpp"

namespace parley::shard {

class TimerQueue {
  public:
    TimerId add(MonotonicTime due, Task task);
    // Does nothing for a call that was made or cancelled before.
    void cancel(TimerId timer);
    // When the first pending call is due; nothing while there is none.
    [[nodiscard]] std::optional<MonotonicTime> next_due();
    // Takes the first call that is due at `now`; those due at the same time in the order they were added.
    [[nodiscard]] std::optional<Task> take_due(MonotonicTime now);
    void clear();
    [[nodiscard]] std::size_t size() const { return tasks_.size(); }

  private:
    struct Entry {
        MonotonicTime due;
        std::uint64_t id;
    };
    static bool later(const Entry& left, const Entry& right);
    void drop_cancelled();
    void rebuild();

    std::vector<Entry> heap_;
    std::unordered_map<std::uint64_t, Task> tasks_;
    std::uint64_t last_id_ = 0;
};

}  // namespace parley::shard
