// The store: one thread that writes, in batches (committer.hpp), and a few that read (read_pool.hpp). It takes whatever
// is queued and makes one transaction of it; there is no timer, so light load waits for nobody and heavy load batches
// itself.
#pragma once

#include <thread>

#include "store/committer.hpp"
#include "store/read_pool.hpp"

namespace parley::store {

struct StoreSettings {
    ChangeQueue::Bounds queue = {};
    std::size_t batch_entries = limits::kStoreBatchEntries;
    std::size_t reader_threads = limits::kReaderThreads;
    std::size_t read_queue_entries = limits::kReadQueueEntries;
    Settling settling = {};
    std::chrono::milliseconds probe_every = limits::kStoreProbe;
};

class StoreThread final : public Store {
  public:
    // The backend, the shards and the listener must outlive the store.
    [[nodiscard]] static std::expected<std::unique_ptr<StoreThread>, StorageError> start(Backend& backend,
                                                                                         shard::Shards& shards,
                                                                                         CommitListener& listener,
                                                                                         StoreWatch watch,
                                                                                         StoreSettings settings = {});
    ~StoreThread() override;

    void submit(Change change, shard::ShardId asker, Answer answer) override;
    void run_query(shard::ShardId asker, Query query) override;
    [[nodiscard]] bool healthy() const override { return committer_.healthy(); }
    void note_failed_read(const StorageError& error) override { committer_.note_failed_read(error); }
    [[nodiscard]] const StoreCounts& counts() const { return committer_.counts(); }

    // Takes nothing more, commits and answers what is queued, and ends the threads. The shards must still run.
    void stop();

  private:
    StoreThread(std::unique_ptr<Writer> writer, std::vector<std::unique_ptr<Reader>> readers, shard::Shards& shards,
                CommitListener& listener, StoreWatch watch, StoreSettings settings);
    void run();
    void refuse_rest();

    shard::Shards& shards_;
    StoreSettings settings_;
    std::unique_ptr<Writer> writer_;
    ChangeQueue queue_;
    Committer committer_;
    ReadPool readers_;
    std::thread thread_;
};

}  // namespace parley::store
