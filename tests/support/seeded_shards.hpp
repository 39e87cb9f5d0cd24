// Shards on one thread for tests: which shard runs next is a seeded choice, time is simulated. The same seed and the
// same calls give the same run. Posts from one sender to one shard keep their order; nothing else does. Senders are the
// shards, whoever calls outside any task, and threads that are no shard. An exception of a task leaves the call that
// ran it.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include "shard/executor.hpp"
#include "shard/timer_queue.hpp"

namespace parley::support {

// The clocks of a simulated machine. The wall clock may be set; the monotonic one only goes on.
struct SeededClock {
    shard::MonotonicTime now{std::chrono::hours(1)};
    std::int64_t wall_starts_ms = 1'767'222'000'000;  // what the wall showed at monotonic 0: 2026-01-01 at `now`
    [[nodiscard]] Timestamp wall() const {
        return {wall_starts_ms + std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count()};
    }
};

class SeededShards final : public shard::Shards {
  public:
    SeededShards(std::size_t count, std::uint64_t seed);  // with a clock of its own
    // The clock outlives the shards; whoever owns it lets the time pass.
    SeededShards(std::size_t count, std::uint64_t seed, SeededClock& clock);
    ~SeededShards() override;

    [[nodiscard]] std::size_t count() const override;
    [[nodiscard]] shard::Shard& at(shard::ShardId shard) override;
    void post_to(shard::ShardId shard, shard::Task task) override;
    [[nodiscard]] std::size_t backlog(shard::ShardId shard) const override;

    // What such a thread posts keeps its order, and may be overtaken by what the others post.
    static constexpr std::size_t kOtherThreads = 3;
    // Calls as one of them: it may post, and touch no shard. REQUIRES: outside any task; thread < kOtherThreads.
    template <class Act>
    void as_thread(std::size_t thread, Act act) {
        const Running running(*this, count() + 1 + thread);
        act();
    }

    // Runs one task or due call; false: nothing is runnable now.
    bool run_one();
    // Runs until nothing is runnable without time passing; the number of tasks run.
    std::size_t run_until_idle();
    // Lets time pass, from one due call to the next, running all that becomes runnable.
    void advance(std::chrono::nanoseconds duration);
    [[nodiscard]] shard::MonotonicTime now() const { return clock_.now; }
    // Whether run_one() would run something.
    [[nodiscard]] bool has_work();
    // When the next pending call is due.
    [[nodiscard]] std::optional<shard::MonotonicTime> next_due();
    // A shard that claims to have this many tasks waiting beside those it has; 0 ends it.
    void pretend_backlog(shard::ShardId shard, std::size_t tasks);
    // The end of the process: what waits is destroyed unrun, and what that posts too.
    void drop_all();

  private:
    class Seeded;
    // Who runs now, for as long as it lives.
    class Running {
      public:
        Running(SeededShards& all, std::size_t who) : now_(all.running_), before_(all.running_) { now_ = who; }
        ~Running() { now_ = before_; }
        Running(const Running&) = delete;
        Running& operator=(const Running&) = delete;

      private:
        std::size_t& now_;
        std::size_t before_;
    };
    struct Choice {
        Seeded* shard = nullptr;
        std::size_t sender = 0;  // or kTimer
    };
    [[nodiscard]] std::size_t senders() const { return count() + 1 + kOtherThreads; }
    [[nodiscard]] std::size_t count_runnable();
    [[nodiscard]] Choice runnable(std::size_t index);
    [[nodiscard]] std::size_t pick(std::size_t below);

    std::mt19937_64 chance_;
    SeededClock own_clock_;
    SeededClock& clock_;
    std::size_t running_;  // the index of the shard whose task runs; count() while none does; above it a thread
    std::vector<std::unique_ptr<Seeded>> shards_;
};

}  // namespace parley::support
