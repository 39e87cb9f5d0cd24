#include "composing/formatting.hpp"

#include <gtest/gtest.h>

namespace parley::composing {
namespace {

// "a [b] c": the brackets are the selection, before and after.
std::string turned(std::string text, std::string_view marks) {
    const auto begin = text.find('[');
    text.erase(begin, 1);
    const auto end = text.find(']');
    text.erase(end, 1);
    const auto done = with_marks_turned(text, begin, end, marks);
    text.replace(done.begin, done.end - done.begin, done.text);
    text.insert(done.select_end, "]");
    text.insert(done.select_begin, "[");
    return text;
}

TEST(Formatting, PutsMarksAroundTheSelectionAndTakesThemAway) {
    EXPECT_EQ(turned("a [b] c", "**"), "a **[b]** c");
    EXPECT_EQ(turned("a **[b]** c", "**"), "a [b] c");
    EXPECT_EQ(turned("a [**b**] c", "**"), "a [b] c");
    EXPECT_EQ(turned("a [b] c", "`"), "a `[b]` c");
    EXPECT_EQ(turned("a ~~[b]~~ c", "~~"), "a [b] c");
}

TEST(Formatting, BlanksStayOutside) {
    EXPECT_EQ(turned("a[ b ]c", "**"), "a **[b]** c");
}

TEST(Formatting, WithoutASelectionTheCursorStandsBetweenTheMarks) {
    EXPECT_EQ(turned("a []", "**"), "a **[]**");
    EXPECT_EQ(turned("a **[]**", "**"), "a []");
}

TEST(Formatting, BoldAndItalicDoNotTakeEachOthersStars) {
    EXPECT_EQ(turned("**[b]**", "*"), "***[b]***");
    EXPECT_EQ(turned("*[b]*", "**"), "***[b]***");
    EXPECT_EQ(turned("***[b]***", "*"), "**[b]**");
    EXPECT_EQ(turned("***[b]***", "**"), "*[b]*");
}

std::string linked(std::string text) {
    const auto begin = text.find('[');
    text.erase(begin, 1);
    const auto end = text.find(']');
    text.erase(end, 1);
    const auto done = with_link_made(text, begin, end);
    text.replace(done.begin, done.end - done.begin, done.text);
    EXPECT_EQ(done.select_begin, done.select_end);
    return text.insert(done.select_begin, "|");
}

TEST(Formatting, ALinkAsksForWhatIsMissing) {
    EXPECT_EQ(linked("see [the garden]!"), "see [the garden](|)!");
    EXPECT_EQ(linked("see [https://a.org/x]"), "see [|](https://a.org/x)");
    EXPECT_EQ(linked("see []"), "see [|]()");
}

TEST(WordAround, IsTheOneThatAPlaceIsWithin) {
    EXPECT_EQ(word_around("a word here", 4), (Word{2, 6}));
    EXPECT_EQ(word_around("a word here", 2), (Word{2, 2})) << "its edge";
    EXPECT_EQ(word_around("a word here", 6), (Word{6, 6}));
    EXPECT_EQ(word_around("**word**", 4), (Word{2, 6}));
    EXPECT_EQ(word_around("zwölf Äpfel", 3), (Word{0, 6}));
    EXPECT_EQ(word_around("", 0), (Word{0, 0}));
}

}  // namespace
}  // namespace parley::composing
