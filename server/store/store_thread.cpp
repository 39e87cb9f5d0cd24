#include "store/store_thread.hpp"

namespace parley::store {

std::expected<std::unique_ptr<StoreThread>, StorageError> StoreThread::start(Backend& backend, shard::Shards& shards,
                                                                             CommitListener& listener, StoreWatch watch,
                                                                             StoreSettings settings) {
    auto writer = backend.open_writer();
    if (!writer) return std::unexpected(writer.error());
    std::vector<std::unique_ptr<Reader>> readers;
    for (std::size_t i = 0; i < settings.reader_threads; ++i) {
        auto reader = backend.open_reader();
        if (!reader) return std::unexpected(reader.error());
        readers.push_back(*std::move(reader));
    }
    return std::unique_ptr<StoreThread>(
        new StoreThread(*std::move(writer), std::move(readers), shards, listener, std::move(watch), settings));
}

StoreThread::StoreThread(std::unique_ptr<Writer> writer, std::vector<std::unique_ptr<Reader>> readers,
                         shard::Shards& shards, CommitListener& listener, StoreWatch watch, StoreSettings settings)
    : shards_(shards),
      settings_(settings),
      writer_(std::move(writer)),
      queue_(settings.queue),
      committer_(*writer_, queue_, shards, listener, std::move(watch), settings.settling),
      readers_(std::move(readers), shards, settings.read_queue_entries),
      thread_([this] { run(); }) {}

StoreThread::~StoreThread() {
    stop();
}

void StoreThread::submit(Change change, shard::ShardId asker, Answer answer) {
    QueuedChange queued{std::move(change), asker, std::move(answer)};
    const auto refusal = queue_.push(queued);
    if (!refusal) return;
    shards_.post_to(asker, [answer = std::move(queued.answer), reason = *refusal]() mutable {
        if (answer) answer({Status::retry, reason, {}});
    });
}

void StoreThread::run_query(shard::ShardId asker, Query query) {
    readers_.run(asker, std::move(query));
}

void StoreThread::run() {
    for (;;) {
        const auto patience = committer_.commits_succeed() ? std::nullopt : std::optional(settings_.probe_every);
        auto batch = queue_.take(settings_.batch_entries, patience);
        if (batch.empty() && queue_.is_closed()) return;
        const bool goes_on = batch.empty() ? committer_.probe() : committer_.commit(std::move(batch));
        if (!goes_on) return refuse_rest();
    }
}

// The end: what came in before the queue was closed is answered, so that nobody waits for ever.
void StoreThread::refuse_rest() {
    for (auto rest = queue_.take(settings_.batch_entries, {}); !rest.empty();
         rest = queue_.take(settings_.batch_entries, {})) {
        for (auto& queued : rest) {
            shards_.post_to(queued.asker, [answer = std::move(queued.answer)]() mutable {
                if (answer) answer({Status::retry, Refusal::storage_failing, {}});
            });
        }
    }
}

void StoreThread::stop() {
    queue_.close(Refusal::busy);
    if (thread_.joinable()) thread_.join();
    readers_.stop();
}

}  // namespace parley::store
