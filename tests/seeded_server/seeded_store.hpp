// The store without threads for tests: the real queue, committer and backend, run step by step by whoever owns the
// schedule. It stands for one thread that writes and two that read, and each posts as itself and some time after it has
// committed or read, so that what was read and what is published cross on their way in every order that they can. How
// large a batch is, which query comes next and whose step it is are seeded choices.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <random>

#include "store/committer.hpp"
#include "support/seeded_shards.hpp"

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
    SeededStore(store::Backend& backend, SeededShards& shards, store::CommitListener& listener, std::uint64_t seed,
                Rules rules);

    void submit(store::Change change, shard::ShardId asker, store::Answer answer) override;
    void run_query(shard::ShardId asker, Query query) override;
    [[nodiscard]] bool healthy() const override { return committer_.healthy(); }
    void note_failed_read(const store::StorageError& error) override { committer_.note_failed_read(error); }
    [[nodiscard]] const store::StoreCounts& counts() const { return committer_.counts(); }

    [[nodiscard]] bool has_work() const { return count_steps() > 0; }
    // One thread goes on: it commits or reads (true: that takes its time), or posts what came of that. REQUIRES:
    // has_work().
    bool run_one();
    [[nodiscard]] std::uint64_t refused_queries() const { return refused_queries_; }
    // What became of a commit cannot be learnt: the process must end.
    [[nodiscard]] bool has_ended() const { return ended_; }
    // The end of the process: what waits is destroyed unanswered.
    void drop_all();

  private:
    static constexpr std::size_t kReaders = SeededShards::kOtherThreads - 1;
    struct Waiting {
        shard::ShardId asker{};
        Query query;
    };
    struct Post {
        shard::ShardId to{};
        shard::Task task;
    };
    // The shards as the committer sees them: its posts wait until they are published.
    class Unpublished final : public shard::Shards {
      public:
        explicit Unpublished(shard::Shards& real) : real_(real) {}
        std::size_t count() const override { return real_.count(); }
        shard::Shard& at(shard::ShardId shard) override { return real_.at(shard); }
        void post_to(shard::ShardId shard, shard::Task task) override { posts.push_back({shard, std::move(task)}); }
        std::size_t backlog(shard::ShardId shard) const override { return real_.backlog(shard); }
        std::vector<Post> posts;

      private:
        shard::Shards& real_;
    };
    // Who goes on, and how.
    enum class Step : std::uint8_t { commit, publish, read, answer };
    using Steps = std::array<std::pair<Step, std::size_t>, 1 + kReaders>;
    std::size_t list_steps(Steps& steps) const;
    [[nodiscard]] std::size_t count_steps() const;
    void commit();
    void publish();
    void read(std::size_t reader);
    void answer(std::size_t reader);

    SeededShards& shards_;
    const Rules rules_;
    std::mt19937_64 chance_;
    std::unique_ptr<store::Writer> writer_;
    std::unique_ptr<store::Reader> reader_;
    store::ChangeQueue queue_;
    Unpublished unpublished_;
    store::Committer committer_;
    std::deque<Waiting> queries_;
    std::array<std::optional<Post>, kReaders> read_;  // by each reader, and not posted yet
    std::uint64_t refused_queries_ = 0;
    bool ended_ = false;
};

}  // namespace parley::support
