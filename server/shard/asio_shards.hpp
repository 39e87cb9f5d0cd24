// Shards on threads: one io_context and one thread each. Sockets of a shard live on its context.
#pragma once

#include <asio/io_context.hpp>
#include <memory>

#include "shard/executor.hpp"

namespace parley::shard {

class AsioShards final : public Shards {
  public:
    explicit AsioShards(std::size_t count);
    ~AsioShards() override;  // stops and joins

    void start();
    // Ends every thread after the task it runs now; joins them. What still waits is destroyed, not run.
    void stop();

    [[nodiscard]] std::size_t count() const override;
    [[nodiscard]] Shard& at(ShardId shard) override;
    void post_to(ShardId shard, Task task) override;
    [[nodiscard]] std::size_t backlog(ShardId shard) const override;
    // For net, which makes its sockets on it.
    [[nodiscard]] asio::io_context& context(ShardId shard);

  private:
    class Thread;
    std::vector<std::unique_ptr<Thread>> threads_;
};

}  // namespace parley::shard
