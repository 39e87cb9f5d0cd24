// Shards on threads: one io_context and one thread each. Sockets of a shard live on its context.
#pragma once

#include <asio/io_context.hpp>
#include <atomic>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "shard/executor.hpp"

namespace parley::shard {

// Told on the shard's thread what escaped from one of its tasks; the shard goes on. Must not throw.
using TaskFailure = std::function<void(ShardId, std::string_view what)>;

// What the shards take for the time; it must not run backwards. Tests let it jump.
using Clock = MonotonicTime (*)();

class AsioShards final : public Shards {
  public:
    explicit AsioShards(std::size_t count, Clock clock = std::chrono::steady_clock::now);
    ~AsioShards() override;  // stops and joins

    // Before start(). Without it a line goes to standard error.
    void on_task_failure(TaskFailure failure);
    void start();
    // Not from a shard. Ends every thread after the task it runs now; joins them. What still waits is not run; it is
    // destroyed with this object.
    void stop();

    [[nodiscard]] std::size_t count() const override;
    [[nodiscard]] Shard& at(ShardId shard) override;
    void post_to(ShardId shard, Task task) override;
    [[nodiscard]] std::size_t backlog(ShardId shard) const override;
    // For net, which makes its sockets on it.
    [[nodiscard]] asio::io_context& context(ShardId shard);

  private:
    class Thread;
    TaskFailure failure_;
    std::vector<std::unique_ptr<Thread>> threads_;
};

}  // namespace parley::shard
