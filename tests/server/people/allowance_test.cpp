#include "people/allowance.hpp"

#include <gtest/gtest.h>

namespace parley::people {
namespace {

using namespace std::chrono_literals;

constexpr shard::MonotonicTime kStart{1h};

int posts_at_once(Allowance& allowance, shard::MonotonicTime now) {
    int count = 0;
    while (allowance.take(RateKind::post, now).count() == 0) ++count;
    return count;
}

Allowance full(double share = 1.0) {
    Reserve reserve(kStart);
    return {share, reserve.lend(share, kStart), kStart};
}

TEST(AllowanceTest, ABurstIsTakenThenItWaits) {
    auto allowance = full();
    EXPECT_EQ(posts_at_once(allowance, kStart), static_cast<int>(limits::kPostRate.burst));
    const auto wait = allowance.take(RateKind::post, kStart);
    EXPECT_GT(wait.count(), 0);
    EXPECT_LE(wait, 1000ms / static_cast<int>(limits::kPostRate.per_second) + 1ms);
    EXPECT_EQ(allowance.take(RateKind::post, kStart + wait).count(), 0);
    EXPECT_GT(allowance.take(RateKind::post, kStart + wait).count(), 0);
}

TEST(AllowanceTest, AShareSlowsTheRefillAndKindsAreApart) {
    auto halved = full(0.5);
    EXPECT_EQ(posts_at_once(halved, kStart), static_cast<int>(limits::kPostRate.burst / 2));
    EXPECT_GE(halved.take(RateKind::post, kStart), 190ms);
    EXPECT_EQ(halved.take(RateKind::query, kStart).count(), 0);
}

TEST(AllowanceTest, ASmallerShareTakesWhatIsAboveIt) {
    auto allowance = full();
    allowance.take_share(0.25, kStart);
    EXPECT_EQ(posts_at_once(allowance, kStart), static_cast<int>(limits::kPostRate.burst / 4));
    EXPECT_EQ(posts_at_once(allowance, kStart + 1h), static_cast<int>(limits::kPostRate.burst / 4));
}

TEST(AllowanceTest, TimeThatGoesBackGivesNothing) {
    auto allowance = full();
    EXPECT_GT(posts_at_once(allowance, kStart), 0);
    EXPECT_GT(allowance.take(RateKind::post, kStart - 30min).count(), 0);
    EXPECT_GT(allowance.take(RateKind::post, kStart).count(), 0);
}

TEST(ReserveTest, WhoComesAndGoesGetsNoMoreThanTheRefill) {
    Reserve reserve(kStart);
    int posts = 0;
    for (int visit = 0; visit < 100; ++visit) {
        Allowance allowance(1.0, reserve.lend(1.0, kStart), kStart);
        posts += posts_at_once(allowance, kStart);
        reserve.take_back(allowance.left(kStart), kStart);
    }
    EXPECT_EQ(posts, static_cast<int>(limits::kPostRate.burst));
}

TEST(ReserveTest, WhatWasNotUsedComesBack) {
    Reserve reserve(kStart);
    reserve.take_back(reserve.lend(1.0, kStart), kStart);
    Allowance allowance(1.0, reserve.lend(1.0, kStart), kStart);
    EXPECT_EQ(posts_at_once(allowance, kStart), static_cast<int>(limits::kPostRate.burst));
}

TEST(ReserveTest, IsFullAgainAfterTheLongestRefill) {
    Reserve reserve(kStart);
    const auto all = reserve.lend(1.0, kStart);
    EXPECT_EQ(reserve.lend(1.0, kStart + Reserve::longest_refill()), all);
}

}  // namespace
}  // namespace parley::people
