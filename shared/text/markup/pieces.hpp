// A paragraph cut up: what stands between its lines and its runs while it is parsed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "markup/markup.hpp"

namespace parley::markup {

// A line of a block: what goes before its content (quote marks, indentation) and the content, without the newline.
struct ContentLine {
    std::uint32_t begin = 0;
    Range content;
};

enum class PieceKind : std::uint8_t {
    text,
    code,        // of a span of code
    mark,        // not shown
    line_break,  // the newline between two lines; `number` is kInCode in a span of code
    delimiter,   // a run of * _ ~ or |: `number` is its place in Delimiters
    address,     // a bare address, which is its own text
    link_begin,  // [ of a link: `number` is the place of its end among the pieces
    link_end,    // ](address)
    person,      // `number` is the id
    room,        // `number` is the id
    here,
    all,
};

inline constexpr std::uint64_t kInCode = 1;

struct Piece {
    Range source;
    std::uint64_t number = 0;
    PieceKind kind = PieceKind::text;
};

// What is counted over one whole text.
struct Counts {
    std::uint64_t steps = 0;  // work done
    std::size_t spans = 0;    // against limits::kMarkedSpans
    std::size_t links = 0;    // against text::kLinksOfOneText
};

}  // namespace parley::markup
