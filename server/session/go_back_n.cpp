#include "session/go_back_n.hpp"

#include <iterator>

#include "protocol/limits.hpp"

namespace parley::session {

bool GoBackN::holds_back(const OpId& op) {
    const auto found = refused_.find(op.outbox);
    if (found == refused_.end()) return false;
    if (op.number > *found->second.begin()) return true;
    settled(op);
    return false;
}

void GoBackN::refused(const OpId& op) {
    const auto [found, is_new] = refused_.try_emplace(op.outbox);
    auto& numbers = found->second;
    numbers.insert(op.number);
    if (numbers.size() > limits::kUnansweredPerSession) numbers.erase(std::prev(numbers.end()));
    // A client has one outbox, or a few adopted ones; a hostile one may name many, and loses only its own order.
    if (is_new && refused_.size() > limits::kOutboxesPerSession) refused_.erase(refused_.begin());
}

void GoBackN::confirmed(OutboxId outbox, std::uint64_t through) {
    const auto found = refused_.find(outbox);
    if (found == refused_.end()) return;
    found->second.erase(found->second.begin(), found->second.upper_bound(through));
    if (found->second.empty()) refused_.erase(found);
}

void GoBackN::settled(const OpId& op) {
    const auto found = refused_.find(op.outbox);
    if (found == refused_.end()) return;
    found->second.erase(op.number);
    if (found->second.empty()) refused_.erase(found);
}

}  // namespace parley::session
