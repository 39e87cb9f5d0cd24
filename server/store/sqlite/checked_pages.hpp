// A layer between SQLite and its files (a VFS): every page of the database is written with its checksum and compared
// with it when it is read, since SQLite keeps none. What does not fit is not served: the read fails with
// SQLITE_IOERR_DATA. Its files are those of whatever VFS is the default one when they are opened.
//
// A database says by its reserved bytes (byte 20 of the file, kPageChecksumBytes) that it has checksums, and by its
// schema that it must; one of before passes unchecked. That is learnt when the file is opened and does not change: a
// database gets its checksums whole, as a file that nobody has open, and its name afterwards (new_database.hpp).
// Memory mapping is not offered, so that no page is read past the layer.
#pragma once

#include <sqlite3.h>

#include <cstdint>

namespace parley::sqlite {

// For sqlite3_open_v2. Any thread; registered at the first call.
[[nodiscard]] const char* checked_pages();

// Of an open connection's database file.
[[nodiscard]] bool has_checksums(sqlite3* connection);
// The page that did not fit, of the last read that failed so; 0: none did.
[[nodiscard]] std::uint32_t damaged_page(sqlite3* connection);

// Room for checksums in the pages of what this connection makes: a database that is still empty, or the target of
// VACUUM INTO. They are not written before the file is opened anew.
void reserve_checksums(sqlite3* connection);

}  // namespace parley::sqlite
