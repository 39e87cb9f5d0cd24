// Go-back-N for the operations of one connection: after a retryable refusal of an operation, every later one of the
// same outbox is refused until the refused one comes again or is confirmed. So what was sent in order is done in order.
// A value; one thread.
#pragma once

#include <set>
#include <unordered_map>

#include "protocol/ids.hpp"

namespace parley::session {

class GoBackN {
  public:
    // Whether this operation must wait for an earlier one; if not, its outbox is released.
    [[nodiscard]] bool holds_back(const OpId& op);
    void refused(const OpId& op);
    // The client knows all up to here as settled, and does not send them again.
    void confirmed(OutboxId outbox, std::uint64_t through);
    // Answered otherwise: a late refusal of an earlier sending of it no longer counts.
    void settled(const OpId& op);

  private:
    // Of each outbox all that must come again, so that letting one go does not let go those refused behind it; the
    // lowest kUnansweredPerSession of them.
    std::unordered_map<OutboxId, std::set<std::uint64_t>> refused_;
};

}  // namespace parley::session
