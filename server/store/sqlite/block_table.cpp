#include "sqlite/block_table.hpp"

#include "protocol/limits.hpp"

namespace parley::sqlite {

BlockTable::BlockTable(Database& database)
    : find_(database, "SELECT 1 FROM blocks WHERE user = ?1 AND blocked = ?2"),
      count_(database, "SELECT count(*) FROM blocks WHERE user = ?1"),
      add_(database, "INSERT INTO blocks(user, blocked) VALUES(?1, ?2)"),
      remove_(database, "DELETE FROM blocks WHERE user = ?1 AND blocked = ?2") {}

bool BlockTable::holds(UserId user, UserId blocked) {
    return find_.finds(user, blocked);
}

bool BlockTable::is_full(UserId user) {
    auto rows = count_(user);
    return rows.next() && rows.get<std::uint64_t>(0) >= limits::kBlockedPeople;
}

void BlockTable::set(UserId user, UserId blocked, bool on) {
    (on ? add_ : remove_).run(user, blocked);
}

}  // namespace parley::sqlite
