// What holds of every text, tried on texts made of what matters.
#include <gtest/gtest.h>

#include "markup/markup.hpp"
#include "markup_texts/markup_texts.hpp"

namespace parley::markup {
namespace {

constexpr int kTexts = 20'000;

class Nobody : public Names {
  public:
    [[nodiscard]] std::string name_of(UserId) const override { return "person"; }
    [[nodiscard]] std::string name_of(RoomId) const override { return "room"; }
};

std::string plain(std::string_view text) {
    return plain_text_of(parse(text), text, Nobody());
}

// What escaping keeps: a line of blanks is an empty line, and empty lines at the ends are none.
std::string without_blank_lines_ends(std::string_view text) {
    std::string kept;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find('\n', begin), text.size());
        const auto line = text.substr(begin, end - begin);
        if (line.find_first_not_of(" \t") != std::string_view::npos) kept += line;
        kept += '\n';
        begin = end + 1;
    }
    const auto first = kept.find_first_not_of('\n');
    if (first == std::string::npos) return "";
    return kept.substr(first, kept.find_last_not_of('\n') + 1 - first);
}

TEST(MarkupProperties, TheRunsAreTheTextInItsOrder) {
    support::MarkupTexts texts(1);
    for (int i = 0; i < kTexts; ++i) {
        const auto text = texts.next();
        std::uint32_t at = 0;
        for (const auto& run : parse(text).runs) {
            ASSERT_EQ(run.source.begin, at) << text;
            ASSERT_LT(run.source.begin, run.source.end) << text;
            at = run.source.end;
        }
        ASSERT_EQ(at, text.size()) << text;
    }
}

TEST(MarkupProperties, BlocksHoldAllThatIsShownAndRise) {
    support::MarkupTexts texts(2);
    for (int i = 0; i < kTexts; ++i) {
        const auto text = texts.next();
        const auto tree = parse(text);
        std::uint32_t next = 0;
        const auto is_between = [&](std::uint32_t until) {
            for (; next < until; ++next) ASSERT_EQ(tree.runs[next].kind, RunKind::mark) << text;
        };
        for (const auto& block : tree.blocks) {
            ASSERT_LE(block.first_run, block.end_run) << text;
            is_between(block.first_run);
            next = block.end_run;
        }
        is_between(static_cast<std::uint32_t>(tree.runs.size()));
    }
}

TEST(MarkupProperties, ALookBelongsToWhatIsShownAndTheLinksAreUsed) {
    support::MarkupTexts texts(3);
    for (int i = 0; i < kTexts; ++i) {
        const auto text = texts.next();
        const auto tree = parse(text);
        std::size_t links = 0;
        for (const auto& run : tree.runs) {
            if (run.kind == RunKind::mark) {
                ASSERT_EQ(run, (markup::Run{run.source, RunKind::mark, {}, 0, 0, 0})) << text;
            }
            ASSERT_LE(run.link, links + 1) << text;
            links = std::max<std::size_t>(links, run.link);
            ASSERT_EQ(run.kind == RunKind::line_break, run.source.of(text) == "\n" && run.kind != RunKind::mark)
                << text;
            ASSERT_EQ(run.kind == RunKind::person, run.person().names_something()) << text;
            ASSERT_EQ(run.kind == RunKind::room, run.room().names_something()) << text;
        }
        ASSERT_EQ(links, tree.links.size()) << text;
    }
}

TEST(MarkupProperties, EscapedTextIsShownAsItIs) {
    support::MarkupTexts texts(4);
    for (int i = 0; i < kTexts; ++i) {
        const auto text = texts.next();
        ASSERT_EQ(plain(escaped(text)), without_blank_lines_ends(text)) << text;
    }
}

// An "e" is in no mark but an address behind words and a language.
TEST(MarkupProperties, NoWordIsLost) {
    support::MarkupTexts texts(5);
    for (int i = 0; i < kTexts; ++i) {
        const auto text = texts.next();
        for (const auto& run : parse(text).runs) {
            const auto words = run.source.of(text);
            if (run.kind != RunKind::mark || words.find('e') == std::string_view::npos) continue;
            ASSERT_TRUE(words.find("](") != std::string_view::npos || words.find("```") != std::string_view::npos)
                << words << " in " << text;
        }
    }
}

TEST(MarkupProperties, ItIsLinear) {
    support::MarkupTexts texts(6);
    for (int i = 0; i < kTexts; ++i) {
        const auto text = texts.next();
        ASSERT_LE(parse(text).steps, 24 * text.size() + 64) << text;
    }
}

}  // namespace
}  // namespace parley::markup
