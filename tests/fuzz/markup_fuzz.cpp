// What people write, and what it becomes on its way out.
#include <string>

#include "emoji/emoji.hpp"
#include "fuzz_target.hpp"
#include "markup/code_colours.hpp"
#include "markup/markup.hpp"
#include "protocol/limits.hpp"
#include "text/utf8.hpp"

std::vector<std::string> parley::fuzz::seeds() {
    return {"**bold** *italic* _too_ ***both*** ~~strike~~ ||spoiler|| `code` ``a`b``",
            "> quote\n>> deeper\nanswer",
            "- a\n  - b\n    c\n1. one\n1. two\n\n  more",
            "```c++\nint a = 1'000; // x\n```\nb",
            "> ```\n> a```\n- ```js\n  let b = `c`;\n  ```",
            "[words *and*](https://a.b/(c)) https://d.e. <https://f.g> mailto:h",
            "<@17> <#3> <!here> <!all> \\<@17> `<@17>`",
            "a\\*b\\[c] *d_e*_ **f*",
            ":tada: :wave::skin-tone-3: :wave_tone3: :flag-de: :) <3",
            "\xF0\x9F\x91\x8B\xF0\x9F\x8F\xBD\xE2\x9D\xA4\xEF\xB8\x8F 1\xEF\xB8\x8F\xE2\x83\xA3",
            "\xE4\xBD\xA0**\xE5\xA5\xBD\xE3\x80\x82**\xE4\xBD\xA0"};
}

namespace {

using namespace parley;
using fuzz::require;

class Nobody : public markup::Names {
  public:
    [[nodiscard]] std::string name_of(UserId) const override { return "person"; }
    [[nodiscard]] std::string name_of(RoomId) const override { return "room"; }
};

void check_runs(const markup::Tree& tree, std::string_view text) {
    std::uint32_t at = 0;
    for (const auto& run : tree.runs) {
        require(run.source.begin == at && run.source.end > at, "runs follow each other and are not empty");
        require(run.link <= tree.links.size(), "a link is in the list");
        require(run.kind != markup::RunKind::line_break || run.source.of(text) == "\n", "a new line is one newline");
        at = run.source.end;
    }
    require(at == text.size(), "the runs are the whole text");
}

void check_blocks(const markup::Tree& tree) {
    std::uint32_t next = 0;
    for (const auto& block : tree.blocks) {
        require(block.first_run >= next && block.end_run >= block.first_run, "blocks rise");
        require(block.end_run <= tree.runs.size(), "a block's runs are in the list");
        require(block.quote_depth <= limits::kQuoteDepth && block.list_depth <= limits::kListDepth,
                "depths are bounded");
        next = block.end_run;
    }
}

void check_colours(std::string_view code, std::string_view language) {
    std::uint32_t at = 0;
    for (const auto& part : markup::colours_of(code, language)) {
        require(part.source.begin >= at && part.source.end > part.source.begin, "colours follow each other");
        at = part.source.end;
    }
    require(at <= code.size(), "colours are within the code");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto tree = markup::parse(text);
    check_runs(tree, text);
    check_blocks(tree);
    require(tree.steps <= 24 * text.size() + 64, "parsing is linear");
    require(tree == markup::parse(text), "a text has one tree");

    const auto plain = markup::plain_text_of(tree, text, Nobody());
    require(!text::is_utf8(text) || text::is_utf8(plain), "plain text of UTF-8 is UTF-8");
    const auto literal = markup::escaped(text);
    const auto mentions = markup::mentions_in(markup::parse(literal));
    require(mentions == markup::Mentions{}, "escaped text mentions nobody");
    require(markup::parse(literal).links.empty(), "escaped text leads nowhere");
    for (const std::string_view language : {"c", "py", "rs", "sh", "sql", "html"}) check_colours(text, language);

    require(emoji::count_if_only_emoji(text) <= limits::kEmojiDrawnLarge, "few are drawn large");
    const auto sent = emoji::with_emoticons_replaced(emoji::with_shortcodes_replaced(text));
    require(!text::is_utf8(text) || text::is_utf8(sent), "what is sent of UTF-8 is UTF-8");
    return 0;
}
