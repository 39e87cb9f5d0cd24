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

SeededStore::SeededStore(store::Backend& backend, shard::Shards& shards, store::CommitListener& listener,
                         std::uint64_t seed, Rules rules)
    : shards_(shards),
      rules_(rules),
      chance_(seed),
      writer_(opened_or_throw(backend.open_writer())),
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
    const bool commit = queries_.empty() || (queue_.size() > 0 && chance_() % 2 == 0);
    if (!commit) return run_one_query();
    const auto most = 1 + chance_() % rules_.most_in_a_batch;
    ended_ = !committer_.commit(queue_.take(most, std::chrono::milliseconds(0)));
}

void SeededStore::drop_all() {
    queries_.clear();
    while (!queue_.take(queue_.size(), std::chrono::milliseconds(0)).empty()) {
    }
}

void SeededStore::run_one_query() {
    const auto chosen = queries_.begin() + static_cast<std::ptrdiff_t>(chance_() % queries_.size());
    auto waiting = std::move(*chosen);
    queries_.erase(chosen);
    shards_.post_to(waiting.asker, waiting.query(reader_.get()));
}

}  // namespace parley::support
