#include "text/emoji_shape.hpp"

#include <gtest/gtest.h>

#include <string>

namespace parley::text {
namespace {

constexpr const char* kEngland = "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F";

TEST(EmojiShape, IsOfOneEmoji) {
    for (const auto* emoji :
         {"\U0001F44D", "\u2764", "\u2764\uFE0F", "\U0001F44B\U0001F3FD", "\u261D\uFE0F\U0001F3FD",
          "\U0001F1E9\U0001F1EA", "1\uFE0F\u20E3", "#\u20E3",
          "\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466",
          "\U0001F469\U0001F3FD\u200D\u2764\uFE0F\u200D\U0001F48B\u200D\U0001F468\U0001F3FB",
          "\U0001F3F3\uFE0F\u200D\U0001F308", "\U0001F3F4", "\U0001F3F4\u200D\u2620\uFE0F", kEngland})
        EXPECT_TRUE(is_shaped_like_emoji(emoji)) << emoji;
}

TEST(EmojiShape, IsOfEmojiThatUnicodeMayAdd) {
    EXPECT_TRUE(is_shaped_like_emoji("\U0001FADF"));
    EXPECT_TRUE(is_shaped_like_emoji("\U0001F9D1\u200D\U0001FAFF"));
}

TEST(EmojiShape, IsNotOfFreeText) {
    for (const auto* text : {"Visit:evil.example",
                             "<b>",
                             "a",
                             "x",
                             "yes",
                             "1",
                             "10",
                             "#",
                             "*",
                             "1\uFE0F",
                             ":)",
                             "!",
                             "\u00E9",
                             "\u5B89",
                             "\u0430",
                             "a\U0001F44D",
                             "\U0001F44Da",
                             "a\u20E3",
                             "\U0001F44D\u200Da",
                             "\u2460"})
        EXPECT_FALSE(is_shaped_like_emoji(text)) << '"' << text << '"';
}

TEST(EmojiShape, IsNotOfMarksAndJoinersAlone) {
    for (const auto* text : {"",
                             " ",
                             "\n",
                             "\x7F",
                             "\u0301",
                             "\U0001F44D\u0301",
                             "\u200D",
                             "\uFE0F",
                             "\uFE0F\u200D",
                             "\u20E3",
                             "\U0001F3FD",
                             "\U0001F44D\u200D",
                             "\u200D\U0001F44D",
                             "\U0001F44D\uFE0F\uFE0F",
                             "\u200B",
                             "\u3000",
                             "\U0001F44D ",
                             "\u202E\U0001F44D",
                             "\u2764\uFE0E",
                             "\U0001F1E9",
                             "\xF0\x9F",
                             "\xFF"})
        EXPECT_FALSE(is_shaped_like_emoji(text)) << '"' << text << '"';
}

TEST(EmojiShape, IsNotOfSeveral) {
    const std::string one = "\U0001F389";
    EXPECT_FALSE(is_shaped_like_emoji(one + one));
    EXPECT_FALSE(is_shaped_like_emoji(one + one + one));
    EXPECT_FALSE(is_shaped_like_emoji("\U0001F1E9\U0001F1EA\U0001F1EB\U0001F1F7"));
    std::string row = one;
    for (int i = 1; i < 4; ++i) row += "\u200D" + one;
    EXPECT_TRUE(is_shaped_like_emoji(row)) << "a family of four";
    EXPECT_FALSE(is_shaped_like_emoji(row + "\u200D" + one));
}

TEST(EmojiShape, TagsAreOfAFlagAndFew) {
    EXPECT_FALSE(is_shaped_like_emoji("\U0001F44D\U000E0067\U000E0062\U000E007F"));
    EXPECT_FALSE(is_shaped_like_emoji("\U0001F3F4\U000E0067\U000E0062")) << "no end";
    EXPECT_FALSE(is_shaped_like_emoji("\U0001F3F4\U000E007F")) << "no tag";
    EXPECT_FALSE(is_shaped_like_emoji("\U0001F3F4\U000E0041\U000E007F")) << "a capital";
    std::string hidden = "\U0001F3F4";
    for (int i = 0; i < 7; ++i) hidden += "\U000E0061";
    EXPECT_FALSE(is_shaped_like_emoji(hidden + "\U000E007F"));
    EXPECT_FALSE(is_shaped_like_emoji(std::string(kEngland) + kEngland));
}

}  // namespace
}  // namespace parley::text
