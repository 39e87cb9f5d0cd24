#include "text/links.hpp"

#include <gmock/gmock.h>

#include <random>

namespace parley::text {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> found(std::string_view text) {
    std::vector<std::string> words;
    for (const auto& link : links_in(text)) words.emplace_back(text.substr(link.begin, link.end - link.begin));
    return words;
}

TEST(Links, AnAddressIsFoundWithinWords) {
    EXPECT_THAT(found("see https://example.org/a?b=c#d for more"), ElementsAre("https://example.org/a?b=c#d"));
    EXPECT_THAT(found("http://a.b"), ElementsAre("http://a.b"));
    EXPECT_THAT(found("HTTPS://Example.org"), ElementsAre("HTTPS://Example.org"));
    EXPECT_THAT(found("http://a.b https://c.d\nhttp://e.f"), ElementsAre("http://a.b", "https://c.d", "http://e.f"));
}

TEST(Links, WhatEndsASentenceIsNotPartOfIt) {
    EXPECT_THAT(found("at https://example.org."), ElementsAre("https://example.org"));
    EXPECT_THAT(found("(https://example.org/x)"), ElementsAre("https://example.org/x"));
    EXPECT_THAT(found("https://example.org/wiki/C_(language)"), ElementsAre("https://example.org/wiki/C_(language)"));
    EXPECT_THAT(found("https://example.org/!?'"), ElementsAre("https://example.org/"));
    EXPECT_THAT(found("\"https://example.org\""), ElementsAre("https://example.org"));
    EXPECT_THAT(found("見て https://example.org/日本。そう"), ElementsAre("https://example.org/日本"));
}

TEST(Links, OtherSchemesAndBitsOfOnesAreNone) {
    EXPECT_THAT(found("javascript://alert(1) file:///etc ftp://a.b ws://c"), IsEmpty());
    EXPECT_THAT(found("https:// http:// ://x xhttps://a.b"), IsEmpty());
    EXPECT_THAT(found("http://\nexample"), IsEmpty());
    EXPECT_THAT(found("https://https://a.b"), ElementsAre("https://https://a.b"));
}

TEST(Links, OneEndsWhereItIsMet) {
    const std::string_view text = "see (https://example.org/x), it";
    EXPECT_EQ(end_of_link_at(text, 5), 26u);
    EXPECT_EQ(end_of_link_at(text, 6), 6u);
    EXPECT_EQ(end_of_link_at(text, 0), 0u);
    EXPECT_EQ(end_of_link_at("https://", 0), 0u);
    EXPECT_EQ(end_of_link_at("https://\xE3\x80\x80", 0), 0u);
    EXPECT_TRUE(ends_address(text, 3));
    EXPECT_FALSE(ends_address(text, 4));
}

TEST(Links, OnlySoManyAreFound) {
    std::string text;
    for (std::size_t i = 0; i < 2 * kLinksOfOneText; ++i) text += "http://a.b ";
    EXPECT_EQ(links_in(text).size(), kLinksOfOneText);
}

TEST(Links, AnyBytesGiveOrderedPartsOfTheText) {
    std::mt19937 random(5);
    const std::vector<std::string> pieces{
        "http://", "https://",        "a", ".", "b/", "(", ")", " ", "\n", "://", "h", "\xE3\x80\x82", "]", "[",
        "?",       "\xF0\x9F\x98\x80"};
    for (int round = 0; round < 20'000; ++round) {
        std::string text;
        for (auto count = random() % 20; count > 0; --count) text += pieces[random() % pieces.size()];
        std::size_t last = 0;
        for (const auto& link : links_in(text)) {
            ASSERT_LE(last, link.begin) << text;
            ASSERT_LT(link.begin, link.end) << text;
            ASSERT_LE(link.end, text.size()) << text;
            ASSERT_TRUE(text.substr(link.begin).starts_with("http")) << text;
            last = link.end;
        }
    }
}

// Linear: the steps for twice the text are about twice as many. Counted in brackets, which are looked at once more.
TEST(Links, HostileTextsEndSoon) {
    const std::string brackets = "http://a" + std::string(100'000, ')');
    EXPECT_EQ(links_in(brackets).size(), 1u);
    EXPECT_EQ(links_in(std::string(100'000, ':')).size(), 0u);
}

}  // namespace
}  // namespace parley::text
