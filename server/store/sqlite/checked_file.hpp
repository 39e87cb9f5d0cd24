// A database and its write-ahead log as files whose pages carry checksums (checked_pages.hpp): what is written gets
// one, what is read must fit it. A File belongs to one connection and is used by its thread; calls give SQLite's codes.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <span>
#include <vector>

#include "sqlite/log_frames.hpp"

namespace parley::sqlite {

// A file of the VFS below, passed through as it is. Closed with its object.
class File {
  public:
    File(sqlite3_vfs* below, const char* name, int flags, int* out_flags);
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    virtual ~File();

    [[nodiscard]] int opened() const { return opened_; }  // SQLITE_OK, or why not
    [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(room_.data()); }
    virtual int read(std::span<std::byte> into, sqlite3_int64 offset) { return read_below(into, offset); }
    virtual int write(std::span<const std::byte> from, sqlite3_int64 offset) { return write_below(from, offset); }

  protected:
    [[nodiscard]] int read_below(std::span<std::byte> into, sqlite3_int64 offset);
    [[nodiscard]] int write_below(std::span<const std::byte> from, sqlite3_int64 offset);

  private:
    std::vector<std::byte> room_;  // for the file below
    int opened_;
};

class CheckedDatabase final : public File {
  public:
    CheckedDatabase(sqlite3_vfs* below, const char* name, int flags, int* out_flags);

    int read(std::span<std::byte> into, sqlite3_int64 offset) override;
    int write(std::span<const std::byte> from, sqlite3_int64 offset) override;
    [[nodiscard]] bool has_checksums() const { return has_checksums_; }
    [[nodiscard]] std::uint32_t damaged_page() const { return damaged_page_; }  // here or in the log; 0: none
    // The page as it was read, or SQLITE_IOERR_DATA.
    [[nodiscard]] int check(std::span<const std::byte> page, std::uint32_t number);

  private:
    [[nodiscard]] int read_page(std::span<std::byte> into, std::uint32_t number);
    [[nodiscard]] int read_part(std::span<std::byte> into, sqlite3_int64 offset);

    bool has_checksums_ = false;
    std::size_t page_size_ = 0;
    std::uint32_t damaged_page_ = 0;
};

// What the log holds will be in the database: its pages carry their checksums already, so that a damaged one is found
// here too, and that any program with SQLite may carry them over. The checksum that SQLite gave the frame is written
// anew with that of the page.
class CheckedLog final : public File {
  public:
    CheckedLog(sqlite3_vfs* below, const char* name, int flags, int* out_flags, CheckedDatabase& database)
        : File(below, name, flags, out_flags), database_(database) {}

    int read(std::span<std::byte> into, sqlite3_int64 offset) override;
    int write(std::span<const std::byte> from, sqlite3_int64 offset) override;

  private:
    [[nodiscard]] bool is_page(std::size_t size, sqlite3_int64 offset) const;
    [[nodiscard]] int write_frame(std::span<const std::byte> from, sqlite3_int64 offset);
    [[nodiscard]] int write_page(std::span<const std::byte> from, sqlite3_int64 offset);
    [[nodiscard]] int chain_frame(FrameHeader& frame, std::span<const std::byte> page, sqlite3_int64 offset);

    CheckedDatabase& database_;     // SQLite closes it after its log
    LogHeader log_{};               // as last read
    FrameHeader frame_{};           // as last written by SQLite
    sqlite3_int64 announced_ = -1;  // where its page comes, if that is next
};

}  // namespace parley::sqlite
