#include "sqlite/data_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace parley::sqlite {

namespace {

namespace fs = std::filesystem;

std::string system_reason() {
    return std::error_code(errno, std::generic_category()).message();
}

// A directory with files of others in it is not ours to close to them.
bool holds_foreign_files(const fs::path& directory) {
    std::error_code failed;
    if (fs::exists(directory / "parley.db", failed) || fs::exists(directory / "lock", failed)) return false;
    return !fs::is_empty(directory, failed) || failed;
}

std::expected<void, std::string> make_private_directory(const fs::path& directory) {
    std::error_code failed;
    if (directory.has_parent_path()) fs::create_directories(directory.parent_path(), failed);
    if (::mkdir(directory.c_str(), 0700) == 0) return {};
    struct stat found {};
    if (errno != EEXIST || ::stat(directory.c_str(), &found) != 0 || !S_ISDIR(found.st_mode)) {
        return std::unexpected("the data directory " + directory.string() + " cannot be made: " + system_reason());
    }
    if ((found.st_mode & 0077) == 0) return {};
    if (holds_foreign_files(directory)) {
        return std::unexpected("the data directory " + directory.string() +
                               " holds other files and is open to other users: choose an empty or a new directory");
    }
    if (::chmod(directory.c_str(), 0700) == 0) return {};
    return std::unexpected("the data directory " + directory.string() + " cannot be made private: " + system_reason());
}

std::string holder_of(int descriptor) {
    std::array<char, 256> text{};
    const auto size = ::pread(descriptor, text.data(), text.size(), 0);
    std::string holder(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    while (!holder.empty() && holder.back() == '\n') holder.pop_back();
    return holder.empty() ? "a process that has just started" : holder;
}

void write_holder(int descriptor, std::string_view address) {
    std::string line = "process " + std::to_string(::getpid());
    if (!address.empty()) line.append(", listening on ").append(address);
    line += '\n';
    // Only for a message: a disk that is full does not keep the server from starting.
    if (::ftruncate(descriptor, 0) == 0) [[maybe_unused]]
        const auto written = ::pwrite(descriptor, line.data(), line.size(), 0);
}

}  // namespace

std::expected<DataLock, std::string> DataLock::take(const fs::path& directory) {
    if (auto made = make_private_directory(directory); !made) return std::unexpected(made.error());
    const auto file = directory / "lock";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return std::unexpected(file.string() + " cannot be opened: " + system_reason());
    DataLock lock(descriptor);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return std::unexpected(file.string() + " cannot be locked: " + system_reason());
        return std::unexpected("the data directory " + directory.string() +
                               " is in use by another server: " + holder_of(descriptor));
    }
    ::fchmod(descriptor, 0600);
    write_holder(descriptor, {});
    return lock;
}

DataLock::DataLock(DataLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
DataLock& DataLock::operator=(DataLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}
DataLock::~DataLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void DataLock::announce(std::string_view address) const {
    write_holder(descriptor_, address);
}

}  // namespace parley::sqlite
