// A token bucket: fills at a rate up to its burst, and is full when new. A value without a clock: time is an argument,
// of one monotonic clock.
#pragma once

#include <chrono>

#include "protocol/limits.hpp"

namespace parley {

class RateBucket {
  public:
    using Moment = std::chrono::nanoseconds;

    explicit RateBucket(limits::Rate rate) : rate_(rate), level_(rate.burst) {}

    // Takes one, or says no and takes nothing. Time that runs backwards fills nothing.
    [[nodiscard]] bool take(Moment now);
    // Takes one whether it is there or not: what was done already makes the wait longer.
    void charge(Moment now);
    // How long until take() says yes.
    [[nodiscard]] std::chrono::nanoseconds wait(Moment now) const;

  private:
    void fill(Moment now);
    [[nodiscard]] double level_at(Moment now) const;

    limits::Rate rate_;
    double level_;
    Moment at_{};
    bool started_ = false;
};

}  // namespace parley
