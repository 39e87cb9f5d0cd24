// The chance of one run: everything that is left to chance in it comes from one seed.
#pragma once

#include <cstdint>
#include <random>
#include <span>

namespace parley::simulation {

class Dice {
  public:
    explicit Dice(std::uint64_t seed) : source_(seed) {}

    [[nodiscard]] std::uint64_t next() { return source_(); }
    // 0 to below - 1. REQUIRES: below > 0. Not std::uniform_int_distribution: a seed must replay with every library.
    [[nodiscard]] std::uint64_t below(std::uint64_t below) { return source_() % below; }
    [[nodiscard]] std::uint64_t between(std::uint64_t least, std::uint64_t most) {
        return least + below(most - least + 1);
    }
    [[nodiscard]] bool one_in(std::uint64_t times) { return below(times) == 0; }
    template <class List>
    [[nodiscard]] auto& pick(List& list) {
        return list[below(list.size())];
    }
    // An id that names something and that every database can order.
    [[nodiscard]] std::uint64_t id() { return source_() >> 1 | 1; }

  private:
    std::mt19937_64 source_;
};

}  // namespace parley::simulation
