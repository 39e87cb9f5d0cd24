// Who takes no messages of whom, inside the writer's transaction.
#pragma once

#include "sqlite/database.hpp"

namespace parley::sqlite {

class BlockTable {
  public:
    explicit BlockTable(Database& database);

    [[nodiscard]] bool holds(UserId user, UserId blocked);
    [[nodiscard]] bool is_full(UserId user);
    void set(UserId user, UserId blocked, bool on);

  private:
    Statement find_;
    Statement count_;
    Statement add_;
    Statement remove_;
};

}  // namespace parley::sqlite
