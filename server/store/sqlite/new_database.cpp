#include "sqlite/new_database.hpp"

#include <array>
#include <cerrno>
#include <system_error>

#include "sqlite/checked_pages.hpp"
#include "sqlite/database.hpp"
#include "sqlite/file_descriptor.hpp"
#include "sqlite/file_header.hpp"
#include "sqlite/page_checksum.hpp"
#include "sqlite/schema.hpp"

namespace parley::sqlite {

namespace {

namespace fs = std::filesystem;

using Made = std::expected<void, std::string>;

// The steps below throw: what SQLite says as DatabaseError, what the system says as std::system_error.
[[noreturn]] void throw_system(const std::string& doing) {
    throw std::system_error(errno, std::generic_category(), doing);
}

fs::path beside(const fs::path& file, const char* suffix) {
    return file.string() + suffix;
}

void sync_to_disk(const fs::path& path, int flags) {
    const FileDescriptor opened(path, flags);
    if (!opened.open() || !opened.sync()) throw_system(path.string());
}

// SQLite gives its own files the mode of the database, so the mode is set before SQLite sees it.
void make_private_file(const fs::path& file) {
    if (!FileDescriptor(file, O_CREAT | O_EXCL | O_WRONLY, 0600).open()) throw_system(file.string());
}

// Into every page of a file that reserved the bytes and that nobody has open.
void write_checksums(const fs::path& file) {
    const FileDescriptor opened(file, O_RDWR);
    FileHeader::Bytes head{};
    if (!opened.open() || ::pread(opened.value(), head.data(), head.size(), 0) != ssize_t{head.size()})
        throw_system(file.string());
    const FileHeader header(head);
    if (!header.is_database() || !header.has_checksums() || !is_page_size(header.page_size()))
        throw DatabaseError(SQLITE_CORRUPT, "no bytes were reserved for the checksums");
    std::array<std::byte, kLargestPage> room{};
    const auto page = std::span(room).first(header.page_size());
    const auto size = static_cast<ssize_t>(page.size());
    const auto sum = page.last(kPageChecksumBytes);
    for (std::uint32_t number = 1;; ++number) {
        const auto start = off_t{number - 1} * size;
        const auto got = ::pread(opened.value(), page.data(), page.size(), start);
        if (got == 0) return;
        if (got != size) throw_system(file.string());
        write_checksum(page, number);
        if (::pwrite(opened.value(), sum.data(), sum.size(), start + size - ssize_t{kPageChecksumBytes}) !=
            ssize_t{kPageChecksumBytes})
            throw_system(file.string());
    }
}

void fill_with_nothing(const fs::path& unfinished) {
    Database database(unfinished, SQLITE_OPEN_READWRITE);
    reserve_checksums(database.handle());
    database.run(("PRAGMA application_id = " + std::to_string(kApplicationId)).c_str());
}

// The copy begins without a log, and the log of the old one must not be taken for its own: it is carried over before.
void fill_with_copy(const fs::path& file, const fs::path& unfinished) {
    Database old(file, SQLITE_OPEN_READWRITE);
    if (old.text("PRAGMA journal_mode = DELETE") != "delete" || fs::exists(beside(file, "-wal")))
        throw DatabaseError(SQLITE_BUSY, "its write-ahead log cannot be carried over");
    sync_to_disk(file.parent_path(), O_RDONLY | O_DIRECTORY);
    reserve_checksums(old.handle());
    Statement(old, "VACUUM INTO ?1").run(unfinished.string());
}

void bring_to_newest_schema(const fs::path& unfinished) {
    Database database(unfinished, SQLITE_OPEN_READWRITE);
    database.run("PRAGMA synchronous = EXTRA");
    migrate(database);
}

template <class Fill>
void make_whole(const fs::path& file, Fill fill) {
    const auto unfinished = beside(file, ".new");
    make_private_file(unfinished);
    fill(unfinished);
    write_checksums(unfinished);
    bring_to_newest_schema(unfinished);
    sync_to_disk(unfinished, O_RDONLY);
    if (::rename(unfinished.c_str(), file.c_str()) != 0) throw_system(file.string());
    sync_to_disk(file.parent_path(), O_RDONLY | O_DIRECTORY);
}

constexpr std::uintmax_t kMegabyte = 1'000'000;

void require_room_for_copy(const fs::path& file) {
    const auto needed = fs::file_size(file) + fs::file_size(file) / 100 + kMegabyte;
    const auto free = fs::space(file.parent_path()).available;
    if (free >= needed) return;
    throw DatabaseError(SQLITE_FULL, "this takes " + std::to_string(needed / kMegabyte) +
                                         " MB of free space for a copy, " + std::to_string(free / kMegabyte) +
                                         " MB are there");
}

}  // namespace

void remove_unfinished(const fs::path& file) {
    std::error_code ignored;
    for (const char* suffix : {".new", ".new-journal", ".new-wal", ".new-shm"})
        fs::remove(beside(file, suffix), ignored);
}

Made make_database(const fs::path& file) {
    remove_unfinished(file);
    try {
        make_whole(file, fill_with_nothing);
        return {};
    } catch (const std::exception& error) {
        remove_unfinished(file);
        return std::unexpected(file.string() + " cannot be made: " + error.what());
    }
}

Made rewrite_database(const fs::path& file) {
    remove_unfinished(file);
    try {
        require_room_for_copy(file);
        make_whole(file, [&](const fs::path& unfinished) { fill_with_copy(file, unfinished); });
        return {};
    } catch (const std::exception& error) {
        remove_unfinished(file);
        return std::unexpected(file.string() + " could not be brought to schema " + std::to_string(newest_schema()) +
                               ": " + error.what() + ". It is as it was before.");
    }
}

}  // namespace parley::sqlite
