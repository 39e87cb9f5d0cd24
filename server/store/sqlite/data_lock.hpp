// The data directory belongs to one server at a time: DATA/lock is held exclusively (flock) for the life of this
// object, and goes with the process however it ends. The file says who holds it. Any thread.
#pragma once

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace parley::sqlite {

class DataLock {
  public:
    // Makes the directory (0700) if there is none. The error is a sentence for whoever started the server: it names the
    // holder, or says what is wrong with the directory.
    [[nodiscard]] static std::expected<DataLock, std::string> take(const std::filesystem::path& directory);

    DataLock(DataLock&& other) noexcept;
    DataLock& operator=(DataLock&& other) noexcept;
    ~DataLock();

    // Writes where this server listens into the lock file, for the message that a second server prints.
    void announce(std::string_view address) const;

  private:
    explicit DataLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_ = -1;
};

}  // namespace parley::sqlite
