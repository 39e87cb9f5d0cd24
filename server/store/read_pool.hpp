// A few threads that read, each with a connection of its own, and the bounded queue before them. Any thread may ask.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "store/store.hpp"

namespace parley::store {

class ReadPool {
  public:
    ReadPool(std::vector<std::unique_ptr<Reader>> readers, shard::Shards& shards, std::size_t most_waiting);
    ~ReadPool();  // stops

    // As Store::run_query.
    void run(shard::ShardId asker, Store::Query query);
    // What waits is answered without a reader; joins the threads.
    void stop();

  private:
    struct Waiting {
        shard::ShardId asker{};
        Store::Query query;
    };
    void serve(Reader& reader);
    [[nodiscard]] std::optional<Waiting> next();
    [[nodiscard]] bool take(Waiting& waiting);

    shard::Shards& shards_;
    const std::size_t most_waiting_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Waiting> waiting_;
    bool stopped_ = false;
    std::vector<std::unique_ptr<Reader>> readers_;
    std::vector<std::thread> threads_;
};

}  // namespace parley::store
