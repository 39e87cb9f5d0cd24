#include "sqlite/database_file.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "protocol/limits.hpp"
#include "sqlite/checked_pages.hpp"
#include "sqlite/file_header.hpp"
#include "sqlite/new_database.hpp"
#include "sqlite/schema.hpp"

namespace parley::sqlite {

namespace {

namespace fs = std::filesystem;

using Prepared = std::expected<void, std::string>;

// The next step where the one before went well (std::expected has no and_then before g++ 13).
template <class Next>
Prepared then(Prepared before, Next next) {
    return before ? next() : before;
}

std::string system_reason() {
    return std::error_code(errno, std::generic_category()).message();
}

fs::path beside(const fs::path& file, const char* suffix) {
    return file.string() + suffix;
}

std::string refusal(const fs::path& file, const std::string& finding, const std::string& checked) {
    return file.string() + " cannot be used: " + finding + ".\nChecked: " + checked +
           ". Nothing was changed.\nWay back: keep a copy of the data directory, put a backup of parley.db in its "
           "place (without its -wal and -shm"
           " files), or start with another --data directory.";
}

Prepared create_database(const fs::path& file) {
    if (fs::exists(beside(file, "-wal"))) {
        return std::unexpected(
            refusal(file, "it is missing, but its write-ahead log is there", "which files are there"));
    }
    return make_database(file);
}

// A checkpoint that was cut short may leave part of a page at the end; then the log still holds that page.
Prepared check_length(const fs::path& file, std::size_t page) {
    std::error_code no_log;
    const auto log = fs::file_size(beside(file, "-wal"), no_log);
    if ((no_log || log == 0) && (page == 0 || fs::file_size(file) % page != 0)) {
        return std::unexpected(refusal(file, "its end is cut off", "its length against the size of its pages"));
    }
    return {};
}

Prepared check_header(const fs::path& file) {
    FileHeader::Bytes bytes{};
    std::ifstream stream(file, std::ios::binary);
    if (!stream) return std::unexpected(file.string() + " cannot be read: " + system_reason());
    stream.read(bytes.data(), bytes.size());
    const auto size = static_cast<std::size_t>(stream.gcount());
    const FileHeader header(bytes);
    if (size == 0) return std::unexpected(refusal(file, "it is empty", "its size"));
    if (size < bytes.size() || !header.is_database()) {
        return std::unexpected(refusal(file, "it is not a database", "its first 100 bytes"));
    }
    return check_length(file, header.page_size());
}

Prepared check_owner_of(const fs::path& file, const Database& database) {
    if (database.integer("PRAGMA application_id") != kApplicationId) {
        return std::unexpected(refusal(file, "it is a database of another program", "its application id"));
    }
    const auto schema = schema_of(database);
    if (schema > newest_schema()) {
        return std::unexpected(file.string() + " has schema " + std::to_string(schema) +
                               "; this parley-server knows up to " + std::to_string(newest_schema()) +
                               ": use the newer server that wrote it, or restore a backup from before.");
    }
    return {};
}

// All of a small file, the outline of a large one: a start must not wait for gigabytes. What is damaged elsewhere is
// found when it is read.
Prepared check_pages(const fs::path& file, const Database& database) {
    const bool small = fs::file_size(file) <= limits::kFullCheckBytes;
    const auto found = small ? database.text("PRAGMA quick_check(1)") : database.text("SELECT 'ok' FROM server");
    if (found == "ok") return {};
    const auto page = damaged_page(database.handle());
    const auto which = page == 0 ? "" : ": page " + std::to_string(page) + " does not fit its checksum";
    return std::unexpected(
        refusal(file, "it is damaged" + which, "its pages, and how they hang together (quick_check)"));
}

// Looks without writing: the log is not carried over into a file that may be damaged.
Prepared check_database(const fs::path& file) {
    const auto header = check_header(file);
    if (!header) return header;
    try {
        Database database(file, SQLITE_OPEN_READWRITE);
        sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
        return then(check_owner_of(file, database), [&] { return check_pages(file, database); });
    } catch (const DatabaseError& error) {
        return std::unexpected(
            refusal(file, std::string("SQLite says: ") + error.what(), "opening it, and the structure of its pages"));
    }
}

// A copy, or step by step in the file itself.
Prepared bring_up_to_date(const fs::path& file) {
    try {
        if (schema_of(Database(file, SQLITE_OPEN_READWRITE)) < kSchemaWithChecksums) return rewrite_database(file);
        auto database = open_database(file, Access::write);
        migrate(database);
        return {};
    } catch (const DatabaseError& error) {
        return std::unexpected(file.string() + " could not be brought to schema " + std::to_string(newest_schema()) +
                               ": " + error.what() + ". It is as it was before.");
    }
}

Prepared make_private(const fs::path& file) {
    for (const char* suffix : {"", "-wal", "-shm"}) {
        if (::chmod(beside(file, suffix).c_str(), 0600) != 0 && errno != ENOENT) {
            return std::unexpected(file.string() + " cannot be made private to its owner: " + system_reason());
        }
    }
    return {};
}

}  // namespace

Prepared prepare_database(const fs::path& file) {
    std::error_code ignored;
    remove_unfinished(file);
    const auto there = fs::exists(file, ignored) ? then(make_private(file), [&] { return check_database(file); })
                                                 : create_database(file);
    return then(there, [&] { return bring_up_to_date(file); });
}

Database open_database(const fs::path& file, Access access) {
    Database database(file, SQLITE_OPEN_READWRITE);
    if (!has_checksums(database.handle())) throw DatabaseError(SQLITE_CORRUPT, "its first page is damaged");
    if (database.text("PRAGMA journal_mode = WAL") != "wal") {
        throw DatabaseError(SQLITE_CANTOPEN, "the write-ahead log cannot be used in this directory");
    }
    database.run(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
        "PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864; PRAGMA trusted_schema = OFF");
    if (access == Access::read) database.run("PRAGMA query_only = ON");
    return database;
}

}  // namespace parley::sqlite
