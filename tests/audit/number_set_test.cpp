#include "audit/number_set.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <vector>

namespace parley::audit {
namespace {

std::vector<std::uint64_t> missing(const NumberSet& set, std::uint64_t first, std::uint64_t end) {
    std::vector<std::uint64_t> found;
    set.for_each_missing(first, end, [&](std::uint64_t number) { found.push_back(number); });
    return found;
}

TEST(NumberSetTest, KnowsWhatWasAddedAndWhatIsMissing) {
    NumberSet set;
    EXPECT_EQ(missing(set, 3, 5), (std::vector<std::uint64_t>{3, 4}));
    EXPECT_TRUE(set.add(3));
    EXPECT_TRUE(set.add(5));
    EXPECT_TRUE(set.add(4));
    EXPECT_FALSE(set.add(4));
    EXPECT_FALSE(set.contains(6));
    EXPECT_EQ(missing(set, 2, 8), (std::vector<std::uint64_t>{2, 6, 7}));
    EXPECT_EQ(missing(set, 4, 5), std::vector<std::uint64_t>{});
}

TEST(NumberSetTest, IsWhatAPlainSetIs) {
    std::mt19937 chance(5);
    for (int round = 0; round < 50; ++round) {
        NumberSet runs;
        std::set<std::uint64_t> plain;
        for (int i = 0; i < 200; ++i) {
            const auto number = chance() % 300;
            EXPECT_EQ(runs.add(number), plain.insert(number).second);
        }
        std::vector<std::uint64_t> rest;
        const auto first = chance() % 300;
        for (std::uint64_t number = first; number < 310; ++number) {
            EXPECT_EQ(runs.contains(number), plain.contains(number));
            if (!plain.contains(number)) rest.push_back(number);
        }
        EXPECT_EQ(missing(runs, first, 310), rest);
    }
}

}  // namespace
}  // namespace parley::audit
