#include "sqlite/checked_pages.hpp"

#include <memory>
#include <new>

#include "sqlite/checked_file.hpp"
#include "sqlite/page_checksum.hpp"

namespace parley::sqlite {

namespace {

// Asked with sqlite3_file_control: a CheckedDatabase**.
constexpr int kAskDatabase = 0x5041'0001;

sqlite3_vfs* below() {
    return sqlite3_vfs_find(nullptr);
}

// --- SQLite's interface in C: a table of functions for files, one for the VFS.

// What SQLite sees of a file; it gives the memory and sets nothing in it.
struct SqliteFile {
    sqlite3_file base;
    File* file;
};
File& file_of(sqlite3_file* file) {
    return *reinterpret_cast<SqliteFile*>(file)->file;
}

template <auto Method>
struct Forward;
template <class Result, class... Arguments, Result (*sqlite3_io_methods::*Method)(sqlite3_file*, Arguments...)>
struct Forward<Method> {
    static Result call(sqlite3_file* file, Arguments... arguments) {
        auto* real = file_of(file).real();
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
    delete &file_of(file);
    file->pMethods = nullptr;
    return SQLITE_OK;
}
int read_file(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
    return file_of(file).read({static_cast<std::byte*>(into), static_cast<std::size_t>(size)}, offset);
}
int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
    return file_of(file).write({static_cast<const std::byte*>(from), static_cast<std::size_t>(size)}, offset);
}
int control_file(sqlite3_file* file, int question, void* answer) {
    if (question != kAskDatabase) {
        auto* real = file_of(file).real();
        return real->pMethods->xFileControl(real, question, answer);
    }
    *static_cast<CheckedDatabase**>(answer) = dynamic_cast<CheckedDatabase*>(&file_of(file));
    return SQLITE_OK;
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

std::unique_ptr<File> make_file(const char* name, int flags, int* out_flags) {
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0) return std::make_unique<CheckedDatabase>(below(), name, flags, out_flags);
    if ((flags & SQLITE_OPEN_WAL) != 0) {
        auto* database = dynamic_cast<CheckedDatabase*>(&file_of(sqlite3_database_file_object(name)));
        if (database != nullptr) return std::make_unique<CheckedLog>(below(), name, flags, out_flags, *database);
    }
    return std::make_unique<File>(below(), name, flags, out_flags);
}

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    file->pMethods = nullptr;
    try {
        auto made = make_file(name, flags, out_flags);
        if (made->opened() != SQLITE_OK) return made->opened();
        reinterpret_cast<SqliteFile*>(file)->file = made.release();
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

const CheckedDatabase* database_of(sqlite3* connection) {
    CheckedDatabase* database = nullptr;
    sqlite3_file_control(connection, "main", kAskDatabase, static_cast<void*>(&database));
    return database;
}

}  // namespace

const char* checked_pages() {
    static sqlite3_vfs vfs = make_vfs();
    static const int registered = sqlite3_vfs_register(&vfs, 0);
    return registered == SQLITE_OK ? vfs.zName : nullptr;
}

bool has_checksums(sqlite3* connection) {
    const auto* database = database_of(connection);
    return database != nullptr && database->has_checksums();
}
std::uint32_t damaged_page(sqlite3* connection) {
    const auto* database = database_of(connection);
    return database == nullptr ? 0 : database->damaged_page();
}

void reserve_checksums(sqlite3* connection) {
    int bytes = static_cast<int>(kPageChecksumBytes);
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_RESERVE_BYTES, &bytes);
}

}  // namespace parley::sqlite
