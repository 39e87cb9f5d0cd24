// What stands beside a mark decides what the mark is (CommonMark, "delimiter runs"): white space, punctuation, a
// letter.
#pragma once

#include <cstdint>
#include <string_view>

#include "markup/markup.hpp"

namespace parley::markup {

enum class Beside : std::uint8_t {
    space,        // also the ends of a line
    punctuation,  // of ASCII, or of Unicode's categories P* in the basic plane
    cjk,          // a letter or sign of Chinese, Japanese or Korean, punctuation too: their words are not set apart
    letter,       // anything else
};

// `line` is what the mark stands in, without its newline.
[[nodiscard]] Beside before(std::string_view text, Range line, std::uint32_t at);
[[nodiscard]] Beside after(std::string_view text, Range line, std::uint32_t at);

// What a backslash may stand before.
[[nodiscard]] bool is_ascii_punctuation(char c);

}  // namespace parley::markup
