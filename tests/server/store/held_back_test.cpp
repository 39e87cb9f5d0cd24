#include "store/held_back.hpp"

#include <gmock/gmock.h>

namespace parley::store {
namespace {

Operation operation(std::uint64_t number, std::uint64_t outbox = 1, std::uint64_t user = 1) {
    return {UserId(user), {OutboxId(outbox), number}, 0};
}

TEST(HeldBack, WhatComesAfterARefusedOneWaitsForIt) {
    HeldBack held;
    EXPECT_FALSE(held.is_behind(operation(6)));
    held.hold(operation(5));
    EXPECT_TRUE(held.is_behind(operation(6)));
    EXPECT_FALSE(held.is_behind(operation(5)));
    EXPECT_FALSE(held.is_behind(operation(4)));
    EXPECT_FALSE(held.is_behind(operation(6, 2))) << "another outbox";
    EXPECT_FALSE(held.is_behind(operation(6, 1, 2))) << "another person";
}

TEST(HeldBack, TheRefusedOneLetsOthersInAndNoOtherDoes) {
    HeldBack held;
    held.hold(operation(5));
    held.let_in(operation(6));
    held.let_in(operation(3));
    EXPECT_TRUE(held.is_behind(operation(7)));
    held.let_in(operation(5));
    EXPECT_FALSE(held.is_behind(operation(7)));
    EXPECT_TRUE(held.is_early(operation(7)));
    EXPECT_FALSE(held.is_early(operation(5)));
    held.settle(operation(5));
    EXPECT_FALSE(held.is_early(operation(7)));
    EXPECT_EQ(held.size(), 0u);
}

TEST(HeldBack, RefusedAgainItIsAwaitedAgain) {
    HeldBack held;
    held.hold(operation(5));
    held.let_in(operation(5));
    held.hold(operation(5));
    EXPECT_TRUE(held.is_behind(operation(6)));
}

// 12 comes to the queue before 11 does, by way of another room, and is refused; then 11 comes. 13 must wait for 12.
TEST(HeldBack, WhatWasRefusedForBeingBehindMustComeAgainToo) {
    HeldBack held;
    held.hold(operation(11));
    held.hold(operation(12));
    held.let_in(operation(11));
    EXPECT_FALSE(held.is_behind(operation(12)));
    EXPECT_TRUE(held.is_behind(operation(13)));
    held.let_in(operation(12));
    EXPECT_FALSE(held.is_behind(operation(13)));
}

TEST(HeldBack, WhatIsSettledOrConfirmedIsNotWaitedFor) {
    HeldBack held;
    for (const auto number : {5u, 3u, 8u, 9u}) held.hold(operation(number));
    EXPECT_TRUE(held.is_behind(operation(4)));
    held.settle(operation(5));
    EXPECT_TRUE(held.is_behind(operation(4)));
    held.settle(operation(3));
    EXPECT_FALSE(held.is_behind(operation(4)));
    EXPECT_TRUE(held.is_behind(operation(9)));
    held.let_go_through(UserId(1), OutboxId(1), 8);
    EXPECT_FALSE(held.is_behind(operation(9)));
    EXPECT_TRUE(held.is_behind(operation(10)));
    held.let_go_through(UserId(1), OutboxId(1), 9);
    EXPECT_EQ(held.size(), 0u);
}

TEST(HeldBack, HoldsABoundedNumberOfOutboxes) {
    HeldBack held(3);
    for (std::uint64_t outbox = 1; outbox <= 10'000; ++outbox) {
        held.hold(operation(1, outbox));
        if (outbox % 3 == 0) held.settle(operation(1, outbox));
    }
    EXPECT_LE(held.size(), 3u);
    EXPECT_TRUE(held.is_behind(operation(2, 10'000)));
    EXPECT_FALSE(held.is_behind(operation(2, 1))) << "the one held longest was let go";
}

}  // namespace
}  // namespace parley::store
