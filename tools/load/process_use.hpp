// What a process has used, from /proc.
#pragma once

#include <cstdint>
#include <optional>

namespace parley::load {

struct ProcessUse {
    double cpu_seconds = 0;  // user and system, all threads; in steps of a clock tick
    std::uint64_t rss_bytes = 0;
};

// Nothing if there is no such process, or it may not be looked at.
[[nodiscard]] std::optional<ProcessUse> use_of_process(int pid);

}  // namespace parley::load
