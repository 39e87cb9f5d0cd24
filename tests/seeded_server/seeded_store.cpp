#include "seeded_server/seeded_store.hpp"

#include <stdexcept>

namespace parley::support {

namespace {

template <class Opened>
auto opened_or_throw(std::expected<Opened, store::StorageError> opened) {
    if (!opened) throw std::runtime_error("the store of a test cannot be opened: " + opened.error().what);
    return std::move(*opened);
}

}  // namespace

class SeededStore::Writer final : public store::Writer {
  public:
    Writer(SeededStore& store, std::unique_ptr<store::Writer> real) : store_(store), real_(std::move(real)) {}

    std::expected<void, store::StorageError> begin() override { return real_->begin(); }
    std::expected<store::Outcome, store::StorageError> apply(const store::Change& change,
                                                             store::Effects& effects) override {
        return real_->apply(change, effects);
    }
    std::expected<void, store::StorageError> commit() override {
        auto committed = real_->commit();
        while (committed && !store_.queries_.empty() && store_.one_in(3)) store_.run_one_query();
        return committed;
    }
    void rollback() override { real_->rollback(); }
    std::expected<store::LastCommit, store::StorageError> reopen() override { return real_->reopen(); }

  private:
    SeededStore& store_;
    std::unique_ptr<store::Writer> real_;
};

SeededStore::SeededStore(store::Backend& backend, shard::Shards& shards, store::CommitListener& listener,
                         std::uint64_t seed, Rules rules)
    : shards_(shards),
      rules_(rules),
      chance_(seed),
      writer_(std::make_unique<Writer>(*this, opened_or_throw(backend.open_writer()))),
      reader_(opened_or_throw(backend.open_reader())),
      queue_(rules.queue),
      committer_(*writer_, queue_, shards, listener, store::StoreWatch{}, rules.settling) {}

void SeededStore::submit(store::Change change, shard::ShardId asker, store::Answer answer) {
    store::QueuedChange queued{std::move(change), asker, std::move(answer)};
    const auto refused = queue_.push(queued);
    if (!refused) return;
    shards_.post_to(asker, [answer = std::move(queued.answer), why = *refused]() mutable {
        answer(store::Outcome{store::Status::retry, why, {}});
    });
}

void SeededStore::run_query(shard::ShardId asker, Query query) {
    if (ended_ || queries_.size() >= rules_.most_queries) {
        ++refused_queries_;
        return shards_.post_to(asker, query(nullptr));
    }
    queries_.push_back({asker, std::move(query)});
}

void SeededStore::run_one() {
    const bool only_answers = queries_.empty() && queue_.size() == 0;
    if (!answers_.empty() && (only_answers || one_in(3))) return hand_over_one_answer();
    const bool commit = queries_.empty() || (queue_.size() > 0 && one_in(2));
    if (!commit) return run_one_query();
    const auto most = 1 + chance_() % rules_.most_in_a_batch;
    ended_ = !committer_.commit(queue_.take(most, std::chrono::milliseconds(0)));
}

void SeededStore::drop_all() {
    queries_.clear();
    answers_.clear();
    while (!queue_.take(queue_.size(), std::chrono::milliseconds(0)).empty()) {
    }
}

void SeededStore::run_one_query() {
    const auto chosen = queries_.begin() + static_cast<std::ptrdiff_t>(chance_() % queries_.size());
    auto waiting = std::move(*chosen);
    queries_.erase(chosen);
    answers_.push_back({waiting.asker, waiting.query(reader_.get())});
    if (!one_in(4)) hand_over_one_answer();
}

// Several readers answer in any order.
void SeededStore::hand_over_one_answer() {
    const auto chosen = answers_.begin() + static_cast<std::ptrdiff_t>(chance_() % answers_.size());
    auto answer = std::move(*chosen);
    answers_.erase(chosen);
    shards_.post_to(answer.asker, std::move(answer.task));
}

}  // namespace parley::support
