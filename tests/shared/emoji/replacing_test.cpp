// Shortcodes and emoticons in what is sent.
#include <gtest/gtest.h>

#include "emoji/emoji.hpp"
#include "markup/markup.hpp"
#include "markup_texts/markup_texts.hpp"

namespace parley::emoji {
namespace {

TEST(Shortcodes, BecomeUnicode) {
    EXPECT_EQ(with_shortcodes_replaced(":tada:"), "\U0001F389");
    EXPECT_EQ(with_shortcodes_replaced("a :tada: b\n> :+1::tada:"), "a \U0001F389 b\n> \U0001F44D\U0001F389");
    EXPECT_EQ(with_shortcodes_replaced("**:tada:**"), "**\U0001F389**");
    EXPECT_EQ(with_shortcodes_replaced("[:tada:](https://a.b)"), "[\U0001F389](https://a.b)");
    EXPECT_EQ(with_shortcodes_replaced("- :stuck_out_tongue:"), "- \U0001F61B");
    EXPECT_EQ(with_shortcodes_replaced(":flag-de:"), "\U0001F1E9\U0001F1EA");
}

TEST(Shortcodes, TakeTonesInBothForms) {
    EXPECT_EQ(with_shortcodes_replaced(":wave_tone3:"), "\U0001F44B\U0001F3FD");
    EXPECT_EQ(with_shortcodes_replaced(":wave::skin-tone-3:"), "\U0001F44B\U0001F3FC");
    EXPECT_EQ(with_shortcodes_replaced(":wave::skin-tone-3"), "\U0001F44B:skin-tone-3");
    EXPECT_EQ(with_shortcodes_replaced(":wave::skin-tone-7:"), "\U0001F44B:skin-tone-7:");
    EXPECT_EQ(with_shortcodes_replaced(":wave_tone6: :wave_tone0:"), ":wave_tone6: :wave_tone0:");
    EXPECT_EQ(with_shortcodes_replaced(":tada_tone3:"), ":tada_tone3:");
}

TEST(Shortcodes, StayWhereTheyAreNotMeant) {
    for (const std::string_view source : {"`:tada:`", "```\n:tada:\n```", "https://a.b/:tada:", "\\:tada:", "10:100:1",
                                          "a:tada:", ":nosuchname:", ":TADA:", ": tada:", ":tada", "tada:", "::", ":",
                                          "", "<@17>", "[a](https://b.c/:tada:)"})
        EXPECT_EQ(with_shortcodes_replaced(source), source);
    EXPECT_EQ(with_shortcodes_replaced("\\::tada:"), "\\:\U0001F389");
}

TEST(Emoticons, BecomeEmojiApartFromWords) {
    EXPECT_EQ(with_emoticons_replaced(":)"), "\U0001F642");
    EXPECT_EQ(with_emoticons_replaced("hi :D\n<3!"), "hi \U0001F604\n\u2764\uFE0F!");
    EXPECT_EQ(with_emoticons_replaced("(well :-))"), "(well \U0001F642)");
    EXPECT_EQ(with_emoticons_replaced(">:( ;-) </3"), "\U0001F620 \U0001F609 \U0001F494");
    EXPECT_EQ(with_emoticons_replaced("**:)**"), "**\U0001F642**");
}

TEST(Emoticons, StayWhereTheyAreNotMeant) {
    for (const std::string_view source :
         {"a:)", ":)a", "http://a.b", "x<3", "`:)`", "```\n:)\n```", "\\:)", "1:/2", ":D:", "max", "(see 8)", "at :3"})
        EXPECT_EQ(with_emoticons_replaced(source), source);
}

TEST(Emoticons, AreFoundWhereTheyBegin) {
    EXPECT_EQ(emoticon_at("a :'( b", 2)->text, ":'(");
    EXPECT_EQ(emoticon_at(">:(", 0)->text, ">:(");
    EXPECT_EQ(emoticon_at("a :) b", 1), nullptr);
}

TEST(Replacing, LeavesTheMarksOfAnyText) {
    support::MarkupTexts texts(12);
    for (int i = 0; i < 5'000; ++i) {
        const auto text = texts.next();
        ASSERT_EQ(with_shortcodes_replaced(text), text);
    }
}

}  // namespace
}  // namespace parley::emoji
