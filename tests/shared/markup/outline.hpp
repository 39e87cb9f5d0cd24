// A tree on one line, to be compared: what is shown, with its look around it.
#pragma once

#include <string>
#include <string_view>

namespace parley::markup {

// parse(text): "a {b:bold} {i:italic}". Looks: b i s (strike) c (code) |N (spoiler number N) @ADDRESS (link), in this
// order. Mentions: {person 17} {room 17} {here} {all}. A new line within a block is "/", a block begins on a line of
// its own: ">" for each quote, "-" or "3." for each depth of a list (". ." where it goes on), "```c++" for code.
std::string outline(std::string_view text);

}  // namespace parley::markup
