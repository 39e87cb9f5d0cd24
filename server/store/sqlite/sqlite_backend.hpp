// The store on one SQLite file, DATA/parley.db: no other service. The data directory's lock is taken before
// (data_lock.hpp).
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <string>

#include "store/store.hpp"

namespace parley::sqlite {

class SqliteBackend final : public store::Backend {
  public:
    // Makes, checks or migrates the database. The error is for whoever started the server: the file, what was checked,
    // the way back; the file is then as it was.
    [[nodiscard]] static std::expected<std::unique_ptr<SqliteBackend>, std::string> open(
        const std::filesystem::path& directory);

    std::expected<std::unique_ptr<store::Writer>, store::StorageError> open_writer() override;
    std::expected<std::unique_ptr<store::Reader>, store::StorageError> open_reader() override;

  private:
    explicit SqliteBackend(std::filesystem::path file) : file_(std::move(file)) {}
    std::filesystem::path file_;
};

}  // namespace parley::sqlite
