// Colours for a code block: comments, strings, numbers and keywords of the languages people paste most. One engine and
// a table for each language (code_languages.hpp); it does not parse, so what is rare in a language may stay plain.
// Pure, linear in the code's length. Any bytes.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "markup/markup.hpp"

namespace parley::markup {

enum class CodeColour : std::uint8_t { comment, string, number, keyword };

struct ColouredCode {
    Range source;  // bytes of the code
    CodeColour colour = CodeColour::comment;
    bool operator==(const ColouredCode&) const = default;
};

// In their order, without overlap; what is in none is plain. `language` is the word behind ```, in any case ("C++",
// "py"); of a language that is not known nothing is coloured.
[[nodiscard]] std::vector<ColouredCode> colours_of(std::string_view code, std::string_view language);

}  // namespace parley::markup
