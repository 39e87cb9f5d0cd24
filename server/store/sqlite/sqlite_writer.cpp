#include "sqlite/sqlite_writer.hpp"

#include "sqlite/database_file.hpp"

namespace parley::sqlite {

namespace {

using store::LastCommit;
using store::StorageError;

std::unexpected<StorageError> not_open() {
    return std::unexpected(StorageError{"the database is not open", false});
}

// The border of the module: what is thrown inside comes out as a value.
template <class Work>
auto at_border(Work work) -> std::expected<decltype(work()), StorageError> {
    try {
        if constexpr (std::is_void_v<decltype(work())>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const std::exception& error) {
        return std::unexpected(storage_error(error));
    }
}

// A commit that could not write all it had to is not there; after any other error (a failed sync above all) it may be.
bool is_surely_lost(int code) {
    const int primary = code & 0xFF;
    return primary == SQLITE_FULL || primary == SQLITE_BUSY || code == SQLITE_IOERR_WRITE;
}

}  // namespace

SqliteWriter::Connection::Connection(const std::filesystem::path& file)
    : database(open_database(file, Access::write)),
      changes(database),
      begin(database, "BEGIN IMMEDIATE"),
      count_commit(database, "UPDATE server SET commits = commits + 1 RETURNING commits"),
      commit(database, "COMMIT"),
      rollback(database, "ROLLBACK") {}

SqliteWriter::Opened SqliteWriter::open(const std::filesystem::path& file) {
    std::unique_ptr<SqliteWriter> writer(new SqliteWriter(file));
    const auto opened = at_border([&] { writer->connect(); });
    if (!opened) return std::unexpected(opened.error());
    return writer;
}

void SqliteWriter::connect() {
    connection_ = std::make_unique<Connection>(file_);
}

std::expected<void, StorageError> SqliteWriter::begin() {
    if (!connection_) return not_open();
    return at_border([&] { connection_->begin.run(); });
}

std::expected<store::Outcome, StorageError> SqliteWriter::apply(const store::Change& change, store::Effects& effects) {
    if (!connection_) return not_open();
    return at_border([&] { return connection_->changes.apply(change, effects); });
}

std::expected<void, StorageError> SqliteWriter::commit() {
    if (!connection_) return not_open();
    const auto counted = at_border([&] {
        auto rows = connection_->count_commit();
        if (!rows.next()) throw DatabaseError(SQLITE_CORRUPT, "the server's own row is missing");
        last_commit_ = rows.integer(0);
    });
    if (!counted) return counted;
    try {
        connection_->commit.run();
        return {};
    } catch (const DatabaseError& error) {
        return after_failed_commit(error);
    }
}

std::expected<void, StorageError> SqliteWriter::after_failed_commit(const DatabaseError& error) {
    rollback();
    const bool clean = !connection_->database.in_transaction() && is_surely_lost(error.code());
    return std::unexpected(StorageError{error.what(), !clean, error.is_damage()});
}

void SqliteWriter::rollback() {
    if (!connection_ || !connection_->database.in_transaction()) return;
    // An error leaves the transaction open; the next begin then fails and says so.
    [[maybe_unused]] const auto done = at_border([&] { connection_->rollback.run(); });
}

// Everything in the log goes into the database with syncs that succeed, and the log starts anew: what a failed sync may
// have left in it cannot come back.
void SqliteWriter::carry_log_over() {
    Statement checkpoint(connection_->database, "PRAGMA wal_checkpoint(TRUNCATE)");
    auto rows = checkpoint();
    if (!rows.next() || rows.integer(0) != 0)
        throw DatabaseError(SQLITE_BUSY, "the log could not be carried over: a reader holds it");
}

std::expected<LastCommit, StorageError> SqliteWriter::reopen() {
    connection_.reset();
    auto settled = at_border([&] {
        connect();
        carry_log_over();
        const auto commits = connection_->database.integer("SELECT commits FROM server");
        return commits == last_commit_ ? LastCommit::durable : LastCommit::lost;
    });
    if (!settled) connection_.reset();
    return settled;
}

}  // namespace parley::sqlite
