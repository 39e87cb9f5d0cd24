// UTF-8 (RFC 3629): shortest form, no surrogates, at most U+10FFFF. Pure functions over text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace parley::text {

[[nodiscard]] bool is_utf8(std::string_view text);

// The length in bytes of the sequence that starts at text[at], 1 to 4, or 0 where none does. REQUIRES: at <
// text.size().
[[nodiscard]] std::size_t sequence_length(std::string_view text, std::size_t at);

struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 0;  // 0: not UTF-8 here
};
// REQUIRES: at < text.size().
[[nodiscard]] CodePoint code_point_at(std::string_view text, std::size_t at);

// REQUIRES: is_utf8(text).
[[nodiscard]] std::size_t count_code_points(std::string_view text);

}  // namespace parley::text
