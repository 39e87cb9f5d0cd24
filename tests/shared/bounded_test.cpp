#include "protocol/bounded.hpp"

#include <gtest/gtest.h>

#include "protocol/ids.hpp"
#include "protocol/version.hpp"

namespace parley {
namespace {

TEST(Text, TakesItsBoundAndNoMore) {
    EXPECT_EQ(Text<3>::from("abc")->str(), "abc");
    EXPECT_FALSE(Text<3>::from("abcd"));
    EXPECT_TRUE(Text<3>::from("")->empty());
}

TEST(Text, IsCutBetweenCodePoints) {
    EXPECT_EQ(Text<3>::cut("abcd").str(), "abc");
    EXPECT_EQ(Text<3>::cut("ab\xC3\xA9").str(), "ab");
    EXPECT_EQ(Text<4>::cut("ab\xC3\xA9").str(), "ab\xC3\xA9");
    EXPECT_EQ(Text<3>::cut("\xF0\x9F\x91\x8B").str(), "");
}

TEST(List, RefusesWhatIsAboveItsBound) {
    List<int, 2> list;
    EXPECT_TRUE(list.push_back(1));
    EXPECT_FALSE(list.full());
    EXPECT_TRUE(list.push_back(2));
    EXPECT_TRUE(list.full());
    EXPECT_FALSE(list.push_back(3));
    EXPECT_EQ(list, (List<int, 2>{1, 2}));
}

TEST(Place, StartsBeforeTheFirst) {
    EXPECT_EQ(Sequence{}.next(), Sequence{1});
    EXPECT_EQ(Sequence{1}.previous(), Sequence{});
    EXPECT_EQ(Sequence{}.previous(), Sequence{});
    EXPECT_LT(Sequence{9}, Sequence{10});
}

TEST(Versions, ShareTheHighestOfBoth) {
    EXPECT_EQ(common_version({1, 3}, {2, 5}), 3);
    EXPECT_EQ(common_version({1, 1}, {1, 1}), 1);
    EXPECT_EQ(common_version({1, 1}, {2, 5}), std::nullopt);
    EXPECT_EQ(common_version({4, 5}, {1, 3}), std::nullopt);
    EXPECT_EQ(common_version({1, 3}, {3, 1}), std::nullopt);  // a range the wrong way round holds nothing
}

TEST(BoundedList, InsertsAndErasesInItsMiddleWithinItsBound) {
    List<int, 3> list{1, 3};
    EXPECT_TRUE(list.insert(1, 2));
    EXPECT_EQ(list, (List<int, 3>{1, 2, 3}));
    EXPECT_FALSE(list.insert(0, 0)) << "it is full";
    list.erase(0);
    EXPECT_EQ(list, (List<int, 3>{2, 3}));
    EXPECT_FALSE(list.insert(3, 9)) << "beyond its end";
    EXPECT_TRUE(list.insert(2, 4));
    EXPECT_EQ(list, (List<int, 3>{2, 3, 4}));
}

}  // namespace
}  // namespace parley
