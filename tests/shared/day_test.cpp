#include "text/day.hpp"

#include <gtest/gtest.h>

namespace parley::text {
namespace {

TEST(Day, IsReadAsItIsWritten) {
    EXPECT_EQ(day_in("1970-01-01"), 0);
    EXPECT_EQ(day_in("2026-03-01"), 20'513);
    for (const std::int64_t day : {-400ll, 0ll, 11'016ll, 20'513ll, 40'000ll}) EXPECT_EQ(day_in(day_words(day)), day);
    EXPECT_EQ(day_words(20'513), "2026-03-01");
}

TEST(Day, OtherWordsAreNone) {
    for (const auto* words : {"", "2026-3-1", "2026-02-30", "2026-13-01", "2026-00-10", "2026/03/01", "26-03-01",
                              "2026-03-01 ", "+026-03-01", "2026-03-0x", "tomorrow"})
        EXPECT_EQ(day_in(words), std::nullopt) << words;
}

}  // namespace
}  // namespace parley::text
