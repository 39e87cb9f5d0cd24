// Go-back-N: after an operation was refused retryably, the later ones of its outbox are refused too until it comes
// again, so that what one person says keeps its order. One that is refused for being behind must come again as well
// before any later one: operations of one outbox reach the queue from several shards and connections, not in order.
// A value without a thread of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "protocol/limits.hpp"
#include "store/records.hpp"

namespace parley::store {

class HeldBack {
  public:
    // Beyond `most` outboxes the one held longest is let go: its order is then the network's.
    explicit HeldBack(std::size_t most = limits::kHeldBackOutboxes) : most_(most) {}

    // One before it was refused and has not come again: it is not taken into the queue.
    [[nodiscard]] bool is_behind(const Operation& operation) const;
    // One before it was refused and has not been settled since: it stood in the queue already when that one came again.
    [[nodiscard]] bool is_early(const Operation& operation) const;
    void hold(const Operation& refused);
    // A refused one has come again, into the queue.
    void let_in(const Operation& operation);
    // The client has the results of everything up to here: none of it comes again.
    void let_go_through(UserId user, OutboxId outbox, std::uint64_t through);
    void settle(const Operation& operation);
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
    struct Number {
        std::uint64_t number = 0;
        bool is_queued = false;
    };
    struct Refused {
        std::vector<Number> numbers;  // rising, never empty; the lowest kUnansweredPerSession of them
        std::uint64_t age = 0;
    };
    using Held = std::unordered_map<Outbox, Refused, Hash>;
    static std::vector<Number>::iterator place_of(std::vector<Number>& numbers, std::uint64_t number);
    static Outbox key_of(const Operation& operation) { return {operation.user, operation.op.outbox}; }
    void make_room();

    std::size_t most_;
    std::uint64_t next_age_ = 0;
    Held refused_;
    std::deque<std::pair<std::uint64_t, Outbox>> by_age_;  // also those let go since; skipped when reached
};

}  // namespace parley::store
