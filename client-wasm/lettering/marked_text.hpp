// What a message shows, from what was written: its text without the marks, which parts of it are set how, and how its
// lines stand. Pure values; no browser here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lettering/letterer.hpp"
#include "markup/markup.hpp"

namespace parley::lettering {

struct MarkedText {
    std::string text;
    std::vector<Span> spans;
    std::vector<Block> blocks;  // none: it is lines of one kind
    bool has_names = false;     // of people or rooms, that may change
    bool mentions_reader = false;
    bool has_spoilers = false;
    bool only_emoji = false;  // a few of them, to be set large
    bool operator==(const MarkedText&) const = default;
};

struct Reader {
    const markup::Names& names;
    UserId self;
    bool covers_spoilers = true;  // each is four blocks, however long
};

// Names of people and rooms are given with their sign, "@Ana" and "#garden".
[[nodiscard]] MarkedText marked_text(std::string_view source, const Reader& reader);

// Behind the last line; below it where that is of another kind.
void add_aside(MarkedText& text, std::string_view words);

}  // namespace parley::lettering
