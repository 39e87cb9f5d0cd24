// A day as it is typed and read everywhere: "2026-03-01". As a number it counts from 1970-01-01. Pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::text {

// Nothing: it is no day of the calendar, or not written so.
[[nodiscard]] std::optional<std::int64_t> day_in(std::string_view words);
[[nodiscard]] std::string day_words(std::int64_t day);

inline constexpr std::int64_t kDayMs = 24 * 60 * 60 * 1000;

}  // namespace parley::text
