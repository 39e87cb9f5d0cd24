#include "sqlite/read_tables.hpp"

#include <vector>

#include "protocol/limits.hpp"

namespace parley::sqlite {

ReadTables::ReadTables(Database& database)
    : raise_(
          database,
          "UPDATE members SET turn = ?4, read = max(reads_from - 1, min(?3, (SELECT last_ordinal FROM rooms WHERE room "
          "= ?1))) WHERE room = ?1 AND user = ?2 AND (turn, read) < (?4, max(reads_from - 1, min(?3, (SELECT "
          "last_ordinal FROM rooms WHERE room = ?1)))) RETURNING 1"),
      standing_(database,
                "SELECT m.turn, m.read, r.head, r.last_ordinal,"
                " (SELECT count(*) FROM messages own WHERE own.room = m.room AND own.author = m.user AND own.ordinal > "
                "m.read)"
                " FROM members m JOIN rooms r ON r.room = m.room WHERE m.room = ?1 AND m.user = ?2"),
      mentioning_(database, kMentioning) {}

bool ReadTables::raise(const store::MoveRead& move) {
    auto rows = raise_(move.room, move.user, move.read.read, move.read.turn);
    bool rose = false;
    while (rows.next()) rose = true;
    return rose;
}

ReadMoved ReadTables::standing(RoomId room, UserId user) {
    ReadMoved stands;
    {
        auto rows = standing_(room, user);
        if (!rows.next()) throw DatabaseError(SQLITE_CORRUPT, "a member of a room that does not exist");
        stands = {room, {rows.get<ReadTurn>(0), rows.get<Ordinal>(1)}, rows.get<Sequence>(2), rows.get<Ordinal>(3), 0,
                  {}};
        const auto own = rows.get<std::uint64_t>(4);
        stands.unread = static_cast<std::uint32_t>(stands.last_ordinal.value() - stands.read.read.value() - own);
    }
    stands.mentions = mentioning_from(mentioning_, room, user, stands.read.read);
    return stands;
}

Mentioning mentioning_from(Statement& statement, RoomId room, UserId user, Ordinal read) {
    std::vector<Ordinal> falling;
    auto rows = statement(room, user, read, static_cast<std::int64_t>(limits::kMentionsListed));
    while (rows.next()) falling.push_back(rows.get<Ordinal>(0));
    Mentioning mentioning;
    for (auto ordinal = falling.rbegin(); ordinal != falling.rend(); ++ordinal) mentioning.push_back(*ordinal);
    return mentioning;
}

}  // namespace parley::sqlite
