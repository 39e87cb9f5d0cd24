#include "protocol/refusal.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace parley {
namespace {

TEST(Refusals, EachHaveAWordOfTheirOwnAndASentence) {
    std::set<std::string_view> words;
    for (unsigned code = 0; code < 256; ++code) {
        const auto refusal = static_cast<Refusal>(code);
        if (!is_known(refusal)) {
            EXPECT_EQ(name_of(refusal), "unknown") << code;
            continue;
        }
        EXPECT_TRUE(words.insert(name_of(refusal)).second) << name_of(refusal);
        EXPECT_NE(name_of(refusal), "unknown") << code;
        EXPECT_TRUE(sentence_of(refusal).ends_with('.')) << name_of(refusal);
        EXPECT_LE(sentence_of(refusal).size(), 300u) << name_of(refusal);
    }
    EXPECT_EQ(words.size(), 57u);
}

TEST(Refusals, AreFinalBelowSixtyFourAndRetryableFromThere) {
    EXPECT_FALSE(is_retryable(Refusal::op_conflict));
    EXPECT_FALSE(is_retryable(Refusal::too_many_pins));
    EXPECT_TRUE(is_retryable(Refusal::busy));
    EXPECT_TRUE(is_retryable(Refusal::confirm_first));
}

}  // namespace
}  // namespace parley
