// Go-back-N: after an operation was refused retryably, the later ones of its outbox are refused too until it comes
// again, so that what one person says keeps its order. A value without a thread of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>

#include "protocol/limits.hpp"
#include "store/records.hpp"

namespace parley::store {

class HeldBack {
  public:
    // Beyond `most` outboxes the one held longest is let go: its order is then the network's.
    explicit HeldBack(std::size_t most = limits::kHeldBackOutboxes) : most_(most) {}

    [[nodiscard]] bool is_behind(const Operation& operation) const;
    void hold(const Operation& refused);
    // The refused one itself has come again, or is settled. (One before it does not count: what a dead connection still
    // brings in could then overtake the refused one.)
    void let_go(const Operation& operation);
    // The outbox has confirmed everything up to this number: it knows the refused one as settled and never sends it
    // again (its event came before a refusal of its second sending).
    void let_go_through(UserId user, OutboxId outbox, std::uint64_t number);
    [[nodiscard]] std::size_t size() const { return refused_.size(); }

  private:
    struct Outbox {
        UserId user;
        OutboxId outbox;
        bool operator==(const Outbox&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Outbox& key) const {
            return std::hash<UserId>{}(key.user) * 31 + std::hash<OutboxId>{}(key.outbox);
        }
    };
    struct Refused {
        std::uint64_t number = 0;
        std::uint64_t age = 0;
    };
    static Outbox key_of(const Operation& operation) { return {operation.user, operation.op.outbox}; }
    void make_room();

    std::size_t most_;
    std::uint64_t next_age_ = 0;
    std::unordered_map<Outbox, Refused, Hash> refused_;
    std::deque<std::pair<std::uint64_t, Outbox>> by_age_;  // also those let go since; skipped when reached
};

}  // namespace parley::store
