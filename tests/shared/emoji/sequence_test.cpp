// What of a text is an emoji.
#include <gtest/gtest.h>

#include "emoji/emoji.hpp"
#include "markup_texts/markup_texts.hpp"
#include "protocol/limits.hpp"

namespace parley::emoji {
namespace {

TEST(EmojiSequences, AreOne) {
    for (const std::string_view text :
         {"\U0001F389", "\u2764\uFE0F", "\U0001F44B\U0001F3FD", "\u270C\U0001F3FB",
          "\U0001F468\u200D\U0001F469\u200D\U0001F466", "\U0001F1E9\U0001F1EA", "1\uFE0F\u20E3", "#\uFE0F\u20E3",
          "\U0001F3F3\uFE0F\u200D\U0001F308", "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F",
          "\U0001F9D1\U0001F3FD\u200D\U0001F4BB"})
        EXPECT_TRUE(is_emoji_sequence(text)) << text;
}

TEST(EmojiSequences, AreNotTextNorSeveral) {
    for (const std::string_view text :
         {"", "a", "1", "#", "*", "\u2764", "\u00A9", "\U0001F389\U0001F389", "\U0001F389 ", "\U0001F1E9",
          "\U0001F1E9\U0001F1EA\U0001F1EB", "1\u20E3", "1\uFE0F", "\u200D", "\uFE0F", "\U0001F389\u200D",
          "\U0001F3F4\U000E0067", "\xF0\x9F", "\xFF"})
        EXPECT_FALSE(is_emoji_sequence(text)) << text;
}

TEST(EmojiSequences, HaveALengthWithinText) {
    const std::string_view text = "a\U0001F44B\U0001F3FDb";
    EXPECT_EQ(sequence_length(text, 0), 0u);
    EXPECT_EQ(sequence_length(text, 1), 8u);
    EXPECT_EQ(sequence_length(text, 9), 0u);
    EXPECT_EQ(sequence_length("\U0001F389\u200Da", 0), 4u);
}

TEST(OnlyEmoji, AreCountedUpToTen) {
    const std::string one = "\U0001F389";
    std::string ten;
    for (int i = 0; i < 10; ++i) ten += one;
    EXPECT_EQ(count_if_only_emoji(one), 1u);
    EXPECT_EQ(count_if_only_emoji(" " + one + "\n" + one + "\u3000"), 2u);
    EXPECT_EQ(count_if_only_emoji(ten), limits::kEmojiDrawnLarge);
    EXPECT_EQ(count_if_only_emoji(ten + one), 0u);
    EXPECT_EQ(count_if_only_emoji(one + "!"), 0u);
    EXPECT_EQ(count_if_only_emoji("\u2764"), 0u);
    EXPECT_EQ(count_if_only_emoji("\u2764\uFE0F"), 1u);
    EXPECT_EQ(count_if_only_emoji("100"), 0u);
    EXPECT_EQ(count_if_only_emoji(""), 0u);
    EXPECT_EQ(count_if_only_emoji("  "), 0u);
}

TEST(OnlyEmoji, ManyJoinedAreNotOne) {
    std::string chain = "\U0001F389";
    for (std::size_t i = 1; i < limits::kEmojiParts; ++i) chain += "\u200D\U0001F389";
    EXPECT_EQ(count_if_only_emoji(chain), 1u);
    EXPECT_EQ(count_if_only_emoji(chain + "\u200D\U0001F389"), 0u);
}

TEST(EmojiSequences, AreWithinAnyBytes) {
    support::MarkupTexts texts(11);
    for (int i = 0; i < 5'000; ++i) {
        const auto text = texts.next();
        for (std::size_t at = 0; at < text.size(); ++at) ASSERT_LE(at + sequence_length(text, at), text.size()) << text;
    }
}

}  // namespace
}  // namespace parley::emoji
