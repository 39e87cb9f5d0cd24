// Lines and what they belong to.
#include <gtest/gtest.h>

#include "markup/markup.hpp"
#include "outline.hpp"

namespace parley::markup {
namespace {

struct Case {
    const char* text;
    const char* outline;
};

void check(std::initializer_list<Case> cases) {
    for (const auto& [text, expected] : cases) EXPECT_EQ(outline(text), expected) << text;
}

TEST(Blocks, AnEmptyLinePartsParagraphs) {
    check({{"a\nb", "a/b"}, {"a\n\nb", "a\nb"}, {"a\n \t\nb", "a\nb"}, {"\n\na\n\n", "a"}, {"\n", ""}, {" ", ""}});
}

TEST(Blocks, EmptyLinesAreCounted) {
    const auto tree = parse("\na\n\n\nb\nc\n\nd");
    ASSERT_EQ(tree.blocks.size(), 3u);
    EXPECT_EQ(tree.blocks[0].empty_lines_before, 1);
    EXPECT_EQ(tree.blocks[1].empty_lines_before, 2);
    EXPECT_EQ(tree.blocks[2].empty_lines_before, 1);
}

TEST(Blocks, AQuoteEndsWithItsLines) {
    check({{"> a", "> a"},
           {"> a\n> b", "> a/b"},
           {"> a\nb", "> a\nb"},
           {"a\n> b", "a\n> b"},
           {"> a\n>\n> b", "> a\n> b"},
           {">", ""},
           {"> *a\n> b*", "> {i:a}/{i:b}"},
           {"> `a\n> b`", "> {c:a}/{c:b}"},
           {"> ` a\n> `", "> {c: a}/"},
           {"   > a", "> a"}});
}

TEST(Blocks, QuotesStandInQuotes) {
    check({{"> > a", ">> a"},
           {">> a", ">> a"},
           {"> a\n>> b\n> c", "> a\n>> b\n> c"},
           {"> > > > > > > > > a", ">>>>>>>> > a"}});
}

TEST(Blocks, ASignWithoutASpaceIsNoQuote) {
    check({{">_<", ">_<"}, {">:(", ">:("}, {">5 people", ">5 people"}, {">>a", ">>a"}, {"> >a", "> >a"}});
}

TEST(Blocks, ItemsHaveDepthAndNumber) {
    check({{"- a\n- b", "- a\n- b"},
           {"* a\n* b", "- a\n- b"},
           {"1. a\n2. b", "1. a\n2. b"},
           {"- a\n  - b\n    - c\n- d", "- a\n- - b\n- - - c\n- d"},
           {"1. a\n  - b\n2. c", "1. a\n- - b\n2. c"},
           {"- a\n   1. b", "- a\n1. 1. b"},
           {"- a\n - b", "- a\n- b"},
           {"- a\n\t- b", "- a\n- - b"},
           {"    - a\n  - b", "- a\n- b"},
           {"text\n- a", "text\n- a"},
           {"- *a*", "- {i:a}"},
           {"- a\n\n- b", "- a\n- b"},
           {"> - a\n> - b", "> - a\n> - b"},
           {"> - a\n- b", "> - a\n- b"}});
}

TEST(Blocks, ANumberIsShownAsWrittenAndCountsWhenItIsRepeated) {
    check({{"3. a\n5. b", "3. a\n5. b"},
           {"1. a\n1. b\n1. c", "1. a\n2. b\n3. c"},
           {"1. a\n1. b\n3. c", "1. a\n2. b\n3. c"},
           {"0. a", "0. a"},
           {"007. a", "7. a"},
           {"999999999. a\n999999999. b", "999999999. a\n1000000000. b"},
           {"1234567890. a", "1234567890. a"}});
}

TEST(Blocks, WhatIsNoItem) {
    check({{"-a", "-a"},
           {"- ", "- "},
           {"-", "-"},
           {"1.a", "1.a"},
           {"1.", "1."},
           {"1) a", "1) a"},
           {"+ a", "+ a"},
           {"a. b", "a. b"},
           {"it was in\n1986. A good year", "it was in/1986. A good year"},
           {"1986. A good year", "1986. A good year"},
           {"*a* b", "{i:a} b"},
           {"**a**", "{b:a}"},
           {"\\- a", "- a"},
           {"1\\. a", "1. a"},
           {"- - a", "- - a"},
           {"- > a", "- > a"}});
}

TEST(Blocks, AnItemGoesOnWhereALineIsIndented) {
    check({{"- a\n  b", "- a/b"},
           {"- a\nb", "- a\nb"},
           {"- a\n\n  b", "- a\n. b"},
           {"- a\n  - b\n  c", "- a\n- - b\n. c"},
           {"- a\n  - b\n    c\nd", "- a\n- - b/c\nd"},
           {"1. a\n  ```\n  x\n    y\n  ```\n2. b", "1. a\n.``` x/  y\n2. b"}});
}

TEST(Blocks, DeepItemsStayAtTheDeepestDepth) {
    std::string text;
    for (std::size_t depth = 0; depth < 20; ++depth) text += std::string(2 * depth, ' ') + "- a\n";
    const auto tree = parse(text);
    ASSERT_EQ(tree.blocks.size(), 20u);
    EXPECT_EQ(tree.blocks[7].list_depth, 8);
    EXPECT_EQ(tree.blocks[19].list_depth, 8);
}

TEST(Blocks, CodeKeepsItsLines) {
    check({{"```\na\n  b\n```", "``` a/  b"},
           {"```c++\nint a;\n```", "```c++ int a;"},
           {"``` js \na\n```", "```js a"},
           {"```\n*a* <@17> https://b.c\n```", "``` *a* <@17> https://b.c"},
           {"```\na\n\nb\n```", "``` a//b"},
           {"```\na\n```\nb", "``` a\nb"},
           {"b\n```\na\n```", "b\n``` a"},
           {"````\n```\n````", "``` ```"},
           {"```\na", "``` a"},
           {"```\n```", "``` "},
           {"```", "``` "},
           {"> ```\n> a\n> ```", ">``` a"},
           {"> ```\n> a\nb", ">``` a\nb"},
           {"  ```\n  a\n    b\n  ```", "``` a/  b"},
           {"```\n> a\n- b\n```", "``` > a/- b"}});
}

TEST(Blocks, WhatFollowsTheSignIsCodeUnlessItIsALanguage) {
    check({{"```int a = 1;\nb\n```", "``` int a = 1;/b"},
           {"```ls -l\n```", "``` ls -l"},
           {"```objective-c\na\n```", "```objective-c a"},
           {"```a`b\nc", "```a`b/c"}});
}

TEST(Blocks, CodeAlsoEndsAtALinesEnd) {
    check({{"```\na```\nb", "``` a\nb"},
           {"```\na\nb```", "``` a/b"},
           {"```js\na ``` b\n```", "```js a ``` b"},
           {"```\na`b`\n```", "``` a`b`"}});
}

}  // namespace
}  // namespace parley::markup
