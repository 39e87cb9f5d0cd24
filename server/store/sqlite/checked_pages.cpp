#include "sqlite/checked_pages.hpp"

#include <array>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <vector>

#include "sqlite/file_header.hpp"
#include "sqlite/page_checksum.hpp"

namespace parley::sqlite {

namespace {

// Questions to a file of this layer, beside SQLite's own (sqlite3_file_control).
constexpr int kAskWhetherChecked = 0x5041'0001;  // int*
constexpr int kAskDamagedPage = 0x5041'0002;     // std::uint32_t*

sqlite3_vfs* below() {
    return sqlite3_vfs_find(nullptr);
}

// Room for the one page that is at work on this thread.
std::span<std::byte> workspace(std::size_t size) {
    static thread_local std::array<std::byte, kLargestPage> room;
    return std::span(room).first(size);
}

// One file of the VFS below, and what this layer knows of it. Used by its connection's thread.
class CheckedFile {
  public:
    CheckedFile(sqlite3_vfs* vfs, const char* name, int flags, int* out_flags)
        : room_(static_cast<std::size_t>(vfs->szOsFile)) {
        opened_ = vfs->xOpen(vfs, name, real(), flags, out_flags);
        if (opened_ == SQLITE_OK && (flags & SQLITE_OPEN_MAIN_DB) != 0) learn();
    }
    CheckedFile(const CheckedFile&) = delete;
    CheckedFile& operator=(const CheckedFile&) = delete;
    ~CheckedFile() {
        if (real()->pMethods != nullptr) real()->pMethods->xClose(real());
    }

    [[nodiscard]] int opened() const { return opened_; }
    [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(room_.data()); }
    int read(std::span<std::byte> into, sqlite3_int64 offset);
    int write(std::span<const std::byte> from, sqlite3_int64 offset);
    int control(int question, void* answer);

  private:
    void learn();
    int read_below(std::span<std::byte> into, sqlite3_int64 offset) {
        return real()->pMethods->xRead(real(), into.data(), static_cast<int>(into.size()), offset);
    }
    [[nodiscard]] static bool is_whole_page(std::size_t size, sqlite3_int64 offset) {
        return is_page_size(size) && offset % static_cast<sqlite3_int64>(size) == 0;
    }
    int read_page(std::span<std::byte> into, std::uint32_t number);
    int read_part(std::span<std::byte> into, sqlite3_int64 offset);

    std::vector<std::byte> room_;  // of the file below
    int opened_ = SQLITE_CANTOPEN;
    bool checked_ = false;
    std::size_t page_size_ = 0;
    std::uint32_t damaged_page_ = 0;
};

// Without a lock: what is looked at does not change while the file bears its name.
void CheckedFile::learn() {
    FileHeader::Bytes bytes{};
    if (read_below(std::as_writable_bytes(std::span(bytes)), 0) != SQLITE_OK) return;
    const FileHeader header(bytes);
    checked_ = header.is_database() && header.must_have_checksums();
    page_size_ = header.page_size();
}

int CheckedFile::read(std::span<std::byte> into, sqlite3_int64 offset) {
    if (!checked_) return read_below(into, offset);
    if (is_whole_page(into.size(), offset))
        return read_page(into, static_cast<std::uint32_t>(offset / static_cast<sqlite3_int64>(into.size())) + 1);
    // Parts of the first page are read without a lock, to be compared with what is read under one: while a page is
    // written its half may be seen, and is no damage.
    if (!is_page_size(page_size_) || offset < static_cast<sqlite3_int64>(page_size_)) return read_below(into, offset);
    return read_part(into, offset);
}

// A page that is not there is damage too: SQLite asks for none beyond the end, and would take the zeros as its content.
int CheckedFile::read_page(std::span<std::byte> into, std::uint32_t number) {
    const int code = read_below(into, static_cast<sqlite3_int64>(number - 1) * static_cast<sqlite3_int64>(into.size()));
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ) return code;
    if (code == SQLITE_OK && checksum_fits(into, number)) return SQLITE_OK;
    damaged_page_ = number;
    return SQLITE_IOERR_DATA;
}

int CheckedFile::read_part(std::span<std::byte> into, sqlite3_int64 offset) {
    const auto start = static_cast<std::size_t>(offset) % page_size_;
    if (start + into.size() > page_size_) return SQLITE_IOERR_READ;
    const auto page = workspace(page_size_);
    const int code = read_page(page, static_cast<std::uint32_t>(static_cast<std::size_t>(offset) / page_size_) + 1);
    if (code == SQLITE_OK) std::memcpy(into.data(), page.data() + start, into.size());
    return code;
}

int CheckedFile::write(std::span<const std::byte> from, sqlite3_int64 offset) {
    const auto write_below = [&](const std::byte* bytes) {
        return real()->pMethods->xWrite(real(), bytes, static_cast<int>(from.size()), offset);
    };
    if (!checked_ || !is_whole_page(from.size(), offset)) return write_below(from.data());
    const auto page = workspace(from.size());
    std::memcpy(page.data(), from.data(), from.size());
    write_checksum(page, static_cast<std::uint32_t>(static_cast<std::size_t>(offset) / from.size()) + 1);
    return write_below(page.data());
}

int CheckedFile::control(int question, void* answer) {
    if (question == kAskWhetherChecked) {
        *static_cast<int*>(answer) = checked_ ? 1 : 0;
        return SQLITE_OK;
    }
    if (question == kAskDamagedPage) {
        *static_cast<std::uint32_t*>(answer) = damaged_page_;
        return SQLITE_OK;
    }
    return real()->pMethods->xFileControl(real(), question, answer);
}

// --- SQLite's interface in C: a table of functions for files, one for the VFS.

// What SQLite sees of a file; it gives the memory and sets nothing in it.
struct SqliteFile {
    sqlite3_file base;
    CheckedFile* checked;
};
CheckedFile& checked(sqlite3_file* file) {
    return *reinterpret_cast<SqliteFile*>(file)->checked;
}

template <auto Method>
struct Forward;
template <class Result, class... Arguments, Result (*sqlite3_io_methods::*Method)(sqlite3_file*, Arguments...)>
struct Forward<Method> {
    static Result call(sqlite3_file* file, Arguments... arguments) {
        auto* real = checked(file).real();
        return (real->pMethods->*Method)(real, arguments...);
    }
};
template <auto Method>
struct ForwardToVfs;
template <class Result, class... Arguments, Result (*sqlite3_vfs::*Method)(sqlite3_vfs*, Arguments...)>
struct ForwardToVfs<Method> {
    static Result call(sqlite3_vfs*, Arguments... arguments) { return (below()->*Method)(below(), arguments...); }
};

int close_file(sqlite3_file* file) {
    delete &checked(file);
    file->pMethods = nullptr;
    return SQLITE_OK;
}
int read_file(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
    return checked(file).read({static_cast<std::byte*>(into), static_cast<std::size_t>(size)}, offset);
}
int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    return checked(file).write({static_cast<const std::byte*>(from), static_cast<std::size_t>(size)}, offset);
}
int control_file(sqlite3_file* file, int question, void* answer) {
    return checked(file).control(question, answer);
}

const sqlite3_io_methods* methods() {
    using M = sqlite3_io_methods;
    static const sqlite3_io_methods table{2,  // 3 would offer memory mapping
                                          close_file,
                                          read_file,
                                          write_file,
                                          Forward<&M::xTruncate>::call,
                                          Forward<&M::xSync>::call,
                                          Forward<&M::xFileSize>::call,
                                          Forward<&M::xLock>::call,
                                          Forward<&M::xUnlock>::call,
                                          Forward<&M::xCheckReservedLock>::call,
                                          control_file,
                                          Forward<&M::xSectorSize>::call,
                                          Forward<&M::xDeviceCharacteristics>::call,
                                          Forward<&M::xShmMap>::call,
                                          Forward<&M::xShmLock>::call,
                                          Forward<&M::xShmBarrier>::call,
                                          Forward<&M::xShmUnmap>::call,
                                          nullptr,
                                          nullptr};
    return &table;
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    file->pMethods = nullptr;
    try {
        auto opened = std::make_unique<CheckedFile>(below(), name, flags, out_flags);
        if (opened->opened() != SQLITE_OK) return opened->opened();
        reinterpret_cast<SqliteFile*>(file)->checked = opened.release();
    } catch (const std::bad_alloc&) {
        return SQLITE_NOMEM;
    }
    file->pMethods = methods();
    return SQLITE_OK;
}

sqlite3_vfs make_vfs() {
    using V = sqlite3_vfs;
    sqlite3_vfs vfs{};
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(SqliteFile);
    vfs.mxPathname = below()->mxPathname;
    vfs.zName = "parley-checked-pages";
    vfs.xOpen = open_file;
    vfs.xDelete = ForwardToVfs<&V::xDelete>::call;
    vfs.xAccess = ForwardToVfs<&V::xAccess>::call;
    vfs.xFullPathname = ForwardToVfs<&V::xFullPathname>::call;
    vfs.xRandomness = ForwardToVfs<&V::xRandomness>::call;
    vfs.xSleep = ForwardToVfs<&V::xSleep>::call;
    vfs.xCurrentTime = ForwardToVfs<&V::xCurrentTime>::call;
    vfs.xGetLastError = ForwardToVfs<&V::xGetLastError>::call;
    vfs.xCurrentTimeInt64 = ForwardToVfs<&V::xCurrentTimeInt64>::call;
    return vfs;
}

template <class Answer>
Answer ask(sqlite3* connection, int question) {
    Answer answer{};
    sqlite3_file_control(connection, "main", question, &answer);
    return answer;
}

}  // namespace

const char* checked_pages() {
    static sqlite3_vfs vfs = make_vfs();
    static const int registered = sqlite3_vfs_register(&vfs, 0);
    return registered == SQLITE_OK ? vfs.zName : nullptr;
}

bool has_checksums(sqlite3* connection) {
    return ask<int>(connection, kAskWhetherChecked) != 0;
}
std::uint32_t damaged_page(sqlite3* connection) {
    return ask<std::uint32_t>(connection, kAskDamagedPage);
}

void reserve_checksums(sqlite3* connection) {
    int bytes = static_cast<int>(kPageChecksumBytes);
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}

}  // namespace parley::sqlite
