// An open file or directory of the system, closed with its object.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

namespace parley::sqlite {

class FileDescriptor {
  public:
    FileDescriptor(const std::filesystem::path& path, int flags, mode_t mode = 0)
        : value_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;
    ~FileDescriptor() {
        if (value_ >= 0) ::close(value_);
    }
    [[nodiscard]] bool open() const { return value_ >= 0; }  // if not, errno says why
    [[nodiscard]] int value() const { return value_; }
    [[nodiscard]] bool sync() const { return ::fsync(value_) == 0; }

  private:
    int value_;
};

}  // namespace parley::sqlite
