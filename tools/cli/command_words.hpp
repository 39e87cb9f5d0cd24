// The words of the commands, in "do" and behind a "/", and what /help says of them. A word of the web client's means
// here what it means there. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/command.hpp"

namespace parley::cli {

struct CommandWord {
    std::string_view word;
    Command::Kind kind;
    std::string_view needs;           // the fields without which it means nothing
    std::string_view arguments = {};  // what is typed behind it
    std::string_view help = {};       // empty: this and the arguments are the web client's
};

// nullptr: there is none.
[[nodiscard]] const CommandWord* word_in_json(std::string_view name);
// Also by a name that only the web client has for it: "/list" is "rooms".
[[nodiscard]] const CommandWord* word_typed(std::string_view name);

// "join, post, …"
[[nodiscard]] std::string words_in_json();
// "/nick name    Change the name that is shown of you", a line for each that can be typed.
[[nodiscard]] std::vector<std::string> help_lines();

}  // namespace parley::cli
