// Shards on one thread for tests: which shard runs next is a seeded choice, time is simulated. The same seed and the
// same calls give the same run. Posts from one sender to one shard keep their order; nothing else does. An exception
// of a task leaves the call that ran it.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "shard/executor.hpp"
#include "shard/timer_queue.hpp"

namespace parley::support {

class SeededShards final : public shard::Shards {
  public:
    SeededShards(std::size_t count, std::uint64_t seed);
    ~SeededShards() override;

    [[nodiscard]] std::size_t count() const override;
    [[nodiscard]] shard::Shard& at(shard::ShardId shard) override;
    void post_to(shard::ShardId shard, shard::Task task) override;
    [[nodiscard]] std::size_t backlog(shard::ShardId shard) const override;

    // Runs one task or due call; false: nothing is runnable now.
    bool run_one();
    // Runs until nothing is runnable without time passing; the number of tasks run.
    std::size_t run_until_idle();
    // Lets time pass, from one due call to the next, running all that becomes runnable.
    void advance(std::chrono::nanoseconds duration);
    [[nodiscard]] shard::MonotonicTime now() const { return now_; }

  private:
    class Seeded;
    struct Choice {
        Seeded* shard;
        std::size_t sender;  // or kTimer
    };
    [[nodiscard]] std::vector<Choice> runnable();
    [[nodiscard]] std::optional<shard::MonotonicTime> next_due();
    [[nodiscard]] std::size_t pick(std::size_t below);

    std::mt19937_64 chance_;
    shard::MonotonicTime now_;
    std::size_t running_;  // the index of the shard whose task runs; count() while none does
    std::vector<std::unique_ptr<Seeded>> shards_;
};

}  // namespace parley::support
