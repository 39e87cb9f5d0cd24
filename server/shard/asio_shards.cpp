#include "shard/asio_shards.hpp"

#include <sys/random.h>

#include <array>
#include <asio/executor_work_guard.hpp>
#include <asio/post.hpp>
#include <asio/steady_timer.hpp>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "shard/timer_queue.hpp"

namespace parley::shard {
namespace {

// Calls due within one grain are made by one wake-up.
constexpr auto kTimerGrain = std::chrono::milliseconds(10);

// A batch larger than this gives its memory back.
constexpr std::size_t kKeptCapacity = 4'096;

MonotonicTime round_up(MonotonicTime due) {
    const auto grains = (due.time_since_epoch() + kTimerGrain - std::chrono::nanoseconds(1)) / kTimerGrain;
    return MonotonicTime(grains * kTimerGrain);
}

void tell_standard_error(ShardId shard, std::string_view what) {
    std::fprintf(stderr, "a task of shard %u failed: %.*s\n", index_of(shard), static_cast<int>(what.size()),
                 what.data());
}

// Bytes of the system's source, fetched a few at a time.
class RandomSource {
  public:
    std::uint64_t next() {
        if (used_ == numbers_.size()) refill();
        return numbers_[used_++];
    }

  private:
    void refill() {
        // Up to 256 bytes come whole (getrandom(2)); without them nothing here is safe.
        if (getrandom(numbers_.data(), sizeof numbers_, 0) != static_cast<ssize_t>(sizeof numbers_)) std::abort();
        used_ = 0;
    }

    std::array<std::uint64_t, 32> numbers_{};
    std::size_t used_ = numbers_.size();
};

}  // namespace

class AsioShards::Thread final : public Shard {
  public:
    Thread(ShardId id, Clock clock, const TaskFailure& failure)
        : id_(id),
          clock_(clock),
          failure_(failure),
          context_(1),
          keep_running_(context_.get_executor()),
          alarm_(context_) {}

    void start() {
        running_ = true;
        thread_ = std::thread([this] { run(); });
    }

    void stop() {
        stopped_ = true;
        context_.stop();
    }

    void join() {
        if (thread_.joinable()) thread_.join();
        running_ = false;
    }

    // Destroys what was not run, while every shard is still there: a task's destructor may post.
    void discard() {
        inbox_.clear();
        batch_.clear();
        timers_.clear();
    }

    // The loop is woken once for all that is posted until it takes the inbox.
    void post(Task task) {
        if (stopped_.load(std::memory_order_relaxed)) return;
        backlog_.fetch_add(1, std::memory_order_relaxed);
        const std::lock_guard lock(mutex_);
        inbox_.push_back(std::move(task));
        if (std::exchange(woken_, true)) return;
        asio::post(context_, [this] { run_inbox(); });
    }

    [[nodiscard]] std::size_t backlog() const { return backlog_.load(std::memory_order_relaxed); }
    [[nodiscard]] asio::io_context& context() { return context_; }

    [[nodiscard]] ShardId id() const override { return id_; }

    TimerId call_after(std::chrono::nanoseconds delay, Task task) override {
        assert_here();
        const auto due = round_up(now() + delay);
        const auto timer = timers_.add(due, std::move(task));
        if (!armed_for_ || due < *armed_for_) arm(due);
        return timer;
    }

    // An alarm that is not needed any more is left: it finds nothing and arms for the next.
    void cancel(TimerId timer) override {
        assert_here();
        timers_.cancel(timer);
    }

    [[nodiscard]] MonotonicTime now() const override { return clock_(); }

    [[nodiscard]] Timestamp wall_clock() const override {
        const auto since = std::chrono::system_clock::now().time_since_epoch();
        return Timestamp{std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
    }

    [[nodiscard]] std::uint64_t random() override {
        assert_here();
        return random_.next();
    }

    void assert_here() const override {
#ifndef NDEBUG
        if (!running_ || here == this) return;
        std::fprintf(stderr, "shard %u was used from another thread\n", index_of(id_));
        std::abort();
#endif
    }

  private:
    void run() {
        here = this;
        while (!stopped_) {
            guarded([this] { context_.run(); });
        }
    }

    template <class Call>
    void guarded(Call&& call) {
        try {
            call();
        } catch (const std::exception& error) {
            failure_(id_, error.what());
        } catch (...) {
            failure_(id_, "an exception of unknown type");
        }
    }

    void run_inbox() {
        {
            const std::lock_guard lock(mutex_);
            batch_.swap(inbox_);
            woken_ = false;
        }
        for (auto& task : batch_) {
            if (stopped_.load(std::memory_order_relaxed)) return;
            backlog_.fetch_sub(1, std::memory_order_relaxed);
            guarded(task);
            task = nullptr;
        }
        batch_.clear();
        if (batch_.capacity() > kKeptCapacity) batch_.shrink_to_fit();
    }

    void arm(MonotonicTime due) {
        armed_for_ = due;
        alarm_.expires_after(due - now());
        alarm_.async_wait([this](const asio::error_code& error) {
            if (!error) ring();
        });
    }

    void ring() {
        armed_for_.reset();
        // Armed first, so that a call that throws does not end the timers.
        const auto current = now();
        if (timers_.next_due() && *timers_.next_due() <= current) {
            asio::post(context_, [this] { ring(); });
            if (auto task = timers_.take_due(current)) (*task)();
        } else if (const auto next = timers_.next_due()) {
            if (!armed_for_ || *next < *armed_for_) arm(*next);
        }
    }

    static thread_local const Thread* here;

    const ShardId id_;
    const Clock clock_;
    const TaskFailure& failure_;
    asio::io_context context_;
    asio::executor_work_guard<asio::io_context::executor_type> keep_running_;
    asio::steady_timer alarm_;
    std::optional<MonotonicTime> armed_for_;
    TimerQueue timers_;
    RandomSource random_;
    std::mutex mutex_;  // inbox_, woken_
    std::vector<Task> inbox_;
    bool woken_ = false;
    std::vector<Task> batch_;
    std::atomic<std::size_t> backlog_ = 0;
    std::atomic<bool> stopped_ = false;
    std::atomic<bool> running_ = false;
    std::thread thread_;
};

thread_local const AsioShards::Thread* AsioShards::Thread::here = nullptr;

AsioShards::AsioShards(std::size_t count, Clock clock) : failure_(tell_standard_error) {
    for (std::size_t index = 0; index < count; ++index) {
        threads_.push_back(std::make_unique<Thread>(ShardId(static_cast<std::uint32_t>(index)), clock, failure_));
    }
}

AsioShards::~AsioShards() {
    stop();
    for (auto& thread : threads_) thread->discard();
}

void AsioShards::on_task_failure(TaskFailure failure) {
    failure_ = std::move(failure);
}

void AsioShards::start() {
    for (auto& thread : threads_) thread->start();
}

void AsioShards::stop() {
    for (auto& thread : threads_) thread->stop();
    for (auto& thread : threads_) thread->join();
}

std::size_t AsioShards::count() const {
    return threads_.size();
}
Shard& AsioShards::at(ShardId shard) {
    return *threads_.at(index_of(shard));
}
void AsioShards::post_to(ShardId shard, Task task) {
    threads_.at(index_of(shard))->post(std::move(task));
}
std::size_t AsioShards::backlog(ShardId shard) const {
    return threads_.at(index_of(shard))->backlog();
}
asio::io_context& AsioShards::context(ShardId shard) {
    return threads_.at(index_of(shard))->context();
}

}  // namespace parley::shard
