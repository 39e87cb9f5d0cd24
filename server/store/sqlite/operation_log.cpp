#include "sqlite/operation_log.hpp"

#include "protocol/limits.hpp"

namespace parley::sqlite {

namespace {

using store::Outcome;
using store::Status;

// One outbox comes to have results at a time, and pushes one out; some more, should they have been left.
constexpr std::int64_t kMostExpiredAtOnce = 8;
constexpr std::int64_t kMostPagesLookedAt = 16;

Outcome refused(Refusal reason) {
    return {Status::refused, reason, {}};
}

}  // namespace

OperationLog::OperationLog(Database& database)
    : database_(database),
      find_account_(database, "SELECT 1 FROM accounts WHERE user = ?1"),
      find_outbox_(database, "SELECT confirmed_through, unconfirmed FROM outboxes WHERE user = ?1 AND outbox = ?2"),
      find_operation_(database,
                      "SELECT fingerprint, refusal, room, sequence, ordinal FROM operations WHERE user = ?1 AND outbox "
                      "= ?2 AND number = ?3"),
      add_operation_(database,
                     "INSERT INTO operations(user, outbox, number, fingerprint, refusal, room, sequence, ordinal)"
                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
      count_operation_(database,
                       "INSERT INTO outboxes(user, outbox, confirmed_through, unconfirmed, last_used)"
                       " VALUES(?1, ?2, 0, 1, (SELECT commits FROM server))"
                       " ON CONFLICT(user, outbox) DO UPDATE SET unconfirmed = unconfirmed + 1, last_used = "
                       "excluded.last_used"),
      remove_operations_(database, "DELETE FROM operations WHERE user = ?1 AND outbox = ?2 AND number <= ?3"),
      confirm_(database,
               "UPDATE outboxes SET confirmed_through = max(confirmed_through, ?3), unconfirmed = unconfirmed - ?4"
               " WHERE user = ?1 AND outbox = ?2"),
      find_long_unused_(database,
                        "SELECT outbox, confirmed_through FROM outboxes WHERE user = ?1 AND unconfirmed > 0"
                        " ORDER BY last_used DESC LIMIT ?3 OFFSET ?2"),
      list_operations_(database, "SELECT number FROM operations WHERE user = ?1 AND outbox = ?2 ORDER BY number") {}

std::optional<OperationLog::OutboxState> OperationLog::state_of(UserId user, OutboxId outbox) {
    auto rows = find_outbox_(user, outbox);
    if (!rows.next()) return std::nullopt;
    return OutboxState{static_cast<std::uint64_t>(rows.integer(0)), static_cast<std::uint64_t>(rows.integer(1))};
}

std::optional<Outcome> OperationLog::recorded(const store::Operation& operation) {
    auto rows = find_operation_(operation.user, operation.op.outbox, as_stored_place(operation.op.number));
    if (!rows.next()) return std::nullopt;
    if (rows.integer(0) != as_stored_id(operation.fingerprint)) return refused(Refusal::op_conflict);
    if (rows.integer(1) != 0) return refused(rows.get<Refusal>(1));
    return Outcome{Status::earlier, {}, {{}, rows.get<RoomId>(2), rows.get<Sequence>(3), rows.get<Ordinal>(4)}};
}

bool OperationLog::can_keep(OpId op) {
    return op.number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
}

std::optional<Outcome> OperationLog::settled(const store::Operation& operation) {
    if (!find_account_.finds(operation.user)) return refused(Refusal::no_such_person);
    if (!can_keep(operation.op)) return refused(Refusal::malformed);
    const auto outbox = state_of(operation.user, operation.op.outbox);
    if (!outbox) return std::nullopt;
    if (operation.op.number <= outbox->confirmed_through) return refused(Refusal::op_expired);
    if (auto known = recorded(operation)) return known;
    // Those after the first unsettled one may have taken every place: it must get one all the same once it is next.
    const bool is_far = operation.op.number - outbox->confirmed_through > limits::kUnconfirmedPerOutbox;
    if (is_far && outbox->unconfirmed >= limits::kUnconfirmedPerOutbox)
        return Outcome{Status::retry, Refusal::confirm_first, {}};
    return std::nullopt;
}

void OperationLog::record(const store::Operation& operation, const Outcome& outcome) {
    const auto before = state_of(operation.user, operation.op.outbox);
    const auto refusal = outcome.done() ? 0 : static_cast<int>(outcome.refusal);
    add_operation_.run(operation.user, operation.op.outbox, as_stored_place(operation.op.number),
                       as_stored_id(operation.fingerprint), refusal, outcome.result.room, outcome.result.sequence,
                       outcome.result.ordinal);
    count_operation_.run(operation.user, operation.op.outbox);
    if (!before || before->unconfirmed == 0) expire_long_unused(operation.user);
}

// Their numbers stay taken: what still comes of them is refused as expired, never done twice. Only those that are known
// to be settled: a number that never came, with later ones done (they were of other rooms), is still to be done when it
// comes, and the results above it stay. Such outboxes are passed over, so that they do not keep what is behind them.
void OperationLog::expire_long_unused(UserId user) {
    for (std::int64_t page = 0; page < kMostPagesLookedAt; ++page) {
        const auto unused =
            long_unused(user, static_cast<std::int64_t>(limits::kOutboxesPerPerson) + page * kMostExpiredAtOnce);
        bool is_stuck = unused.size() == static_cast<std::size_t>(kMostExpiredAtOnce);
        for (const auto& [outbox, confirmed] : unused) {
            const auto through = settled_through(user, outbox, confirmed);
            if (through <= confirmed) continue;
            forget(user, outbox, through);
            is_stuck = false;
        }
        if (!is_stuck) return;
    }
}

std::vector<std::pair<OutboxId, std::uint64_t>> OperationLog::long_unused(UserId user, std::int64_t after) {
    std::vector<std::pair<OutboxId, std::uint64_t>> unused;
    auto rows = find_long_unused_(user, after, kMostExpiredAtOnce);
    while (rows.next()) unused.emplace_back(rows.get<OutboxId>(0), static_cast<std::uint64_t>(rows.integer(1)));
    return unused;
}

// The last of the numbers that follow the confirmed ones without a gap.
std::uint64_t OperationLog::settled_through(UserId user, OutboxId outbox, std::uint64_t confirmed) {
    auto through = confirmed;
    auto rows = list_operations_(user, outbox);
    while (rows.next() && static_cast<std::uint64_t>(rows.integer(0)) == through + 1) ++through;
    return through;
}

void OperationLog::forget(UserId user, OutboxId outbox, std::uint64_t through) {
    const auto last = as_stored_place(through);
    remove_operations_.run(user, outbox, last);
    confirm_.run(user, outbox, last, std::int64_t{sqlite3_changes64(database_.handle())});
}

}  // namespace parley::sqlite
