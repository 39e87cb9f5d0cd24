// How fast one connection may ask: a token bucket per kind of message. Her home gives each device of a person its
// share. A value; time is an argument.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

#include "protocol/limits.hpp"
#include "shard/executor.hpp"

namespace parley::session {

enum class RateKind : std::uint8_t { post, change, query, notice, mark };

class Rates {
  public:
    explicit Rates(bool unlimited) : unlimited_(unlimited) {}
    void take_share(double share) { share_ = share; }
    // Takes one token: zero, or how long to wait until there is one (and takes none).
    [[nodiscard]] std::chrono::milliseconds take(RateKind kind, shard::MonotonicTime now);

  private:
    struct Bucket {
        double tokens = -1;  // full at first
        shard::MonotonicTime filled{};
    };
    bool unlimited_;
    double share_ = 1.0;
    std::array<Bucket, 5> buckets_{};
};

}  // namespace parley::session
