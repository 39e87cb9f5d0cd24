#include "support/seeded_shards.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <optional>
#include <utility>

namespace parley::support {
namespace {

constexpr std::size_t kTimer = static_cast<std::size_t>(-1);

}  // namespace

class SeededShards::Seeded final : public shard::Shard {
  public:
    Seeded(SeededShards& all, std::uint32_t index) : all_(all), index_(index) {}

    void accept_senders(std::size_t senders) { inboxes_.resize(senders); }
    void push(std::size_t sender, shard::Task task) { inboxes_[sender].push_back(std::move(task)); }
    [[nodiscard]] bool has_from(std::size_t sender) const { return !inboxes_[sender].empty(); }

    [[nodiscard]] std::size_t waiting() const {
        return std::accumulate(inboxes_.begin(), inboxes_.end(), pretended_,
                               [](std::size_t sum, const auto& inbox) { return sum + inbox.size(); });
    }
    void pretend(std::size_t tasks) { pretended_ = tasks; }
    [[nodiscard]] bool has_due() {
        const auto due = timers_.next_due();
        return due && *due <= all_.clock_.now;
    }
    // False: there was nothing to drop.
    bool drop() {
        bool dropped = timers_.size() > 0;
        timers_.clear();
        for (auto& inbox : inboxes_) {
            dropped = dropped || !inbox.empty();
            std::exchange(inbox, {}).clear();
        }
        return dropped;
    }

    [[nodiscard]] shard::Task take(std::size_t sender) {
        if (sender == kTimer) return *timers_.take_due(all_.clock_.now);
        auto task = std::move(inboxes_[sender].front());
        inboxes_[sender].pop_front();
        return task;
    }

    [[nodiscard]] std::optional<shard::MonotonicTime> next_due() { return timers_.next_due(); }
    [[nodiscard]] std::uint32_t index() const { return index_; }

    [[nodiscard]] shard::ShardId id() const override { return shard::ShardId(index_); }
    shard::TimerId call_after(std::chrono::nanoseconds delay, shard::Task task) override {
        assert_here();
        return timers_.add(all_.clock_.now + delay, std::move(task));
    }
    void cancel(shard::TimerId timer) override {
        assert_here();
        timers_.cancel(timer);
    }
    [[nodiscard]] shard::MonotonicTime now() const override { return all_.clock_.now; }
    [[nodiscard]] Timestamp wall_clock() const override { return all_.clock_.wall(); }
    [[nodiscard]] std::uint64_t random() override { return all_.chance_(); }

    // A test itself, outside any task, may touch every shard.
    void assert_here() const override {
        if (all_.running_ == all_.count() || all_.running_ == index_) return;
        std::fprintf(stderr, "shard %u was used by sender %zu\n", index_, all_.running_);
        std::abort();
    }

  private:
    SeededShards& all_;
    const std::uint32_t index_;
    std::vector<std::deque<shard::Task>> inboxes_;  // one per sender
    shard::TimerQueue timers_;
    std::size_t pretended_ = 0;
};

SeededShards::SeededShards(std::size_t count, std::uint64_t seed) : SeededShards(count, seed, own_clock_) {}

SeededShards::SeededShards(std::size_t count, std::uint64_t seed, SeededClock& clock)
    : chance_(seed), clock_(clock), running_(count) {
    for (std::size_t index = 0; index < count; ++index) {
        shards_.push_back(std::make_unique<Seeded>(*this, static_cast<std::uint32_t>(index)));
        shards_.back()->accept_senders(count + 1 + kOtherThreads);
    }
}

SeededShards::~SeededShards() = default;

std::size_t SeededShards::count() const {
    return shards_.size();
}
shard::Shard& SeededShards::at(shard::ShardId shard) {
    return *shards_.at(index_of(shard));
}
void SeededShards::post_to(shard::ShardId shard, shard::Task task) {
    shards_.at(index_of(shard))->push(running_, std::move(task));
}
std::size_t SeededShards::backlog(shard::ShardId shard) const {
    return shards_.at(index_of(shard))->waiting();
}

bool SeededShards::run_one() {
    const auto choices = count_runnable();
    if (choices == 0) return false;
    const auto choice = runnable(pick(choices));
    shard::Task task = choice.shard->take(choice.sender);
    const Running running(*this, choice.shard->index());
    task();
    task = nullptr;  // what it captured is destroyed on its shard, too
    return true;
}

std::size_t SeededShards::run_until_idle() {
    std::size_t ran = 0;
    while (run_one()) ++ran;
    return ran;
}

void SeededShards::advance(std::chrono::nanoseconds duration) {
    const auto end = clock_.now + duration;
    run_until_idle();
    for (auto due = next_due(); due && *due <= end; due = next_due()) {
        clock_.now = std::max(clock_.now, *due);
        run_until_idle();
    }
    clock_.now = end;
}

bool SeededShards::has_work() {
    return count_runnable() > 0;
}

void SeededShards::pretend_backlog(shard::ShardId shard, std::size_t tasks) {
    shards_.at(index_of(shard))->pretend(tasks);
}

void SeededShards::drop_all() {
    for (bool dropped = true; dropped;) {
        dropped = false;
        for (const auto& shard : shards_) dropped = shard->drop() || dropped;
    }
}

std::size_t SeededShards::count_runnable() {
    std::size_t choices = 0;
    for (const auto& shard : shards_) {
        for (std::size_t sender = 0; sender < senders(); ++sender) choices += std::size_t{shard->has_from(sender)};
        choices += std::size_t{shard->has_due()};
    }
    return choices;
}

// REQUIRES: index < count_runnable().
SeededShards::Choice SeededShards::runnable(std::size_t index) {
    for (const auto& shard : shards_) {
        for (std::size_t sender = 0; sender < senders(); ++sender) {
            if (shard->has_from(sender) && index-- == 0) return {shard.get(), sender};
        }
        if (shard->has_due() && index-- == 0) return {shard.get(), kTimer};
    }
    return {};
}

std::optional<shard::MonotonicTime> SeededShards::next_due() {
    std::optional<shard::MonotonicTime> first;
    for (const auto& shard : shards_) {
        const auto due = shard->next_due();
        if (due && (!first || *due < *first)) first = due;
    }
    return first;
}

// Not std::uniform_int_distribution, whose result may differ between libraries: a seed must replay everywhere.
std::size_t SeededShards::pick(std::size_t below) {
    return static_cast<std::size_t>(chance_() % below);
}

}  // namespace parley::support
