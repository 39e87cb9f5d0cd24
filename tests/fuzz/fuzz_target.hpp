// What a fuzz target supplies. Built with clang's libFuzzer (preset fuzz), or with mutation_main.cpp, which needs no
// libFuzzer and mutates the target's seeds the same way every time, as a smoke run in every other build.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace parley::fuzz {

// Inputs that are typical and valid. Defined by each target.
[[nodiscard]] std::vector<std::string> seeds();

// A property of every input. Stops the program where it does not hold: a fuzzer keeps the input.
inline void require(bool holds, const char* property) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", property);
    std::abort();
}

}  // namespace parley::fuzz
