#include "store/committer.hpp"

namespace parley::store {

bool Committer::commit(std::vector<QueuedChange> batch) {
    auto attempt = this->attempt(batch);
    if (attempt.error && attempt.error->outcome_unknown && !settle(batch, attempt)) {
        const auto error = *attempt.error;
        queue_.close(Refusal::storage_failing);
        refuse(std::move(batch), Refusal::not_answered);
        watch_.fatal(error);
        return false;
    }
    if (attempt.error) {
        refuse(std::move(batch), Refusal::storage_failing);
    } else {
        note_success(batch.size());
        answer(std::move(batch), std::move(attempt));
    }
    return true;
}

Committer::Attempt Committer::attempt(const std::vector<QueuedChange>& batch) {
    Attempt attempt;
    attempt.error = apply_all(batch, attempt);
    if (attempt.error) {
        note_failure(*attempt.error);
        if (!attempt.error->outcome_unknown) writer_.rollback();
    }
    return attempt;
}

std::optional<StorageError> Committer::apply_all(const std::vector<QueuedChange>& batch, Attempt& attempt) {
    if (const auto begun = writer_.begin(); !begun) return begun.error();
    attempt.outcomes.reserve(batch.size());
    for (const auto& queued : batch) {
        auto outcome = apply_one(queued.change, attempt.effects);
        if (!outcome) return outcome.error();
        attempt.outcomes.push_back(*outcome);
    }
    const auto committed = writer_.commit();
    if (!committed) return committed.error();
    return std::nullopt;
}

// What was queued before an earlier one of its outbox was refused is behind it too.
std::expected<Outcome, StorageError> Committer::apply_one(const Change& change, Effects& effects) {
    const auto operation = operation_of(change);
    if (operation && queue_.is_early(*operation)) {
        queue_.hold(*operation);
        return Outcome{Status::retry, Refusal::behind_a_refused_one, {}};
    }
    auto outcome = writer_.apply(change, effects);
    if (!operation || !outcome) return outcome;
    if (outcome->status == Status::retry) {
        queue_.hold(*operation);
    } else {
        queue_.settle(*operation);
    }
    return outcome;
}

bool Committer::settle(const std::vector<QueuedChange>& batch, Attempt& attempt) {
    ++counts_.unknown_commits;
    for (int tried = 0; tried < settling_.attempts; ++tried) {
        if (tried > 0) queue_.pause(settling_.pause);
        const auto last = writer_.reopen();
        if (!last) {
            attempt.error = last.error();
            continue;
        }
        if (*last == LastCommit::durable) {
            attempt.error.reset();
            return true;
        }
        attempt = this->attempt(batch);
        if (!attempt.error || !attempt.error->outcome_unknown) return true;
    }
    return false;
}

void Committer::answer(std::vector<QueuedChange> batch, Attempt attempt) {
    Publication publication(shards_, listener_);
    publication.add(std::move(attempt.effects));
    for (std::size_t i = 0; i < batch.size(); ++i)
        publication.add_answer(batch[i].asker, std::move(batch[i].answer), attempt.outcomes[i]);
    publication.post();
}

void Committer::refuse(std::vector<QueuedChange> batch, Refusal reason) {
    Publication publication(shards_, listener_);
    for (auto& queued : batch) {
        if (const auto operation = operation_of(queued.change)) queue_.hold(*operation);
        publication.add_answer(queued.asker, std::move(queued.answer), {Status::retry, reason, {}});
    }
    publication.post();
}

void Committer::note_failure(const StorageError& error) {
    ++counts_.failed_commits;
    if (commits_succeed_.exchange(false)) watch_.failing(error);
    note_damage(error);
}

void Committer::note_failed_read(const StorageError& error) {
    ++counts_.failed_reads;
    note_damage(error);
}

void Committer::note_damage(const StorageError& error) {
    if (error.damaged && !damaged_.exchange(true)) watch_.damaged(error);
}

void Committer::note_success(std::size_t changes) {
    ++counts_.commits;
    counts_.changes += changes;
    if (!commits_succeed_.exchange(true)) watch_.recovered();
}

}  // namespace parley::store
