// What became of each operation: looked up before anything is decided, so that a resend gets the first result. Kept
// until the outbox confirms that the result arrived, or limits::kOutboxesPerPerson others of hers were used since. A
// number that is gone so was settled, as done or as refused: op_expired, and nothing else is ever told of it.
// Inside the writer's transaction.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "sqlite/database.hpp"

namespace parley::sqlite {

class OperationLog {
  public:
    explicit OperationLog(Database& database);

    // Numbers rise from 1 and stay below what the database can order.
    [[nodiscard]] static bool can_keep(OpId op);
    // The answer where nothing is to be done: known, in conflict, expired, nobody's, or too many unconfirmed before it.
    [[nodiscard]] std::optional<store::Outcome> settled(const store::Operation& operation);
    // REQUIRES: not settled, and done or finally refused.
    void record(const store::Operation& operation, const store::Outcome& outcome);
    void forget(UserId user, OutboxId outbox, std::uint64_t through);

  private:
    struct OutboxState {
        std::uint64_t confirmed_through = 0;
        std::uint64_t unconfirmed = 0;
    };
    [[nodiscard]] std::optional<OutboxState> state_of(UserId user, OutboxId outbox);
    void expire_long_unused(UserId user);
    [[nodiscard]] std::vector<std::pair<OutboxId, std::uint64_t>> long_unused(UserId user, std::int64_t after);
    [[nodiscard]] std::uint64_t settled_through(UserId user, OutboxId outbox, std::uint64_t confirmed);
    [[nodiscard]] std::optional<store::Outcome> recorded(const store::Operation& operation);

    Database& database_;
    Statement find_account_;
    Statement find_outbox_;
    Statement find_operation_;
    Statement add_operation_;
    Statement count_operation_;
    Statement remove_operations_;
    Statement confirm_;
    Statement find_long_unused_;
    Statement list_operations_;
};

}  // namespace parley::sqlite
