// DATA/parley.db as a file: made whole and then named, so that what bears the name was once good; looked at before it
// is used, and never overwritten where it is not what it should be.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

#include "sqlite/database.hpp"

namespace parley::sqlite {

// Makes the file if there is none, checks it if there is one, and brings its schema up to date. The error names the
// file, what was checked, and the way back.
[[nodiscard]] std::expected<void, std::string> prepare_database(const std::filesystem::path& file);

// A connection with our settings: WAL, a sync at every commit, foreign keys, deleted text overwritten.
enum class Access { write, read };
[[nodiscard]] Database open_database(const std::filesystem::path& file, Access access);  // throws DatabaseError

}  // namespace parley::sqlite
