#include "sqlite/sqlite_backend.hpp"

#include "sqlite/database_file.hpp"
#include "sqlite/sqlite_reader.hpp"
#include "sqlite/sqlite_writer.hpp"

namespace parley::sqlite {

std::expected<std::unique_ptr<SqliteBackend>, std::string> SqliteBackend::open(const std::filesystem::path& directory) {
    const auto file = directory / "parley.db";
    try {
        if (auto prepared = prepare_database(file); !prepared) return std::unexpected(prepared.error());
        return std::unique_ptr<SqliteBackend>(new SqliteBackend(file));
    } catch (const std::exception& error) {
        return std::unexpected(file.string() + " cannot be used: " + error.what());
    }
}

std::expected<std::unique_ptr<store::Writer>, store::StorageError> SqliteBackend::open_writer() {
    return SqliteWriter::open(file_);
}
std::expected<std::unique_ptr<store::Reader>, store::StorageError> SqliteBackend::open_reader() {
    return SqliteReader::open(file_);
}

}  // namespace parley::sqlite
