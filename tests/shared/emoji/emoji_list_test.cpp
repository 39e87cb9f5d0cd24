// The list, its names, search and skin tones.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "emoji/emoji.hpp"
#include "text/emoji_shape.hpp"

namespace parley::emoji {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> found(std::string_view words, std::size_t limit = 5) {
    std::vector<std::string> texts;
    for (const auto& emoji : search(words, limit)) texts.emplace_back(emoji.text);
    return texts;
}

std::string text_of(std::string_view shortcode) {
    return text_of_shortcode(shortcode).value_or("none");
}

TEST(EmojiList, IsUnicodesWithoutCountries) {
    EXPECT_GT(count(), 1'500u);
    EXPECT_LT(count(), 2'500u);
    std::set<std::string_view> texts;
    for (std::size_t place = 0; place < count(); ++place) {
        const auto emoji = at(place);
        EXPECT_TRUE(is_emoji_sequence(emoji.text)) << emoji.text;
        for (const auto tone : {SkinTone::none, SkinTone::medium})
            EXPECT_TRUE(text::is_shaped_like_emoji(with_skin_tone(emoji, tone))) << emoji.text << ": a server takes it";
        EXPECT_TRUE(texts.insert(emoji.text).second) << emoji.text;
        EXPECT_FALSE(emoji.shortcode.empty()) << emoji.text;
    }
    EXPECT_FALSE(texts.contains("\U0001F1E9\U0001F1EA"));
    EXPECT_TRUE(texts.contains("\U0001F3F3\uFE0F\u200D\U0001F308"));
}

TEST(EmojiList, HasItsSectionsInOrder) {
    std::size_t next = 0;
    for (const auto& section : sections()) {
        EXPECT_EQ(section.begin, next) << section.title;
        EXPECT_LT(section.begin, section.end) << section.title;
        for (auto place = section.begin; place < section.end; ++place) EXPECT_EQ(at(place).category, section.category);
        next = section.end;
    }
    EXPECT_EQ(next, count());
    EXPECT_THAT(sections(), SizeIs(9));
    EXPECT_EQ(find("dog")->category, Category::nature);
    EXPECT_EQ(find("pizza")->category, Category::food);
}

TEST(EmojiList, EachShortcodeFindsItsOwn) {
    for (std::size_t place = 0; place < count(); ++place) {
        const auto emoji = at(place);
        auto rest = emoji.shortcodes;
        while (!rest.empty()) {
            const auto code = rest.substr(0, rest.find(' '));
            ASSERT_TRUE(find(code)) << code;
            EXPECT_EQ(find(code)->text, emoji.text) << code;
            rest.remove_prefix(std::min(rest.size(), code.size() + 1));
        }
    }
}

TEST(EmojiList, KnowsGemojisNames) {
    EXPECT_EQ(text_of("tada"), "\U0001F389");
    EXPECT_EQ(text_of("+1"), "\U0001F44D");
    EXPECT_EQ(text_of("thumbsup"), "\U0001F44D");
    EXPECT_EQ(text_of("-1"), "\U0001F44E");
    EXPECT_EQ(text_of("smile"), "\U0001F604");
    EXPECT_EQ(text_of("heart"), "\u2764\uFE0F");
    EXPECT_EQ(text_of("100"), "\U0001F4AF");
    EXPECT_EQ(text_of("slightly_smiling_face"), "\U0001F642");
    EXPECT_EQ(text_of("man_facepalming"), "\U0001F926\u200D\u2642\uFE0F");
    EXPECT_EQ(text_of("nothing_of_this_name"), "none");
    EXPECT_EQ(text_of(""), "none");
    EXPECT_EQ(text_of("tad"), "none");
    EXPECT_EQ(text_of("TADA"), "none");
    EXPECT_EQ(text_of("tada:"), "none");
    EXPECT_EQ(text_of(std::string(1'000, 'a')), "none");
}

TEST(EmojiList, FlagsAreMadeOfTheirLetters) {
    EXPECT_EQ(text_of("flag-de"), "\U0001F1E9\U0001F1EA");
    EXPECT_EQ(text_of("flag_za"), "\U0001F1FF\U0001F1E6");
    EXPECT_EQ(text_of("flag-xx"), "none");
    EXPECT_EQ(text_of("flag-d"), "none");
    EXPECT_EQ(text_of("flag-deu"), "none");
}

TEST(EmojiSearch, PutsShortcodesBeforeKeywords) {
    EXPECT_THAT(found("tada"), ElementsAre("\U0001F389"));
    EXPECT_EQ(found("heart").front(), "\u2764\uFE0F");
    EXPECT_EQ(found("dog").front(), "\U0001F436");
    EXPECT_THAT(found("celebration", 20), Contains("\U0001F389"));
    EXPECT_THAT(found("thumb"), Contains("\U0001F44D"));
    EXPECT_EQ(found("+1").front(), "\U0001F44D");
    EXPECT_THAT(found("grinning cat"), Contains("\U0001F63A"));
    EXPECT_THAT(found("CAT", 50), Contains("\U0001F431"));
    EXPECT_EQ(found(":see_no").front(), "\U0001F648");
}

TEST(EmojiSearch, GivesAtMostWhatWasAsked) {
    EXPECT_THAT(found("a", 7), SizeIs(7));
    EXPECT_THAT(found("a", 0), IsEmpty());
    EXPECT_THAT(found(""), IsEmpty());
    EXPECT_THAT(found(" _ :"), IsEmpty());
    EXPECT_THAT(found("qqqq"), IsEmpty());
    EXPECT_THAT(found("\xFF\xFE"), IsEmpty());
    EXPECT_THAT(found("tada qqqq"), IsEmpty());
}

TEST(SkinTones, StandBehindThoseWhoTakeThem) {
    EXPECT_EQ(with_skin_tone("\U0001F44B", SkinTone::medium), "\U0001F44B\U0001F3FD");
    EXPECT_EQ(with_skin_tone("\U0001F44B\U0001F3FD", SkinTone::dark), "\U0001F44B\U0001F3FF");
    EXPECT_EQ(with_skin_tone("\U0001F44B\U0001F3FD", SkinTone::none), "\U0001F44B");
    EXPECT_EQ(with_skin_tone("\u270C\uFE0F", SkinTone::light), "\u270C\U0001F3FB");
    EXPECT_EQ(with_skin_tone("\U0001F926\u200D\u2642\uFE0F", SkinTone::medium),
              "\U0001F926\U0001F3FD\u200D\u2642\uFE0F");
    EXPECT_EQ(with_skin_tone("\U0001F389", SkinTone::medium), "\U0001F389");
    EXPECT_EQ(with_skin_tone("\U0001F468\u200D\U0001F469\u200D\U0001F466", SkinTone::medium),
              "\U0001F468\u200D\U0001F469\u200D\U0001F466");
    EXPECT_EQ(with_skin_tone("words", SkinTone::medium), "words");
    EXPECT_EQ(with_skin_tone("", SkinTone::medium), "");
}

TEST(SkinTones, AreEmojiAndKnownInAll) {
    std::size_t toned = 0;
    for (std::size_t place = 0; place < count(); ++place) {
        const auto emoji = at(place);
        if (!emoji.has_skin_tones) continue;
        ++toned;
        for (const auto tone :
             {SkinTone::light, SkinTone::medium_light, SkinTone::medium, SkinTone::medium_dark, SkinTone::dark}) {
            const auto text = with_skin_tone(emoji, tone);
            EXPECT_NE(text, emoji.text);
            EXPECT_TRUE(is_emoji_sequence(text)) << text;
            EXPECT_EQ(known(text).value_or(Emoji{}).text, emoji.text) << text;
        }
    }
    EXPECT_GT(toned, 250u);
}

TEST(EmojiList, KnowsAReactionAgain) {
    EXPECT_EQ(known("\U0001F44B\U0001F3FD")->shortcode, "wave");
    EXPECT_EQ(known("\u2764")->shortcode, "heart");
    EXPECT_FALSE(known("a"));
    EXPECT_FALSE(known(""));
    EXPECT_FALSE(known("\U0001F3FD"));
}

}  // namespace
}  // namespace parley::emoji
