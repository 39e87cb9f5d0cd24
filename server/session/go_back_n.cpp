#include "session/go_back_n.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace parley::session {

bool GoBackN::holds_back(const OpId& op) {
    const auto found = refused_.find(op.outbox);
    if (found == refused_.end()) return false;
    const auto refused = found->second;
    if (op.number == refused) refused_.erase(found);
    return op.number > refused;
}

void GoBackN::refused(const OpId& op) {
    const auto [found, is_new] = refused_.try_emplace(op.outbox, op.number);
    found->second = std::min(found->second, op.number);
    // A client has one outbox, or a few adopted ones; a hostile one may name many, and loses only its own order.
    if (is_new && refused_.size() > limits::kOutboxesPerSession) refused_.erase(refused_.begin());
}

void GoBackN::confirmed(OutboxId outbox, std::uint64_t through) {
    const auto found = refused_.find(outbox);
    if (found != refused_.end() && found->second <= through) refused_.erase(found);
}

void GoBackN::settled(const OpId& op) {
    const auto found = refused_.find(op.outbox);
    if (found != refused_.end() && found->second == op.number) refused_.erase(found);
}

}  // namespace parley::session
