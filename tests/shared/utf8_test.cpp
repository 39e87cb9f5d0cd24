#include "text/utf8.hpp"

#include <gtest/gtest.h>

#include <string>

namespace parley::text {
namespace {

using namespace std::string_view_literals;

TEST(Utf8, WellFormedIsTaken) {
    for (const auto text : {""sv, "abc"sv, "\0"sv, "\x7F"sv, "\xC2\x80"sv, "\xDF\xBF"sv, "\xE0\xA0\x80"sv,
                            "\xED\x9F\xBF"sv, "\xEE\x80\x80"sv, "\xEF\xBF\xBF"sv, "\xF0\x90\x80\x80"sv,
                            "\xF4\x8F\xBF\xBF"sv, "a\xC3\xA9\xE2\x98\x95\xF0\x9F\x91\x8Bz"sv}) {
        EXPECT_TRUE(is_utf8(text)) << testing::PrintToString(std::string(text));
    }
}

TEST(Utf8, IllFormedIsRefused) {
    const std::string_view cases[] = {
        "\x80"sv,  // a continuation alone
        "\xBF"sv,
        "\xC0\x80"sv,  // two bytes for U+0000
        "\xC1\xBF"sv,  // two bytes for U+007F
        "\xC2"sv,      // ends early
        "\xC2\x41"sv,
        "\xE0\x9F\xBF"sv,  // three bytes for U+07FF
        "\xE0\xA0"sv,
        "\xED\xA0\x80"sv,      // the first surrogate
        "\xED\xBF\xBF"sv,      // the last surrogate
        "\xF0\x8F\xBF\xBF"sv,  // four bytes for U+FFFF
        "\xF0\x90\x80"sv,
        "\xF4\x90\x80\x80"sv,  // U+110000
        "\xF5\x80\x80\x80"sv,
        "\xF8\x88\x80\x80\x80"sv,
        "\xFE"sv,
        "\xFF"sv,
        "a\xE2\x98"sv,
    };
    for (const auto text : cases) EXPECT_FALSE(is_utf8(text)) << testing::PrintToString(std::string(text));
}

TEST(Utf8, EveryCodePointComesBackAndEverySurrogateIsRefused) {
    for (char32_t c = 0; c <= 0x11'0000; ++c) {
        std::string text;
        if (c < 0x80) {
            text = {static_cast<char>(c)};
        } else if (c < 0x800) {
            text = {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
        } else if (c < 0x1'0000) {
            text = {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
                    static_cast<char>(0x80 | (c & 0x3F))};
        } else {
            text = {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)),
                    static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
        }
        const bool is_scalar = c < 0x11'0000 && (c < 0xD800 || c > 0xDFFF);
        const auto point = code_point_at(text, 0);
        ASSERT_EQ(is_utf8(text), is_scalar) << static_cast<unsigned>(c);
        ASSERT_EQ(point.bytes, is_scalar ? text.size() : 0u) << static_cast<unsigned>(c);
        ASSERT_EQ(point.value, is_scalar ? c : U'\0');
    }
}

TEST(Utf8, CodePointsAreCounted) {
    EXPECT_EQ(count_code_points(""), 0u);
    EXPECT_EQ(count_code_points("a\xC3\xA9\xE2\x98\x95\xF0\x9F\x91\x8B"), 4u);
}

}  // namespace
}  // namespace parley::text
