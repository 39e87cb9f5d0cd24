// Chance and growing waits. The client throws no dice: every number comes from the one seed it was given.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace parley::client {

constexpr std::int64_t milliseconds_of(std::chrono::milliseconds time) {
    return time.count();
}

// splitmix64 (Steele, Lea, Flood 2014): small, and any seed will do. Names outboxes and spreads reconnects; keeps no
// secret.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ull;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
        return mixed ^ (mixed >> 31);
    }
    std::uint64_t next_not_zero() {
        const auto thrown = next();
        return thrown == 0 ? 1 : thrown;
    }
    // 0 to `longest`, both included.
    std::int64_t up_to(std::int64_t longest) {
        if (longest <= 0) return 0;
        return static_cast<std::int64_t>(next() % (static_cast<std::uint64_t>(longest) + 1));
    }

  private:
    std::uint64_t state_;
};

// Waits whose ceiling doubles from `first` to `longest`, with full jitter: a crowd that lost its server together does
// not come back together (FAULTS F14).
class BackOff {
  public:
    BackOff(std::chrono::milliseconds first, std::chrono::milliseconds longest)
        : first_(milliseconds_of(first)), longest_(milliseconds_of(longest)), ceiling_(first_) {}
    std::int64_t next(Dice& dice, std::int64_t at_most) {
        const auto wait = dice.up_to(std::min(ceiling_, at_most));
        ceiling_ = std::min(longest_, ceiling_ * 2);
        return wait;
    }
    std::int64_t next(Dice& dice) { return next(dice, longest_); }
    void reset() { ceiling_ = first_; }
    [[nodiscard]] std::int64_t ceiling() const { return ceiling_; }

  private:
    std::int64_t first_;
    std::int64_t longest_;
    std::int64_t ceiling_;
};

}  // namespace parley::client
