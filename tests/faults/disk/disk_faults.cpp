// Preloaded into parley-server (LD_PRELOAD): stands before the system's calls that write, and makes them fail, wait or
// leave a record, as the DiskSwitch says. What it does not know of it passes on.
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdlib>
#include <cstring>

#include "disk_switch.hpp"

using namespace parley::faults;

namespace {

constexpr int kDescriptors = 65'536;
constexpr int kFiles = 4'096;

struct Inode {
    dev_t device;
    ino_t number;
};

DiskSwitch* the_switch = nullptr;
pthread_mutex_t record_mutex = PTHREAD_MUTEX_INITIALIZER;
std::atomic<std::uint32_t> file_of[kDescriptors];        // 0: not one of ours
std::atomic<std::uint32_t> connection_of[kDescriptors];  // counts the uses of a descriptor
Inode files[kFiles];
std::uint32_t file_count = 0;

template <class Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

__attribute__((constructor)) void map_switch() {
    const char* name = std::getenv(kDiskSwitchVariable);
    if (name == nullptr) return;
    const int descriptor = static_cast<int>(next<int(const char*, int, ...)>("open")(name, O_RDWR | O_CLOEXEC));
    struct stat found {};
    if (descriptor < 0 || fstat(descriptor, &found) != 0) return;
    void* mapped =
        mmap(nullptr, static_cast<std::size_t>(found.st_size), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    if (mapped != MAP_FAILED) the_switch = static_cast<DiskSwitch*>(mapped);
    next<int(int)>("close")(descriptor);
}

bool is_below_folder(const char* path) {
    if (the_switch == nullptr || path == nullptr) return false;
    const auto length = std::strlen(the_switch->folder);
    return std::strncmp(path, the_switch->folder, length) == 0 && path[length] == '/';
}

std::uint32_t file_at(int descriptor) {
    return descriptor >= 0 && descriptor < kDescriptors ? file_of[descriptor].load() : 0;
}

// REQUIRES: record_mutex.
void append(DiskAct act, std::uint32_t file, std::uint64_t offset, const iovec* parts, int count, std::size_t size) {
    const auto at = the_switch->recorded.load();
    if (at + sizeof(DiskEntry) + size > the_switch->record_room) return;
    char* into = reinterpret_cast<char*>(the_switch) + kDiskSwitchHead + at;
    const DiskEntry entry{act, file, offset, size};
    std::memcpy(into, &entry, sizeof entry);
    into += sizeof entry;
    for (auto left = size; count > 0 && left > 0; --count, ++parts) {
        const auto part = parts->iov_len < left ? parts->iov_len : left;
        std::memcpy(into, parts->iov_base, part);
        into += part;
        left -= part;
    }
    the_switch->recorded.store(at + sizeof entry + size);
}

void record(DiskAct act, std::uint32_t file, std::uint64_t offset = 0, const void* bytes = nullptr,
            std::size_t size = 0) {
    if (the_switch == nullptr || the_switch->record_room == 0) return;
    const iovec part{const_cast<void*>(bytes), size};
    pthread_mutex_lock(&record_mutex);
    append(act, file, offset, &part, 1, size);
    pthread_mutex_unlock(&record_mutex);
}

// The same file has the same number, under whatever descriptor and name.
void note_opened(int descriptor, const char* path) {
    struct stat found {};
    if (descriptor < 0 || descriptor >= kDescriptors) return;
    file_of[descriptor] = 0;
    if (!is_below_folder(path) || fstat(descriptor, &found) != 0) return;
    pthread_mutex_lock(&record_mutex);
    std::uint32_t file = 0;
    while (file < file_count && (files[file].device != found.st_dev || files[file].number != found.st_ino)) ++file;
    const bool is_new = file == file_count && file_count < kFiles;
    if (is_new) files[file_count++] = {found.st_dev, found.st_ino};
    file_of[descriptor] = file + 1;
    if (is_new && S_ISREG(found.st_mode) && the_switch->record_room != 0) {
        const iovec part{const_cast<char*>(path), std::strlen(path)};
        append(DiskAct::create, file + 1, 0, &part, 1, part.iov_len);
    }
    pthread_mutex_unlock(&record_mutex);
}

// An inode's number is used again once its file is gone.
void forget_inode(const char* path) {
    struct stat found {};
    if (stat(path, &found) != 0 || found.st_nlink > 1) return;
    pthread_mutex_lock(&record_mutex);
    for (std::uint32_t file = 0; file < file_count; ++file)
        if (files[file].device == found.st_dev && files[file].number == found.st_ino) files[file] = {};
    pthread_mutex_unlock(&record_mutex);
}

bool fails(std::int32_t error) {
    if (error == 0) return false;
    ++the_switch->failures;
    errno = error;
    return true;
}
bool write_fails(int descriptor) {
    return file_at(descriptor) != 0 && fails(the_switch->write_error.load());
}

int sync_by(int (*real)(int), int descriptor) {
    const auto file = file_at(descriptor);
    if (file == 0) return real(descriptor);
    const auto number = ++the_switch->syncs;
    if (const auto wait = the_switch->sync_milliseconds.load()) poll(nullptr, 0, static_cast<int>(wait));
    if (fails(the_switch->sync_error.load())) return -1;
    if (number == the_switch->failing_sync.load() && fails(EIO)) return -1;
    record(DiskAct::sync_begins, file);
    const int result = real(descriptor);
    if (result == 0) record(DiskAct::synced, file);
    return result;
}

template <class Call>
ssize_t write_at(int descriptor, const void* bytes, off64_t offset, Call call) {
    if (write_fails(descriptor)) return -1;
    const auto size = call();
    if (size > 0) {
        if (const auto file = file_at(descriptor))
            record(DiskAct::write, file, static_cast<std::uint64_t>(offset), bytes, static_cast<std::size_t>(size));
    }
    return size;
}

int truncate_by(int (*real)(int, off64_t), int descriptor, off64_t size) {
    if (write_fails(descriptor)) return -1;
    const int result = real(descriptor, size);
    if (const auto file = file_at(descriptor); file != 0 && result == 0)
        record(DiskAct::truncate, file, static_cast<std::uint64_t>(size));
    return result;
}

mode_t mode_of(int flags, va_list& more) {
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? static_cast<mode_t>(va_arg(more, int)) : 0;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const int opened = next<int(const char*, int, ...)>("open")(path, flags, mode_of(flags, more));
    va_end(more);
    note_opened(opened, path);
    return opened;
}
int open64(const char* path, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const int opened = next<int(const char*, int, ...)>("open64")(path, flags, mode_of(flags, more));
    va_end(more);
    note_opened(opened, path);
    return opened;
}
int close(int descriptor) {
    if (descriptor >= 0 && descriptor < kDescriptors) {
        file_of[descriptor] = 0;
        ++connection_of[descriptor];
    }
    return next<int(int)>("close")(descriptor);
}
ssize_t write(int descriptor, const void* bytes, size_t size) {
    static auto* real = next<ssize_t(int, const void*, size_t)>("write");
    if (file_at(descriptor) == 0) return real(descriptor, bytes, size);
    const auto offset = lseek64(descriptor, 0, SEEK_CUR);
    return write_at(descriptor, bytes, offset, [&] { return real(descriptor, bytes, size); });
}
ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t offset) {
    static auto* real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
    return write_at(descriptor, bytes, offset, [&] { return real(descriptor, bytes, size, offset); });
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off64_t offset) {
    static auto* real = next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64");
    return write_at(descriptor, bytes, offset, [&] { return real(descriptor, bytes, size, offset); });
}
int ftruncate(int descriptor, off_t size) noexcept {
    return truncate_by(next<int(int, off64_t)>("ftruncate"), descriptor, size);
}
int ftruncate64(int descriptor, off64_t size) noexcept {
    return truncate_by(next<int(int, off64_t)>("ftruncate64"), descriptor, size);
}
int fsync(int descriptor) {
    return sync_by(next<int(int)>("fsync"), descriptor);
}
int fdatasync(int descriptor) {
    return sync_by(next<int(int)>("fdatasync"), descriptor);
}
int unlink(const char* path) noexcept {
    if (!is_below_folder(path)) return next<int(const char*)>("unlink")(path);
    forget_inode(path);
    const int result = next<int(const char*)>("unlink")(path);
    if (result == 0) record(DiskAct::unlink, 0, 0, path, std::strlen(path));
    return result;
}
int rename(const char* from, const char* to) noexcept {
    const int result = next<int(const char*, const char*)>("rename")(from, to);
    if (result != 0 || !is_below_folder(from)) return result;
    char both[4096];
    const auto first = std::strlen(from) + 1;
    const auto second = std::strlen(to);
    if (first + second > sizeof both) return result;
    std::copy_n(from, first, both);
    std::copy_n(to, second, both + first);
    record(DiskAct::rename, 0, 0, both, first + second);
    return result;
}
ssize_t sendmsg(int descriptor, const msghdr* message, int flags) {
    static auto* real = next<ssize_t(int, const msghdr*, int)>("sendmsg");
    const auto size = real(descriptor, message, flags);
    if (size <= 0 || the_switch == nullptr || the_switch->record_room == 0 || descriptor >= kDescriptors) return size;
    const auto connection = connection_of[descriptor].load() * kDescriptors + static_cast<std::uint32_t>(descriptor);
    pthread_mutex_lock(&record_mutex);
    append(DiskAct::sent, connection, 0, message->msg_iov, static_cast<int>(message->msg_iovlen),
           static_cast<std::size_t>(size));
    pthread_mutex_unlock(&record_mutex);
    return size;
}

}  // extern "C"
