// Texts as a fuzzer would make them, the same ones on every machine: of marks, words, blanks, letters of several
// scripts and broken bytes.
#pragma once

#include <cstdint>
#include <random>
#include <string>

namespace parley::support {

class MarkupTexts {
  public:
    explicit MarkupTexts(std::uint64_t seed) : random_(seed) {}

    // Between nothing and some hundred bytes; one in a few is long.
    std::string next();

  private:
    std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }

    std::mt19937_64 random_;
};

}  // namespace parley::support
