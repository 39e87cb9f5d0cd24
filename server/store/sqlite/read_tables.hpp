// How far people have read, and what is unread above it, inside the writer's transaction.
#pragma once

#include <optional>

#include "sqlite/database.hpp"

namespace parley::sqlite {

class ReadTables {
  public:
    explicit ReadTables(Database& database);

    // Whether the position rose: merged by maximum, and no further than the room's last message.
    [[nodiscard]] bool raise(const store::MoveRead& move);
    // Where she stands. REQUIRES: she is a member.
    [[nodiscard]] ReadMoved standing(RoomId room, UserId user);

  private:
    Statement raise_;
    Statement standing_;
    Statement mentioning_;
};

// The unread messages that mention ?2 in the room ?1 above ?3, the newest ?4 of them, falling; for mentioning_from().
inline constexpr std::string_view kMentioning =
    "SELECT ordinal FROM (SELECT ordinal FROM mentions INDEXED BY mentions_of_user WHERE room = ?1 AND user = ?2 AND "
    "ordinal > ?3 AND author <> ?2"
    " ORDER BY ordinal DESC LIMIT ?4)"
    " UNION SELECT ordinal FROM (SELECT ordinal FROM mentions INDEXED BY mentions_of_user WHERE room = ?1 AND user = 0 "
    "AND ordinal > ?3 AND author "
    "<> ?2 ORDER BY ordinal DESC LIMIT ?4)"
    " ORDER BY ordinal DESC LIMIT ?4";
[[nodiscard]] Mentioning mentioning_from(Statement& statement, RoomId room, UserId user, Ordinal read);

}  // namespace parley::sqlite
