// What the engine of code_colours knows about a language.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace parley::markup {

struct CodeLanguage {
    std::string_view names;                         // that it is called by, each between blanks, in small letters
    std::array<std::string_view, 2> line_comments;  // from here to the line's end; empty: none
    std::string_view comment_begin;                 // empty: none
    std::string_view comment_end;
    std::string_view quotes;                     // that strings of one line stand in
    std::string_view long_quotes;                // that strings of many lines stand in; those of python three times
    std::span<const std::string_view> keywords;  // rising
    std::string_view in_words;                   // beside letters, digits and _
    bool triple_quotes = false;                  // """ and '''
    bool nested_comments = false;
    bool any_case = false;               // of keywords
    bool apostrophe_in_numbers = false;  // 1'000
    bool lifetimes = false;              // 'a without an end is none of a string
    bool plain_single_quotes = false;    // no backslash in '…'
    bool no_backslashes = false;         // in no string
    bool comments_after_blank = false;   // $# begins none
    bool tags = false;                   // the word behind < or </ is the keyword
};

// Nothing where it is not known. `name` in small letters.
[[nodiscard]] const CodeLanguage* language_named(std::string_view name);

}  // namespace parley::markup
