// Bold, italic, strike and code by key: marks around what is selected, or away again.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace parley::composing {

// A part of a text that is replaced, and what is selected then. Bytes.
struct Replacement {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text;
    std::size_t select_begin = 0;
    std::size_t select_end = 0;
    bool operator==(const Replacement&) const = default;
};

// `marks` is "**", "*", "~~" or "`". Blanks at the ends of the selection stay outside of the marks.
// REQUIRES: begin <= end <= text.size().
[[nodiscard]] Replacement with_marks_turned(std::string_view text, std::size_t begin, std::size_t end,
                                            std::string_view marks);

// "[words](|)" for words that are selected, "[|](address)" for an address: the cursor stands where something is
// missing. REQUIRES: begin <= end <= text.size().
[[nodiscard]] Replacement with_link_made(std::string_view text, std::size_t begin, std::size_t end);

// The word that a place is within, or the place itself where it is at the edge of one, or in none.
// REQUIRES: at <= text.size().
struct Word {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const Word&) const = default;
};
[[nodiscard]] Word word_around(std::string_view text, std::size_t at);

}  // namespace parley::composing
