// A database is made whole under another name (FILE.new), synced, and only then named, so that what bears the name was
// once good, and a kill or a power cut at any moment leaves what was there before or what is there afterwards. Errors
// are sentences for whoever started the server.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace parley::sqlite {

// An empty one of the newest schema.
[[nodiscard]] std::expected<void, std::string> make_database(const std::filesystem::path& file);

// One of before there were checksums, as a copy with them and of the newest schema. Takes as much free space as the
// file has, and about a second for each 100 MB; nobody else may have it open. After an error FILE holds what it held.
[[nodiscard]] std::expected<void, std::string> rewrite_database(const std::filesystem::path& file);

// What an end in the middle of the above left.
void remove_unfinished(const std::filesystem::path& file);

}  // namespace parley::sqlite
