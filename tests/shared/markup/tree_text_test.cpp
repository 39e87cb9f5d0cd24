// What a tree says, whom it calls, and text that is to be itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "markup/markup.hpp"

namespace parley::markup {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Known : public Names {
  public:
    [[nodiscard]] std::string name_of(UserId person) const override {
        return person == UserId(17) ? "Ana" : "somebody";
    }
    [[nodiscard]] std::string name_of(RoomId room) const override { return room == RoomId(3) ? "general" : "a room"; }
};

std::string plain(std::string_view text, Spoilers spoilers = Spoilers::shown) {
    return plain_text_of(parse(text), text, Known(), spoilers);
}

TEST(PlainText, HasNoMarks) {
    EXPECT_EQ(plain("**a** *b* ~~c~~ `d` ||e|| \\*f\\*"), "a b c d e *f*");
    EXPECT_EQ(plain("[words](https://a.b) https://c.d"), "words https://c.d");
    EXPECT_EQ(plain("> a\n> b\nc"), "a\nb\nc");
    EXPECT_EQ(plain("```c++\nint a;\n\nint b;\n```\nc"), "int a;\n\nint b;\nc");
    EXPECT_EQ(plain("a\n\n\nb"), "a\n\n\nb");
}

TEST(PlainText, CallsPeopleAndRoomsByName) {
    EXPECT_EQ(plain("<@17>, <@18>: <#3> <#4> <!here> <!all>"), "@Ana, @somebody: #general #a room @here @all");
    EXPECT_EQ(plain("`<@17>`"), "<@17>");
}

TEST(PlainText, SaysItemsWithTheirSigns) {
    EXPECT_EQ(plain("- a\n  b\n  - c\n\n3. d"), "\xE2\x80\xA2 a\n  b\n  \xE2\x80\xA2 c\n\n3. d");
    EXPECT_EQ(plain("- a\n\n  b"), "\xE2\x80\xA2 a\n\n  b");
}

TEST(PlainText, CanKeepSpoilersCovered) {
    const std::string bar = "\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88\xE2\x96\x88";
    EXPECT_EQ(plain("a ||b *c* <@17>|| d", Spoilers::covered), "a " + bar + " d");
    EXPECT_EQ(plain("||a||||b||", Spoilers::covered), bar + bar);
    EXPECT_EQ(plain("a ||b *c* <@17>|| d", Spoilers::named), "a spoiler d");
    EXPECT_EQ(plain("||a\nb||", Spoilers::covered), bar);
}

TEST(Mentioned, AreAllOnceInTheirOrder) {
    const auto mentions = mentions_in(parse("<@3> **<@1>** <@3>\n> <@2>\n- <!here>"));
    EXPECT_THAT(mentions.people, ElementsAre(UserId(3), UserId(1), UserId(2)));
    EXPECT_TRUE(mentions.here);
    EXPECT_FALSE(mentions.all);
    EXPECT_TRUE(mentions_in(parse("<!all>")).all);
}

TEST(Mentioned, AreNotThoseInCode) {
    const auto mentions = mentions_in(parse("`<@1>` \\<@2> `<!all>`\n```\n<@3> <!here>\n```"));
    EXPECT_THAT(mentions.people, IsEmpty());
    EXPECT_FALSE(mentions.here);
    EXPECT_FALSE(mentions.all);
}

TEST(Mentioned, AreWrittenAsTheyAreRead) {
    EXPECT_EQ(mention_of(UserId(18446744073709551615u)), "<@18446744073709551615>");
    EXPECT_EQ(parse(mention_of(UserId(17))).runs.at(0).person(), UserId(17));
    EXPECT_EQ(parse(mention_of(RoomId(17))).runs.at(0).room(), RoomId(17));
}

TEST(Escaped, IsShownAsItWas) {
    for (const std::string_view text :
         {"*a* _b_ ~~c~~ ||d|| `e`", "- a\n* b\n1. c\n> d", "  - a\n    1. b", "```\na\n```",
          "[a](https://b.c) <@17> <!all>", "\\*", "https://a.b", "\xC2\xAF\\_(\xE3\x83\x84)_/\xC2\xAF", "1.5 - 2 > 3",
          "a:b ://", "-", "12.", "\n\na", "a\n\n\nb"}) {
        EXPECT_EQ(plain(escaped(text)), text.substr(text.find_first_not_of('\n'))) << text;
        EXPECT_THAT(mentions_in(parse(escaped(text))), mentions_in(parse(""))) << text;
    }
}

TEST(Code, IsWhatStandsInTheBlock) {
    const std::string_view text = "a\n> ```c++\n> int a;\n>\n> \tint b;\n> ```";
    const auto tree = parse(text);
    ASSERT_EQ(tree.blocks.size(), 2u);
    EXPECT_EQ(code_of(tree, text, tree.blocks[1]), "int a;\n\n\tint b;");
    EXPECT_EQ(tree.blocks[1].language.of(text), "c++");
}

}  // namespace
}  // namespace parley::markup
