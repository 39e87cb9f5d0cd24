#include "sqlite/checked_file.hpp"

#include <array>
#include <cstring>
#include <utility>

#include "sqlite/file_header.hpp"
#include "sqlite/page_checksum.hpp"

namespace parley::sqlite {

namespace {

// Room for the one page, or frame of the log, that is at work on this thread.
std::span<std::byte> workspace(std::size_t size) {
    static thread_local std::array<std::byte, kFrameHeaderBytes + kLargestPage> room;
    return std::span(room).first(size);
}

void copy_with_checksum(std::span<const std::byte> page, std::uint32_t number, std::span<std::byte> into) {
    std::memcpy(into.data(), page.data(), page.size());
    write_checksum(into, number);
}

sqlite3_int64 as_offset(std::size_t bytes) {
    return static_cast<sqlite3_int64>(bytes);
}

bool is_whole_page(std::size_t size, sqlite3_int64 offset) {
    return is_page_size(size) && offset % as_offset(size) == 0;
}
std::uint32_t number_at(sqlite3_int64 offset, std::size_t page_size) {
    return static_cast<std::uint32_t>(offset / as_offset(page_size)) + 1;
}

}  // namespace

File::File(sqlite3_vfs* below, const char* name, int flags, int* out_flags)
    : room_(static_cast<std::size_t>(below->szOsFile)), opened_(below->xOpen(below, name, real(), flags, out_flags)) {}

File::~File() {
    if (real()->pMethods != nullptr) real()->pMethods->xClose(real());
}

int File::read_below(std::span<std::byte> into, sqlite3_int64 offset) {
    return real()->pMethods->xRead(real(), into.data(), static_cast<int>(into.size()), offset);
}
int File::write_below(std::span<const std::byte> from, sqlite3_int64 offset) {
    return real()->pMethods->xWrite(real(), from.data(), static_cast<int>(from.size()), offset);
}

// The header is looked at without a lock: what is asked of it does not change while the file bears its name.
CheckedDatabase::CheckedDatabase(sqlite3_vfs* below, const char* name, int flags, int* out_flags)
    : File(below, name, flags, out_flags) {
    FileHeader::Bytes bytes{};
    if (opened() != SQLITE_OK || read_below(std::as_writable_bytes(std::span(bytes)), 0) != SQLITE_OK) return;
    const FileHeader header(bytes);
    has_checksums_ = header.is_database() && header.must_have_checksums();
    page_size_ = header.page_size();
}

int CheckedDatabase::check(std::span<const std::byte> page, std::uint32_t number) {
    if (checksum_fits(page, number)) return SQLITE_OK;
    damaged_page_ = number;
    return SQLITE_IOERR_DATA;
}

int CheckedDatabase::read(std::span<std::byte> into, sqlite3_int64 offset) {
    if (!has_checksums_) return read_below(into, offset);
    if (is_whole_page(into.size(), offset)) return read_page(into, number_at(offset, into.size()));
    // Parts of the first page are read without a lock, to be compared with what is read under one: while a page is
    // written its half may be seen, and is no damage.
    if (!is_page_size(page_size_) || offset < as_offset(page_size_)) return read_below(into, offset);
    return read_part(into, offset);
}

// A page that is not there is damage too: SQLite asks for none beyond the end, and would take the zeros as its content.
int CheckedDatabase::read_page(std::span<std::byte> into, std::uint32_t number) {
    const int code = read_below(into, as_offset(into.size()) * (number - 1));
    if (code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ) return check(into, number);
    return code;
}

int CheckedDatabase::read_part(std::span<std::byte> into, sqlite3_int64 offset) {
    const auto start = static_cast<std::size_t>(offset) % page_size_;
    if (start + into.size() > page_size_) return SQLITE_IOERR_READ;
    const auto page = workspace(page_size_);
    const int code = read_page(page, number_at(offset, page_size_));
    if (code == SQLITE_OK) std::memcpy(into.data(), page.data() + start, into.size());
    return code;
}

int CheckedDatabase::write(std::span<const std::byte> from, sqlite3_int64 offset) {
    if (!has_checksums_ || !is_whole_page(from.size(), offset)) return write_below(from, offset);
    const auto page = workspace(from.size());
    copy_with_checksum(from, number_at(offset, from.size()), page);
    return write_below(page, offset);
}

bool CheckedLog::is_page(std::size_t size, sqlite3_int64 offset) const {
    if (!database_.has_checksums() || !is_page_size(size)) return false;
    const auto in_frames = offset - as_offset(kLogHeaderBytes + kFrameHeaderBytes);
    return in_frames >= 0 && in_frames % as_offset(kFrameHeaderBytes + size) == 0;
}

int CheckedLog::read(std::span<std::byte> into, sqlite3_int64 offset) {
    const int code = read_below(into, offset);
    if (code != SQLITE_OK || !is_page(into.size(), offset)) return code;
    FrameHeader frame{};
    const int of_frame = read_below(frame, offset - as_offset(frame.size()));
    return of_frame == SQLITE_OK ? database_.check(into, page_of(frame)) : of_frame;
}

// SQLite writes a frame's header and then its page. A page alone takes the place of one that the same transaction wrote
// before; then SQLite itself writes the headers from there on anew before it commits, from what the file holds.
int CheckedLog::write(std::span<const std::byte> from, sqlite3_int64 offset) {
    const bool is_announced = std::exchange(announced_, -1) == offset;
    if (is_page(from.size(), offset)) return is_announced ? write_frame(from, offset) : write_page(from, offset);
    if (from.size() == kFrameHeaderBytes) {
        std::memcpy(frame_.data(), from.data(), frame_.size());
        announced_ = offset + as_offset(frame_.size());
    }
    return write_below(from, offset);
}

int CheckedLog::write_frame(std::span<const std::byte> from, sqlite3_int64 offset) {
    const auto frame_at = offset - as_offset(frame_.size());
    const auto whole = workspace(frame_.size() + from.size());
    const auto page = whole.subspan(frame_.size());
    copy_with_checksum(from, page_of(frame_), page);
    if (const int code = chain_frame(frame_, page, frame_at); code != SQLITE_OK) return code;
    std::memcpy(whole.data(), frame_.data(), frame_.size());
    return write_below(whole, frame_at);
}

int CheckedLog::write_page(std::span<const std::byte> from, sqlite3_int64 offset) {
    FrameHeader frame{};
    if (const int code = read_below(frame, offset - as_offset(frame.size())); code != SQLITE_OK) return code;
    const auto page = workspace(from.size());
    copy_with_checksum(from, page_of(frame), page);
    return write_below(page, offset);
}

// The frame before is read each time: another connection may have written it.
int CheckedLog::chain_frame(FrameHeader& frame, std::span<const std::byte> page, sqlite3_int64 offset) {
    if (!is_of_log(frame, log_)) {
        if (const int code = read_below(log_, 0); code != SQLITE_OK) return code;
    }
    if (offset == as_offset(kLogHeaderBytes)) {
        chain(log_, checksum_in(log_), frame, page);
        return SQLITE_OK;
    }
    FrameHeader before{};
    const int code = read_below(before, offset - as_offset(kFrameHeaderBytes + page.size()));
    if (code == SQLITE_OK) chain(log_, checksum_in(before), frame, page);
    return code;
}

}  // namespace parley::sqlite
