// The writing connection, used by the store thread alone.
#pragma once

#include <memory>

#include "sqlite/change_writer.hpp"

namespace parley::sqlite {

class SqliteWriter final : public store::Writer {
  public:
    using Opened = std::expected<std::unique_ptr<store::Writer>, store::StorageError>;
    [[nodiscard]] static Opened open(const std::filesystem::path& file);

    std::expected<void, store::StorageError> begin() override;
    std::expected<store::Outcome, store::StorageError> apply(const store::Change& change,
                                                             store::Effects& effects) override;
    std::expected<void, store::StorageError> commit() override;
    void rollback() override;
    std::expected<store::LastCommit, store::StorageError> reopen() override;

  private:
    explicit SqliteWriter(std::filesystem::path file) : file_(std::move(file)) {}
    void connect();  // throws DatabaseError
    void carry_log_over();
    [[nodiscard]] std::expected<void, store::StorageError> after_failed_commit(const DatabaseError& error);

    struct Connection {
        explicit Connection(const std::filesystem::path& file);
        Database database;
        ChangeWriter changes;
        Statement begin;
        Statement count_commit;
        Statement commit;
        Statement rollback;
    };
    std::filesystem::path file_;
    std::unique_ptr<Connection> connection_;  // none after a reopen that failed
    std::int64_t last_commit_ = 0;            // its number, durable or not
};

}  // namespace parley::sqlite
