#include "support/seeded_shards.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <optional>

namespace parley::support {
namespace {

constexpr std::size_t kTimer = static_cast<std::size_t>(-1);
constexpr std::int64_t kFirstWallClock = 1'767'225'600'000;  // 2026-01-01T00:00Z
constexpr auto kStart = shard::MonotonicTime(std::chrono::hours(1));

}  // namespace

class SeededShards::Seeded final : public shard::Shard {
  public:
    Seeded(SeededShards& all, std::uint32_t index) : all_(all), index_(index) {}

    void accept_senders(std::size_t senders) { inboxes_.resize(senders); }
    void push(std::size_t sender, shard::Task task) { inboxes_[sender].push_back(std::move(task)); }
    [[nodiscard]] bool has_from(std::size_t sender) const { return !inboxes_[sender].empty(); }

    [[nodiscard]] std::size_t waiting() const {
        return std::accumulate(inboxes_.begin(), inboxes_.end(), std::size_t{0},
                               [](std::size_t sum, const auto& inbox) { return sum + inbox.size(); });
    }

    [[nodiscard]] shard::Task take(std::size_t sender) {
        if (sender == kTimer) return *timers_.take_due(all_.now_);
        auto task = std::move(inboxes_[sender].front());
        inboxes_[sender].pop_front();
        return task;
    }

    [[nodiscard]] std::optional<shard::MonotonicTime> next_due() { return timers_.next_due(); }
    [[nodiscard]] std::uint32_t index() const { return index_; }

    [[nodiscard]] shard::ShardId id() const override { return shard::ShardId(index_); }
    shard::TimerId call_after(std::chrono::nanoseconds delay, shard::Task task) override {
        assert_here();
        return timers_.add(all_.now_ + delay, std::move(task));
    }
    void cancel(shard::TimerId timer) override {
        assert_here();
        timers_.cancel(timer);
    }
    [[nodiscard]] shard::MonotonicTime now() const override { return all_.now_; }
    [[nodiscard]] Timestamp wall_clock() const override {
        const auto passed = std::chrono::duration_cast<std::chrono::milliseconds>(all_.now_ - kStart);
        return Timestamp{kFirstWallClock + passed.count()};
    }
    [[nodiscard]] std::uint64_t random() override { return all_.chance_(); }

    // A test itself, outside any task, may touch every shard.
    void assert_here() const override {
        if (all_.running_ == all_.count() || all_.running_ == index_) return;
        std::fprintf(stderr, "shard %u was used by a task of shard %zu\n", index_, all_.running_);
        std::abort();
    }

  private:
    SeededShards& all_;
    const std::uint32_t index_;
    std::vector<std::deque<shard::Task>> inboxes_;  // one per sender; the last is the test itself
    shard::TimerQueue timers_;
};

SeededShards::SeededShards(std::size_t count, std::uint64_t seed) : chance_(seed), now_(kStart), running_(count) {
    for (std::size_t index = 0; index < count; ++index) {
        shards_.push_back(std::make_unique<Seeded>(*this, static_cast<std::uint32_t>(index)));
        shards_.back()->accept_senders(count + 1);
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
    const auto choices = runnable();
    if (choices.empty()) return false;
    const auto& choice = choices[pick(choices.size())];
    shard::Task task = choice.shard->take(choice.sender);

    struct Running {
        std::size_t& now;
        std::size_t before;
        ~Running() { now = before; }
    } const back{running_, running_};
    running_ = choice.shard->index();
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
    const auto end = now_ + duration;
    run_until_idle();
    for (auto due = next_due(); due && *due <= end; due = next_due()) {
        now_ = std::max(now_, *due);
        run_until_idle();
    }
    now_ = end;
}

std::vector<SeededShards::Choice> SeededShards::runnable() {
    std::vector<Choice> choices;
    for (const auto& shard : shards_) {
        for (std::size_t sender = 0; sender <= count(); ++sender) {
            if (shard->has_from(sender)) choices.push_back({shard.get(), sender});
        }
        const auto due = shard->next_due();
        if (due && *due <= now_) choices.push_back({shard.get(), kTimer});
    }
    return choices;
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
