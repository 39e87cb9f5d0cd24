// What the system says of a process.
#pragma once

#include <sys/types.h>

#include <cstddef>

namespace parley::faults {

class Process {
  public:
    explicit Process(pid_t pid) : pid_(pid) {}
    [[nodiscard]] double resident_mib() const { return status_mib("VmRSS:"); }
    [[nodiscard]] double most_resident_mib() const { return status_mib("VmHWM:"); }
    [[nodiscard]] std::size_t descriptors() const;
    [[nodiscard]] double cpu_ms() const;

  private:
    [[nodiscard]] double status_mib(const char* field) const;
    pid_t pid_;
};

}  // namespace parley::faults
