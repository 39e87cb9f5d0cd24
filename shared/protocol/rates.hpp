// How fast a person may ask, by the kind of what she asks. Bots and clients may keep to it; the server does
// (people/allowance.hpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "protocol/limits.hpp"

namespace parley {

enum class RateKind : std::uint8_t { post, change, query, notice, mark };
inline constexpr std::size_t kRateKinds = 5;

[[nodiscard]] constexpr limits::Rate rate_of(RateKind kind) {
    constexpr std::array<limits::Rate, kRateKinds> kRates{limits::kPostRate, limits::kChangeRate, limits::kQueryRate,
                                                          limits::kNoticeRate, limits::kMarkRate};
    return kRates[static_cast<std::size_t>(kind)];
}

}  // namespace parley
