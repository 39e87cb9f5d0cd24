#include "store/read_pool.hpp"

namespace parley::store {

ReadPool::ReadPool(std::vector<std::unique_ptr<Reader>> readers, shard::Shards& shards, std::size_t most_waiting)
    : shards_(shards), most_waiting_(most_waiting), readers_(std::move(readers)) {
    for (const auto& reader : readers_) threads_.emplace_back([this, one = reader.get()] { serve(*one); });
}

ReadPool::~ReadPool() {
    stop();
}

bool ReadPool::take(Waiting& waiting) {
    const std::lock_guard lock(mutex_);
    if (stopped_ || waiting_.size() >= most_waiting_) return false;
    waiting_.push_back(std::move(waiting));
    return true;
}

void ReadPool::run(shard::ShardId asker, Store::Query query) {
    Waiting waiting{asker, std::move(query)};
    if (take(waiting)) {
        changed_.notify_one();
    } else {
        shards_.post_to(asker, waiting.query(nullptr));
    }
}

std::optional<ReadPool::Waiting> ReadPool::next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
    if (waiting_.empty()) return std::nullopt;
    auto waiting = std::move(waiting_.front());
    waiting_.pop_front();
    return waiting;
}

void ReadPool::serve(Reader& reader) {
    while (auto waiting = next()) {
        bool stopped = false;
        {
            const std::lock_guard lock(mutex_);
            stopped = stopped_;
        }
        shards_.post_to(waiting->asker, waiting->query(stopped ? nullptr : &reader));
    }
}

void ReadPool::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

}  // namespace parley::store
