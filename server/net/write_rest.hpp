// How long a shard gathers before it writes again. To say something to a large room takes a system call for each
// member, which is nearly all that it costs: what is said within the next moment goes out with the same calls. A shard
// with little to write never rests. A value; time is an argument.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

#include "protocol/limits.hpp"
#include "shard/executor.hpp"

namespace parley::net {

class WriteRest {
  public:
    static constexpr std::size_t kMany = 32;

    // To so many. What takes long for a few is something else: a page of history, a file.
    void wrote(std::size_t connections, shard::MonotonicTime began, shard::MonotonicTime ended) {
        const auto took = ended - began;
        if (connections < kMany || took < limits::kLongWrite) return;
        until_ = ended + std::min<std::chrono::nanoseconds>(took * limits::kRestPerWrite, limits::kMostRest);
    }
    // Zero: it may write now.
    [[nodiscard]] std::chrono::nanoseconds left(shard::MonotonicTime now) const {
        return std::max<std::chrono::nanoseconds>(until_ - now, std::chrono::nanoseconds(0));
    }
    void end() { until_ = {}; }

  private:
    shard::MonotonicTime until_{};
};

}  // namespace parley::net
