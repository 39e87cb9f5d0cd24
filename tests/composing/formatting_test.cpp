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

}  // namespace
}  // namespace parley::composing
