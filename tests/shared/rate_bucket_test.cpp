#include "protocol/rate_bucket.hpp"

#include <gtest/gtest.h>

namespace parley {
namespace {

using namespace std::chrono_literals;

TEST(RateBucket, GivesItsBurstThenItsRate) {
    RateBucket bucket({2, 3});
    const RateBucket::Moment start = 100s;
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(bucket.take(start));
    EXPECT_FALSE(bucket.take(start));
    EXPECT_EQ(bucket.wait(start), 500ms);
    EXPECT_FALSE(bucket.take(start + 499ms));
    EXPECT_TRUE(bucket.take(start + 500ms));
    EXPECT_FALSE(bucket.take(start + 500ms));
    EXPECT_TRUE(bucket.take(start + 1h));
}

TEST(RateBucket, HoldsNoMoreThanItsBurst) {
    RateBucket bucket({1'000, 2});
    int taken = 0;
    for (int i = 0; i < 10; ++i) taken += bucket.take(1h);
    for (int i = 0; i < 10; ++i) taken += bucket.take(2h);
    EXPECT_EQ(taken, 4);
}

// Thirty frames that came in one piece were paid for by two tokens.
TEST(RateBucket, WhatIsChargedWithoutATokenMakesTheWaitLonger) {
    RateBucket bucket({10, 3});
    const RateBucket::Moment start = 100s;
    for (int i = 0; i < 3; ++i) bucket.charge(start);
    EXPECT_EQ(bucket.wait(start), 100ms);
    for (int i = 0; i < 30; ++i) bucket.charge(start);
    EXPECT_EQ(bucket.wait(start), 3'100ms);
    EXPECT_FALSE(bucket.take(start + 3'099ms));
    EXPECT_TRUE(bucket.take(start + 3'100ms));
}

TEST(RateBucket, TimeThatRunsBackFillsNothing) {
    RateBucket bucket({1, 1});
    EXPECT_TRUE(bucket.take(10s));
    EXPECT_FALSE(bucket.take(1s));
    EXPECT_FALSE(bucket.take(10s));
    EXPECT_TRUE(bucket.take(11s));
}

}  // namespace
}  // namespace parley
