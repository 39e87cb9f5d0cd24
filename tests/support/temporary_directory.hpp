// A fresh directory of its own for one test, gone with it: on disk, or in memory for a test that syncs often and does
// not care for what a power cut leaves.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace parley::support {

class TemporaryDirectory {
  public:
    enum class Where { disk, memory };
    explicit TemporaryDirectory(Where where = Where::disk) {
        const std::filesystem::path memory = "/dev/shm";
        const bool in_memory = where == Where::memory && std::filesystem::is_directory(memory);
        auto name = ((in_memory ? memory : std::filesystem::temp_directory_path()) / "parley-test-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("no temporary directory can be made");
        path_ = name;
    }
    ~TemporaryDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace parley::support
