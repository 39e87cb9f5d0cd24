// A test's side of the DiskSwitch: makes the shared file, turns faults on and off, and reads the record.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "faults/disk/disk_switch.hpp"

namespace parley::faults {

class FaultyDisk {
  public:
    // For files below `folder`; the switch itself lies beside it. With room for a record everything is recorded.
    FaultyDisk(const std::filesystem::path& folder, const std::filesystem::path& file, std::uint64_t record_room = 0);
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    [[nodiscard]] DiskSwitch& operator*() { return *switch_; }
    [[nodiscard]] DiskSwitch* operator->() { return switch_; }
    // For the environment of the server.
    [[nodiscard]] std::vector<std::string> environment() const;

    void fail_next_sync() { switch_->failing_sync = switch_->syncs + 1; }
    void fail_all(int error) {
        switch_->sync_error = error;
        switch_->write_error = error;
    }

    // An entry and its payload, which lies in the mapped record.
    struct Recorded {
        DiskEntry entry;
        std::span<const char> payload;
    };
    [[nodiscard]] std::vector<Recorded> record() const;

  private:
    std::filesystem::path file_;
    std::size_t size_;
    DiskSwitch* switch_ = nullptr;
};

}  // namespace parley::faults
