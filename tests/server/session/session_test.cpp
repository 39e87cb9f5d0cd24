// The parts of a session that are values: order after a refusal, and rates.
#include <gtest/gtest.h>

#include "session/go_back_n.hpp"
#include "session/rates.hpp"

namespace parley::session {
namespace {

using namespace std::chrono_literals;

OpId op(std::uint64_t number, std::uint64_t outbox = 1) {
    return {OutboxId(outbox), number};
}

TEST(GoBackNTest, HoldsLaterOperationsUntilTheRefusedOneComes) {
    GoBackN order;
    EXPECT_FALSE(order.holds_back(op(5)));
    order.refused(op(5));
    EXPECT_TRUE(order.holds_back(op(6)));
    EXPECT_TRUE(order.holds_back(op(7)));
    EXPECT_FALSE(order.holds_back(op(5)));
    EXPECT_FALSE(order.holds_back(op(6)));
}

TEST(GoBackNTest, AnEarlierRefusalCountsAndALaterOneDoesNot) {
    GoBackN order;
    order.refused(op(6));
    order.refused(op(4));
    order.refused(op(8));
    EXPECT_TRUE(order.holds_back(op(5)));
    EXPECT_FALSE(order.holds_back(op(3)));
    EXPECT_TRUE(order.holds_back(op(5))) << "3 was settled before; 4 must come again";
    EXPECT_FALSE(order.holds_back(op(4)));
    EXPECT_FALSE(order.holds_back(op(9)));
}

TEST(GoBackNTest, ConfirmingTheRefusedOneEndsTheWait) {
    GoBackN order;
    order.refused(op(4));
    order.confirmed(op(4).outbox, 3);
    EXPECT_TRUE(order.holds_back(op(5)));
    order.confirmed(op(4).outbox, 4);
    EXPECT_FALSE(order.holds_back(op(5)));
}

TEST(GoBackNTest, ALateRefusalOfWhatIsDoneHoldsNothing) {
    GoBackN order;
    order.refused(op(2));
    order.settled(op(1));
    EXPECT_TRUE(order.holds_back(op(3)));
    order.settled(op(2));
    EXPECT_FALSE(order.holds_back(op(3)));
}

TEST(GoBackNTest, OutboxesAreApart) {
    GoBackN order;
    order.refused(op(5, 1));
    EXPECT_FALSE(order.holds_back(op(6, 2)));
    EXPECT_TRUE(order.holds_back(op(6, 1)));
}

TEST(RatesTest, ABurstIsTakenThenItWaits) {
    Rates rates(false);
    const shard::MonotonicTime start{};
    for (int i = 0; i < static_cast<int>(limits::kPostRate.burst); ++i)
        EXPECT_EQ(rates.take(RateKind::post, start).count(), 0);
    const auto wait = rates.take(RateKind::post, start);
    EXPECT_GT(wait.count(), 0);
    EXPECT_LE(wait, 1000ms / static_cast<int>(limits::kPostRate.per_second) + 1ms);
    EXPECT_EQ(rates.take(RateKind::post, start + wait).count(), 0);
    EXPECT_GT(rates.take(RateKind::post, start + wait).count(), 0);
}

TEST(RatesTest, AShareSlowsARefillAndKindsAreApart) {
    Rates rates(false);
    rates.take_share(0.5);
    const shard::MonotonicTime start{};
    while (rates.take(RateKind::post, start).count() == 0) {
    }
    EXPECT_GE(rates.take(RateKind::post, start), 190ms);
    int burst = 0;
    Rates halved(false);
    halved.take_share(0.5);
    while (halved.take(RateKind::post, start).count() == 0) ++burst;
    EXPECT_EQ(burst, static_cast<int>(limits::kPostRate.burst / 2));
    EXPECT_EQ(rates.take(RateKind::query, start).count(), 0);
}

TEST(RatesTest, TimeThatGoesBackGivesNothingAndUnlimitedIsUnlimited) {
    Rates rates(false);
    const shard::MonotonicTime start{1h};
    while (rates.take(RateKind::change, start).count() == 0) {
    }
    EXPECT_GT(rates.take(RateKind::change, start - 30min).count(), 0);
    Rates free(true);
    for (int i = 0; i < 10'000; ++i) ASSERT_EQ(free.take(RateKind::change, start).count(), 0);
}

}  // namespace
}  // namespace parley::session
