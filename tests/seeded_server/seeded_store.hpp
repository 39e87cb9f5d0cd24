// The store without threads for tests: the real queue, committer and backend, run one batch or one query at a time by
// whoever owns the schedule. What becomes of a batch size or of the order of queries is a seeded choice; so is when the
// readers, which have threads of their own, read and answer: also between a commit and its publication, and long after
// they have read.
#pragma once

#include <deque>
#include <memory>
#include <random>

#include "shard/executor.hpp"
#include "store/committer.hpp"

namespace parley::support {

class SeededStore final : public store::Store {
  public:
    struct Rules {
        store::ChangeQueue::Bounds queue = {};
        store::Settling settling = {};
        std::size_t most_in_a_batch = 8;
        std::size_t most_queries = limits::kReadQueueEntries;
    };
    // All references must outlive the store. Throws if the backend cannot be opened.
    SeededStore(store::Backend& backend, shard::Shards& shards, store::CommitListener& listener, std::uint64_t seed,
                Rules rules);

    void submit(store::Change change, shard::ShardId asker, store::Answer answer) override;
    void run_query(shard::ShardId asker, Query query) override;
    [[nodiscard]] bool healthy() const override { return committer_.healthy(); }
    void note_failed_read(const store::StorageError& error) override { committer_.note_failed_read(error); }
    [[nodiscard]] const store::StoreCounts& counts() const { return committer_.counts(); }

    [[nodiscard]] bool has_work() const {
        return !ended_ && (queue_.size() > 0 || !queries_.empty() || !answers_.empty());
    }
    // Commits a batch, reads for a query or hands over what was read. REQUIRES: has_work().
    void run_one();
    [[nodiscard]] std::uint64_t refused_queries() const { return refused_queries_; }
    // What became of a commit cannot be learnt: the process must end.
    [[nodiscard]] bool has_ended() const { return ended_; }
    // The end of the process: what waits is destroyed unanswered.
    void drop_all();

  private:
    struct Waiting {
        shard::ShardId asker{};
        Query query;
    };
    struct Answer {
        shard::ShardId asker{};
        shard::Task task;
    };
    // The real writer; readers may come in right after its commits.
    class Writer;
    void run_one_query();
    void hand_over_one_answer();
    [[nodiscard]] bool one_in(std::uint64_t times) { return chance_() % times == 0; }

    shard::Shards& shards_;
    const Rules rules_;
    std::mt19937_64 chance_;
    std::unique_ptr<store::Writer> writer_;
    std::unique_ptr<store::Reader> reader_;
    store::ChangeQueue queue_;
    store::Committer committer_;
    std::deque<Waiting> queries_;
    std::deque<Answer> answers_;  // read, and not handed over yet
    std::uint64_t refused_queries_ = 0;
    bool ended_ = false;
};

}  // namespace parley::support
