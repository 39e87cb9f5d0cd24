// What a hostile text costs, and what happens beyond the bounds.
#include <gtest/gtest.h>
#include <array>

#include "markup/markup.hpp"
#include "protocol/limits.hpp"
#include "text/links.hpp"

namespace parley::markup {
namespace {

std::string repeated(std::string_view piece, std::size_t size) {
    std::string text;
    while (text.size() < size) text += piece;
    return text;
}

std::string stairs(std::size_t size) {
    std::string text;
    for (std::size_t depth = 0; text.size() < size; ++depth) text += std::string(depth % 200, ' ') + "- a\n";
    return text;
}

std::string rising_backticks(std::size_t size) {
    std::string text;
    for (std::size_t length = 1; text.size() < size; ++length) text += std::string(length, '`') + ' ';
    return text;
}

// Every mark alone, and the pairs that are hard for parsers of this kind.
constexpr auto kPieces = std::to_array<std::string_view>({"*",
                                                          "_",
                                                          "**",
                                                          "~",
                                                          "~~",
                                                          "|",
                                                          "||",
                                                          "`",
                                                          "``",
                                                          "[",
                                                          "]",
                                                          "](",
                                                          "(",
                                                          ")",
                                                          "\\",
                                                          "<",
                                                          "<@",
                                                          "<@1",
                                                          "<@1>",
                                                          "<!",
                                                          ">",
                                                          "> ",
                                                          ">>",
                                                          "- ",
                                                          "- a\n",
                                                          "1. ",
                                                          "1. a\n",
                                                          "\n",
                                                          " ",
                                                          "\t",
                                                          "```\n",
                                                          "```",
                                                          "h",
                                                          "http://",
                                                          "http://a",
                                                          "http://a ",
                                                          "<http://a",
                                                          "[http://a",
                                                          "[a](http://b)",
                                                          "[a](http://b",
                                                          "[](http://b",
                                                          "](http://",
                                                          "a](http://b(",
                                                          "[a](http://b(",
                                                          "[[a](http://b)",
                                                          "* *",
                                                          "a*",
                                                          "*a ",
                                                          "*a_",
                                                          "*a_ ",
                                                          "_a*b ",
                                                          "a**b",
                                                          "*a**b",
                                                          "a**b*c",
                                                          "~~a ",
                                                          "||a",
                                                          "||a ",
                                                          "*a ||b ~~c _d ",
                                                          "a* b|| c~~ d_ ",
                                                          "*_",
                                                          "*~~||_",
                                                          "`*",
                                                          "[*",
                                                          "*[",
                                                          "[`",
                                                          "`[",
                                                          "\\`",
                                                          "\\``",
                                                          "`\\",
                                                          "> `\n",
                                                          "> *a\n",
                                                          "> - a\n",
                                                          "- *a\n",
                                                          "> > > > > > > > ",
                                                          "> ```\n",
                                                          "a\n\n",
                                                          "\n> ",
                                                          "&",
                                                          "\xE2\x80\x8B",
                                                          "\xE3\x80\x82**",
                                                          "\xF0\x9F\x98\x80",
                                                          "\xFF",
                                                          "\xC3"});

// Each of them over and over, and mixes.
std::vector<std::string> hostile_texts(std::size_t size) {
    std::vector<std::string> texts{stairs(size), rising_backticks(size)};
    for (const auto piece : kPieces) texts.push_back(repeated(piece, size));
    const std::string openers = repeated("*a _b ~~c ||d [e ", size / 2);
    texts.push_back(openers + repeated("a* ", size / 2));
    texts.push_back(openers + repeated("a_ ", size / 2));
    texts.push_back(openers + repeated("a*** ", size / 2));
    texts.push_back(openers + repeated("](http://a) ", size / 2));
    texts.push_back(repeated("[", size / 2) + repeated("](http://a)", size / 2));
    texts.push_back(repeated("*", size / 2) + "a" + repeated("*", size / 2));
    texts.push_back("*" + repeated("a _b", size / 2) + repeated("c* d", size / 2));
    texts.push_back("[" + repeated("http://a](", size));
    texts.push_back("[" + repeated("http://a", size));
    texts.push_back("```\n" + repeated("``\n", size));
    return texts;
}

std::string start_of(const std::string& text) {
    return text.substr(0, 40) + " … of " + std::to_string(text.size());
}

constexpr std::size_t kSize = 100'000;
constexpr std::uint64_t kStepsPerByte = 10;

TEST(MarkupCost, IsAFewStepsForEachByteOfAnyMark) {
    std::uint64_t worst = 0;
    for (const auto& text : hostile_texts(kSize)) {
        const auto steps = parse(text).steps;
        EXPECT_LE(steps, kStepsPerByte * text.size()) << start_of(text);
        EXPECT_GE(steps, text.size()) << "not counted: " << start_of(text);
        worst = std::max(worst, steps / text.size());
    }
    RecordProperty("worst_steps_per_byte", static_cast<int>(worst));
}

TEST(MarkupCost, GrowsWithTheTextAndNotFaster) {
    const auto halves = hostile_texts(kSize / 4);
    const auto wholes = hostile_texts(kSize);
    for (std::size_t i = 0; i < halves.size(); ++i) {
        const auto once = static_cast<double>(parse(halves[i]).steps) / static_cast<double>(halves[i].size());
        const auto four = static_cast<double>(parse(wholes[i]).steps) / static_cast<double>(wholes[i].size());
        EXPECT_LE(four, 1.25 * once + 0.5) << start_of(wholes[i]);
    }
}

TEST(MarkupBounds, BeyondThemMarksAreText) {
    const auto text = repeated("*a* ", 4 * 2 * limits::kMarkedSpans);
    const auto tree = parse(text);
    std::size_t italic = 0;
    std::size_t shown = 0;
    for (const auto& run : tree.runs) {
        italic += run.style.italic ? 1 : 0;
        shown += run.kind == RunKind::mark ? 0 : run.source.size();
    }
    EXPECT_EQ(italic, limits::kMarkedSpans);
    EXPECT_EQ(shown, text.size() - 2 * limits::kMarkedSpans);
}

TEST(MarkupBounds, OfMentionsCodeAndSpoilersToo) {
    for (const std::string_view piece : {"<@7> ", "`a` ", "||a|| ", "~~a~~ "}) {
        const auto text = repeated(piece, piece.size() * 2 * limits::kMarkedSpans);
        std::size_t marked = 0;
        for (const auto& run : parse(text).runs)
            marked += run.kind == RunKind::person || run.style.code || run.style.strike || run.spoiler > 0 ? 1 : 0;
        EXPECT_EQ(marked, limits::kMarkedSpans) << piece;
    }
}

TEST(MarkupBounds, SoManyLinks) {
    for (const std::string_view piece : {"http://a.b ", "[a](http://b.c) ", "<http://a.b> "}) {
        const auto tree = parse(repeated(piece, piece.size() * 2 * text::kLinksOfOneText));
        EXPECT_EQ(tree.links.size(), text::kLinksOfOneText) << piece;
    }
}

TEST(MarkupBounds, AnAddressBehindWordsIsNotEndless) {
    const auto link = [](std::size_t size) { return "[a](http://" + std::string(size - 7, 'b') + ")"; };
    EXPECT_EQ(parse(link(limits::kLinkAddress)).links.at(0).address.size(), limits::kLinkAddress);
    EXPECT_EQ(parse(link(limits::kLinkAddress + 1)).runs.front().kind, RunKind::text);
}

TEST(MarkupBounds, ALanguageIsAWord) {
    const auto code = [](std::size_t size) { return parse("```" + std::string(size, 'a') + "\nb\n```").blocks.at(0); };
    EXPECT_EQ(code(limits::kCodeLanguage).language.size(), limits::kCodeLanguage);
    EXPECT_EQ(code(limits::kCodeLanguage + 1).language.size(), 0u);
}

}  // namespace
}  // namespace parley::markup
