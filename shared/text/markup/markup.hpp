// What people write, as a tree: one parser for drawing, mentions, previews and notifications, in every program.
//
//   marks        **bold**  *italic*  _italic_  ***both***  ~~strike~~  `code`  ||spoiler||  [text](address)  \* escaped
//   at a line's  > quote   - bulleted   * bulleted   1. numbered   ``` and a language: code until ```
//   addresses    http:// and https:// by themselves (text/links.hpp) or in < >; [text](address) also mailto:
//   mentions     <@17> a person by UserId, <#17> a room by RoomId, <!here>, <!all>
//
// A mention is what completion writes for the one who chooses a name: it holds the id, so that a new name changes
// nothing, and nobody's words look like it by accident. Its number is decimal without leading zeros; anything else is
// text.
//
// The meaning is CommonMark's (0.31 for emphasis, with punctuation as in 0.30), except for what a chat needs otherwise:
//  - a newline stays one; a quote and an item end with their lines (an answer below a quote is not part of it), an item
//    goes on where a line is indented by two;
//  - ">" is a quote only before a space or the end of its line (">_<" is none), "-" "*" "1." only before something; one
//    item begins on a line, and a quote holds lists but no list a quote;
//  - a number is shown as written, and counts where the same one is written again;
//  - ``` also ends at a line's end, and what follows it is the first line of code unless it is one word;
//  - between CJK letters punctuation does not keep ** from closing;
//  - "\" at a line's end is text. No headings, tables, rules, pictures, titles of links, references, entities or HTML:
//    what is not above is text, and no text is lost.
//
// Pure functions; linear in the text's length, whatever it holds. Any bytes: what is not UTF-8 counts as letters.
// Bounds are in protocol/limits.hpp ("marks and emoji"); a mark beyond them is text. REQUIRES: text.size() < 2^32.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/ids.hpp"

namespace parley::markup {

// Bytes of the text.
struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;

    [[nodiscard]] std::uint32_t size() const { return end - begin; }
    [[nodiscard]] std::string_view of(std::string_view text) const { return text.substr(begin, size()); }
    bool operator==(const Range&) const = default;
};

enum class RunKind : std::uint8_t {
    text,        // shown as it is written
    mark,        // not shown: what makes the rest bold, a quote, a link …
    line_break,  // a new line within a block
    person,      // <@17>
    room,        // <#17>
    here,        // <!here>
    all,         // <!all>
};

struct Style {
    bool bold = false;
    bool italic = false;
    bool strike = false;
    bool code = false;  // a span of code, or all of a code block
    bool operator==(const Style&) const = default;
};

// A stretch of one kind and one look. The runs of a tree are the whole text in its order, without gap or overlap, none
// empty: a place on the screen leads to a byte and back. A mark has no look.
struct Run {
    Range source;
    RunKind kind = RunKind::text;
    Style style;
    std::uint16_t spoiler = 0;  // 0: none, else its number from 1: what is uncovered together
    std::uint16_t link = 0;     // 0: none, else tree.links[link - 1]
    std::uint64_t id = 0;       // whom it mentions, by its kind

    [[nodiscard]] UserId person() const { return UserId(kind == RunKind::person ? id : 0); }
    [[nodiscard]] RoomId room() const { return RoomId(kind == RunKind::room ? id : 0); }
    bool operator==(const Run&) const = default;
};

enum class BlockKind : std::uint8_t { paragraph, code };
enum class ItemMark : std::uint8_t { none, bullet, number };

// Lines that belong together, in the order of the text. Blocks hold no blocks: how deep one stands is a number. Between
// blocks there are marks only (the ends of their lines).
struct Block {
    BlockKind kind = BlockKind::paragraph;
    std::uint8_t quote_depth = 0;         // bars on its left; lists stand within quotes
    std::uint8_t list_depth = 0;          // 0: in no list
    ItemMark item = ItemMark::none;       // begins an item; none with a list depth: goes on with one
    std::uint32_t number = 0;             // of a numbered item
    std::uint8_t empty_lines_before = 0;  // as written (at most 255)
    Range language;                       // of a code block: the word after ```, empty where there is none
    std::uint32_t first_run = 0;
    std::uint32_t end_run = 0;
    bool operator==(const Block&) const = default;
};

struct Link {
    std::string address;  // http:, https: or mailto:
    bool operator==(const Link&) const = default;
};

struct Tree {
    std::vector<Block> blocks;
    std::vector<Run> runs;
    std::vector<Link> links;  // in their order; each is of some run
    std::uint64_t steps = 0;  // the work of parsing: what a test holds linear
    bool operator==(const Tree&) const = default;
};

[[nodiscard]] Tree parse(std::string_view text);

// Literal text as a source: parse() of it shows `text` and nothing else, save blanks in lines that are blank.
[[nodiscard]] std::string escaped(std::string_view text);

// What a mention of them looks like in a source.
[[nodiscard]] std::string mention_of(UserId person);
[[nodiscard]] std::string mention_of(RoomId room);

// Who is mentioned; what stands in code is not parsed and mentions nobody. Each person once, in the order of the text,
// the first limits::kMentionsPerMessage of them.
struct Mentions {
    std::vector<UserId> people;
    bool here = false;
    bool all = false;
    bool operator==(const Mentions&) const = default;
};
[[nodiscard]] Mentions mentions_in(const Tree& tree);

// How people and rooms are called now; asked for each mention that is written out.
class Names {
  public:
    virtual ~Names() = default;
    [[nodiscard]] virtual std::string name_of(UserId person) const = 0;
    [[nodiscard]] virtual std::string name_of(RoomId room) const = 0;
};

// covered: four full blocks each, however long; named: the word for them, to be heard.
enum class Spoilers : std::uint8_t { shown, covered, named };

// What it says without its marks: for copying, notifications, the quote of a reply, screen readers. Items begin with
// "• " or their number, indented by two for each further depth; quotes have no sign. REQUIRES: tree is parse(text).
[[nodiscard]] std::string plain_text_of(const Tree& tree, std::string_view text, const Names& names,
                                        Spoilers spoilers = Spoilers::shown);

// The code of a code block, to be coloured (code_colours.hpp) or copied. REQUIRES: tree is parse(text).
[[nodiscard]] std::string code_of(const Tree& tree, std::string_view text, const Block& block);

}  // namespace parley::markup
