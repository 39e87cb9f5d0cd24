#include "client/store_answers.hpp"

#include "client/jitter.hpp"
#include "protocol/limits.hpp"

namespace parley::client {

std::optional<StoreAnswers::Kept> StoreAnswers::take_kept(OpId op) {
    const auto asked = keeps_.find(op);
    if (asked == keeps_.end()) return std::nullopt;
    const Kept kept{asked->second};
    keeps_.erase(asked);
    heard();
    return kept;
}

bool StoreAnswers::take_forgotten(OpId op) {
    heard();
    return forgets_.erase(op) != 0;
}

void StoreAnswers::clear() {
    keeps_.clear();
    forgets_.clear();
    heard();
}

std::optional<std::int64_t> StoreAnswers::deadline() const {
    if (!are_awaited()) return std::nullopt;
    return answer_by_.value_or(0);
}

std::vector<OpId> StoreAnswers::overdue(std::int64_t now_ms) {
    std::vector<OpId> all;
    if (!are_awaited()) return all;
    if (!answer_by_) answer_by_ = now_ms + milliseconds_of(limits::kStoreAnswer);
    if (now_ms < *answer_by_) return all;
    for (const auto& asked : keeps_) all.push_back(asked.first);
    all.insert(all.end(), forgets_.begin(), forgets_.end());
    return all;
}

}  // namespace parley::client
