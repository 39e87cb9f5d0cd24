// What a test and the library preloaded into the server (disk_faults.cpp) share: a file mapped into both. Its head
// turns faults of the disk on and off while the server runs; behind it lies the record of everything that was written.
// Concerns only files below one folder, and, in the record, what sockets were sent.
#pragma once

#include <atomic>
#include <cstdint>

namespace parley::faults {

inline constexpr const char* kDiskSwitchVariable = "PARLEY_DISK_SWITCH";  // names the file
inline constexpr std::size_t kDiskSwitchHead = 4096;

struct DiskSwitch {
    char folder[1024];
    std::atomic<std::int32_t> write_error;         // an errno for every write; 0: none
    std::atomic<std::int32_t> sync_error;          // and for every sync
    std::atomic<std::uint64_t> failing_sync;       // the number of the one sync that fails with EIO; 0: none
    std::atomic<std::uint32_t> sync_milliseconds;  // each sync takes so much longer
    std::atomic<std::uint64_t> syncs;              // so far
    std::atomic<std::uint64_t> failures;           // calls that were made to fail
    std::atomic<std::uint64_t> recorded;           // bytes of the record; nothing is recorded where there is no room
    std::uint64_t record_room;
};
static_assert(sizeof(DiskSwitch) <= kDiskSwitchHead);

// The record: one entry after the other, each with its payload behind it.
enum class DiskAct : std::uint32_t {
    create = 1,       // file; payload: its path
    write = 2,        // file, offset; payload: the bytes
    truncate = 3,     // file, offset: the new size
    sync_begins = 4,  // file
    synced = 5,       // file; what was written before its sync_begins is durable
    rename = 6,       // payload: from, a zero byte, to
    unlink = 7,       // payload: the path
    sent = 8,         // file: the connection; payload: the bytes that a socket took
};
struct DiskEntry {
    DiskAct act;
    std::uint32_t file;
    std::uint64_t offset;
    std::uint64_t size;  // of the payload
};

}  // namespace parley::faults
