#include "text/names.hpp"

#include <gtest/gtest.h>

#include <string>

namespace parley::text {
namespace {

using namespace std::string_view_literals;

std::string repeated(std::string_view piece, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += piece;
    return text;
}

TEST(AccountNames, OfSmallLettersDigitsAndInnerMarks) {
    for (const auto name : {"ana"sv, "bo"sv, "a1"sv, "ana.maria"sv, "x_y-z9"sv})
        EXPECT_TRUE(is_account_name(name)) << name;
    EXPECT_TRUE(is_account_name(repeated("a", 32)));
}

TEST(AccountNames, OthersAreRefused) {
    for (const auto name : {""sv, "a"sv, "Ana"sv, "1ana"sv, ".ana"sv, "ana."sv, "ana-"sv, "ana_"sv, "an a"sv, "an@a"sv,
                            "an\xC3\xA9"sv, "an\0a"sv, "ana\n"sv}) {
        EXPECT_FALSE(is_account_name(name)) << testing::PrintToString(std::string(name));
    }
    EXPECT_FALSE(is_account_name(repeated("a", 33)));
}

TEST(Nicks, OfAnyScriptUpTo32CodePoints) {
    for (const auto nick : {"A"sv, "Ana Maria"sv, "\xD0\x90\xD0\xBD\xD0\xB0"sv, "\xE5\xAE\x89"sv, "Ana \xE2\x98\x95"sv,
                            "\xF0\x9F\x91\x8B"sv})
        EXPECT_TRUE(is_nick(nick)) << nick;
    EXPECT_TRUE(is_nick(repeated("\xE5\xAE\x89", 32)));
    EXPECT_FALSE(is_nick(repeated("\xE5\xAE\x89", 33)));
}

TEST(Nicks, EmptyInvisibleOrTurningAreRefused) {
    for (const auto nick : {""sv, " "sv, " ana"sv, "ana "sv, "a\tb"sv, "a\nb"sv, "a\x7F"sv, "\xC2\xA0"sv,
                            "a\xE2\x80\xAE"sv, "a\xE2\x80\x8B"sv, "\xEF\xBB\xBF"sv, "a\xC2\xADz"sv, "a\xE2\x81\xA6z"sv,
                            "\xE3\x85\xA4"sv, "\xFF"sv, "a\xC3"sv, "\xE2\x80\x8D"sv}) {
        EXPECT_FALSE(is_nick(nick)) << testing::PrintToString(std::string(nick));
    }
}

// Each of them was a nick, and of several people at once.
TEST(Nicks, OfWhatDrawsNothingAreRefused) {
    for (const auto* nothing :
         {"\uFE0F", "\uFE00",     "\U0001D159", "\U0001D173", "\U0001D17A", "\U00016FE4", "\u115F",     "\u1160",
          "\u3164", "\uFFA0",     "\u2800",     "\u034F",     "\u180E",     "\u2065",     "\U000E0100", "\uFFFC",
          "\uFFFE", "\U0001FFFF", "\uFDD0",     "\U00013441", "\uE000",     "\U000F0000", "\u00AD",     "\u070F"}) {
        const std::string alone = nothing;
        EXPECT_FALSE(is_nick(alone)) << testing::PrintToString(alone);
        EXPECT_FALSE(is_nick(alone + alone)) << testing::PrintToString(alone);
        EXPECT_FALSE(is_nick(alone + "ana")) << testing::PrintToString(alone);
        EXPECT_FALSE(is_room_name(alone)) << testing::PrintToString(alone);
        EXPECT_FALSE(is_room_name("general" + alone)) << testing::PrintToString(alone);
    }
}

TEST(Nicks, HaveSelectorsAndJoinersBehindWhatTheyShape) {
    for (const auto* nick : {"Ana \u2764\uFE0F", "\u2764\uFE0F\u200D\U0001F525", "\U0001F3F3\uFE0F\u200D\U0001F308 Bo",
                             "1\uFE0F\u20E3", "\u0915\u094D\u200D\u0937"})
        EXPECT_TRUE(is_nick(nick)) << nick;
    for (const auto* nick : {"\uFE0Fana", "ana \uFE0F", "a \uFE0Fb", "ana\uFE0F\uFE0F", "\u2764\u200D\uFE0F",
                             "\u200Dana", "ana\u200D\u200D"})
        EXPECT_FALSE(is_nick(nick)) << testing::PrintToString(std::string(nick));
}

TEST(RoomNames, AreWords) {
    for (const auto name : {"general"sv, "a"sv, "dev-ops_2"sv, "caf\xC3\xA9"sv, "\xE5\xAE\x89\xE5\xAE\x89"sv})
        EXPECT_TRUE(is_room_name(name)) << name;
    EXPECT_TRUE(is_room_name(repeated("a", 48)));
    for (const auto name : {""sv, "General"sv, "a b"sv, "#general"sv, "a/b"sv, "a\xE2\x80\x8B"sv, "a\xE3\x80\x80z"sv,
                            "a\nb"sv, "\xC3"sv}) {
        EXPECT_FALSE(is_room_name(name)) << testing::PrintToString(std::string(name));
    }
    EXPECT_FALSE(is_room_name(repeated("a", 49)));
}

TEST(RoomTopics, AreOneLineOfUpTo200CodePoints) {
    for (const auto* topic :
         {"", "What we plan", "https://example.org/plan", "\u05E9\u05DC\u05D5\u05DD", "\U0001F4F0 news"})
        EXPECT_TRUE(is_room_topic(topic)) << topic;
    EXPECT_TRUE(is_room_topic(repeated("\u00E9", 200)));
    for (const auto* topic : {" ", "two\nlines", "a\ttab", "bell\x07", "\u200B", "line\u2028separator"})
        EXPECT_FALSE(is_room_topic(topic)) << testing::PrintToString(std::string(topic));
    EXPECT_FALSE(is_room_topic(repeated("a", 201)));
}

TEST(Messages, OfNothingVisibleAreBlank) {
    for (const auto text :
         {""sv, " "sv, "\n\t "sv, "\xC2\xA0\xE3\x80\x80"sv, "\xE2\x80\x8B"sv, "\uFE0F"sv, "\U0001D159 "sv})
        EXPECT_TRUE(is_blank(text)) << testing::PrintToString(std::string(text));
    for (const auto text : {"a"sv, " . "sv, "\xF0\x9F\x91\x8B"sv}) EXPECT_FALSE(is_blank(text)) << text;
}

TEST(Messages, MayHoldNewlineAndTabButNoOtherControl) {
    EXPECT_FALSE(has_forbidden_controls("one\n\ttwo \xF0\x9F\x91\x8B"));
    for (unsigned c = 0; c < 0x20; ++c) {
        const std::string text{'a', static_cast<char>(c)};
        EXPECT_EQ(has_forbidden_controls(text), c != '\n' && c != '\t') << c;
    }
    EXPECT_TRUE(has_forbidden_controls("\x7F"));
}

TEST(CodePoints, WhiteSpaceAndInvisible) {
    for (const char32_t c : {U' ', U'\t', U'\u00A0', U'\u2003', U'\u3000'})
        EXPECT_TRUE(is_white_space(c)) << static_cast<unsigned>(c);
    for (const char32_t c : {U'a', U'\u200B', U'_'}) EXPECT_FALSE(is_white_space(c)) << static_cast<unsigned>(c);
    for (const char32_t c : {U'\u00AD', U'\u200B', U'\u202E', U'\u2066', U'\uFEFF', U'\U000E0041'})
        EXPECT_TRUE(is_invisible_or_bidi(c)) << static_cast<unsigned>(c);
    for (const char32_t c : {U'a', U' ', U'\u00E9', U'\U0001F44B'})
        EXPECT_FALSE(is_invisible_or_bidi(c)) << static_cast<unsigned>(c);
}

}  // namespace
}  // namespace parley::text
