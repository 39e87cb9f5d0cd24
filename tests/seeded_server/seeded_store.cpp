#include "seeded_server/seeded_store.hpp"

#include <stdexcept>
#include <utility>

namespace parley::support {

namespace {

constexpr std::size_t kWriter = 0;
constexpr std::size_t kFirstReader = 1;

template <class Opened>
auto opened_or_throw(std::expected<Opened, store::StorageError> opened) {
    if (!opened) throw std::runtime_error("the store of a test cannot be opened: " + opened.error().what);
    return std::move(*opened);
}

}  // namespace

SeededStore::SeededStore(store::Backend& backend, SeededShards& shards, store::CommitListener& listener,
                         std::uint64_t seed, Rules rules)
    : shards_(shards),
      rules_(rules),
      chance_(seed),
      writer_(opened_or_throw(backend.open_writer())),
      reader_(opened_or_throw(backend.open_reader())),
      queue_(rules.queue),
      unpublished_(shards),
      committer_(*writer_, queue_, unpublished_, listener, store::StoreWatch{}, rules.settling) {}

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

std::size_t SeededStore::list_steps(Steps& steps) const {
    std::size_t count = 0;
    if (ended_) return count;
    if (!unpublished_.posts.empty()) {
        steps[count++] = {Step::publish, kWriter};
    } else if (queue_.size() > 0) {
        steps[count++] = {Step::commit, kWriter};
    }
    for (std::size_t reader = 0; reader < kReaders; ++reader) {
        if (read_[reader]) {
            steps[count++] = {Step::answer, reader};
        } else if (!queries_.empty()) {
            steps[count++] = {Step::read, reader};
        }
    }
    return count;
}

std::size_t SeededStore::count_steps() const {
    Steps steps;
    return list_steps(steps);
}

bool SeededStore::run_one() {
    Steps steps;
    const auto count = list_steps(steps);
    const auto [step, reader] = steps[chance_() % count];
    if (step == Step::commit) commit();
    if (step == Step::publish) publish();
    if (step == Step::read) read(reader);
    if (step == Step::answer) answer(reader);
    return step == Step::commit || step == Step::read;
}

void SeededStore::commit() {
    const auto most = 1 + chance_() % rules_.most_in_a_batch;
    ended_ = !committer_.commit(queue_.take(most, std::chrono::milliseconds(0)));
    if (ended_) publish();  // its last words
}

void SeededStore::publish() {
    shards_.as_thread(kWriter, [this] {
        for (auto& post : std::exchange(unpublished_.posts, {})) shards_.post_to(post.to, std::move(post.task));
    });
}

void SeededStore::read(std::size_t reader) {
    const auto chosen = queries_.begin() + static_cast<std::ptrdiff_t>(chance_() % queries_.size());
    auto waiting = std::move(*chosen);
    queries_.erase(chosen);
    read_[reader] = Post{waiting.asker, waiting.query(reader_.get())};
}

void SeededStore::answer(std::size_t reader) {
    shards_.as_thread(kFirstReader + reader,
                      [&] { shards_.post_to(read_[reader]->to, std::move(read_[reader]->task)); });
    read_[reader].reset();
}

void SeededStore::drop_all() {
    queries_.clear();
    unpublished_.posts.clear();
    for (auto& read : read_) read.reset();
    while (!queue_.take(queue_.size(), std::chrono::milliseconds(0)).empty()) {
    }
}

}  // namespace parley::support
