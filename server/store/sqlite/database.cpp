#include "sqlite/database.hpp"

#include "protocol/limits.hpp"
#include "sqlite/checked_pages.hpp"

namespace parley::sqlite {

namespace {

constexpr int kBusyMilliseconds =
    static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(limits::kDatabaseBusyTime).count());

// SQLite's own words are "disk I/O error": they say neither that a page is damaged nor which.
std::string reason_of(sqlite3* handle, int code) {
    const auto page = code == SQLITE_IOERR_DATA ? damaged_page(handle) : 0;
    if (page == 0) return sqlite3_errmsg(handle);
    return "page " + std::to_string(page) + " of " + sqlite3_db_filename(handle, "main") + " does not fit its checksum";
}

}  // namespace

store::StorageError storage_error(const std::exception& error) {
    const auto* of_database = dynamic_cast<const DatabaseError*>(&error);
    return {error.what(), false, of_database != nullptr && of_database->is_damage()};
}

Database::Database(const std::filesystem::path& file, int flags) {
    sqlite3* opened = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, checked_pages());
    handle_.reset(opened);
    if (code != SQLITE_OK) throw error(code, "opening " + file.string());
    sqlite3_busy_timeout(opened, kBusyMilliseconds);
}

void Database::run(const char* sql) {
    const int code = sqlite3_exec(handle_.get(), sql, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw error(code, sql);
}

std::int64_t Database::integer(const char* sql) const {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(handle_.get(), sql, -1, &statement, nullptr);
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(statement, &sqlite3_finalize);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    if (code == SQLITE_ROW) return sqlite3_column_int64(statement, 0);
    if (code != SQLITE_DONE) throw error(code, sql);
    return 0;
}

std::string Database::text(const char* sql) const {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(handle_.get(), sql, -1, &statement, nullptr);
    const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> owner(statement, &sqlite3_finalize);
    if (code == SQLITE_OK) code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) throw error(code, sql);
    const auto* value = code == SQLITE_ROW ? sqlite3_column_text(statement, 0) : nullptr;
    return value ? reinterpret_cast<const char*>(value) : std::string();
}

DatabaseError Database::error(int code, std::string_view doing) const {
    const auto shown = doing.substr(0, doing.find('\n'));
    const std::string reason = handle_ ? reason_of(handle_.get(), code) : sqlite3_errstr(code);
    return {code, reason + " (" + std::to_string(code) + ", " + std::string(shown.substr(0, 80)) + ")"};
}

Rows::~Rows() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);  // no copy of a text or a hash is kept
}

bool Rows::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    throw DatabaseError(code, reason_of(sqlite3_db_handle(statement_), code) + " (" + std::to_string(code) + ")");
}

std::string_view Rows::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return {data ? data : "", static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::span<const std::byte> Rows::blob(int column) const {
    const auto* data = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Statement::Statement(Database& database, std::string_view sql) {
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    statement_.reset(prepared);
    if (code != SQLITE_OK) throw database.error(code, sql);
}

void Statement::bind_text(int index, std::string_view value) {
    check(sqlite3_bind_text64(statement_.get(), index, value.data() ? value.data() : "", value.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
}

void Statement::bind_blob(int index, std::span<const std::byte> value) {
    check(sqlite3_bind_blob64(statement_.get(), index, value.data(), value.size(), SQLITE_TRANSIENT));
}

void Statement::check(int code) const {
    if (code == SQLITE_OK) return;
    throw DatabaseError(code, std::string("a parameter could not be bound: ") + sqlite3_errstr(code));
}

}  // namespace parley::sqlite
