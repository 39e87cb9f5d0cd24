// The executor of one thread. Everything above it that decides is handed its time, its chance and its order from here,
// so the same modules run on Asio threads (asio_shards.hpp) and on a seeded, single-threaded scheduler in the tests.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "protocol/ids.hpp"

namespace parley::shard {

using Task = std::move_only_function<void()>;
using MonotonicTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;

// Index of a shard, 0 to count-1. A shard is one thread and all that it owns.
enum class ShardId : std::uint32_t {};
constexpr std::uint32_t index_of(ShardId shard) {
    return static_cast<std::uint32_t>(shard);
}

// Names one pending call of one shard; 0 names none, and cancelling it does nothing.
enum class TimerId : std::uint64_t {};

class Shard {
  public:
    virtual ~Shard() = default;
    [[nodiscard]] virtual ShardId id() const = 0;

    // Only on the shard's own thread. The call is made once, not before `delay` has passed; granularity about 50 ms.
    virtual TimerId call_after(std::chrono::nanoseconds delay, Task task) = 0;
    virtual void cancel(TimerId timer) = 0;
    [[nodiscard]] virtual MonotonicTime now() const = 0;
    [[nodiscard]] virtual Timestamp wall_clock() const = 0;  // for showing only
    [[nodiscard]] virtual std::uint64_t random() = 0;        // unpredictable: from the system's source
    // Debug builds end the process if the caller is not this shard's thread.
    virtual void assert_here() const = 0;
};

class Shards {
  public:
    virtual ~Shards() = default;
    [[nodiscard]] virtual std::size_t count() const = 0;
    [[nodiscard]] virtual Shard& at(ShardId shard) = 0;
    // Any thread. Tasks from one sender to one shard run in the order they were posted. A task captures values and ids,
    // never a connection. Tasks posted after the shard has stopped are dropped.
    virtual void post_to(ShardId shard, Task task) = 0;
    // Any thread; tasks that wait on this shard now.
    [[nodiscard]] virtual std::size_t backlog(ShardId shard) const = 0;

    [[nodiscard]] ShardId home_of(RoomId room) const { return spread(room.value()); }
    [[nodiscard]] ShardId home_of(UserId user) const { return spread(user.value()); }

  private:
    [[nodiscard]] ShardId spread(std::uint64_t value) const {
        return ShardId(static_cast<std::uint32_t>((value * 0x9E3779B97F4A7C15ull >> 32) % count()));
    }
};

}  // namespace parley::shard
