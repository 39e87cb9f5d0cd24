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

TEST(HeldBack, OnlyTheRefusedOneLetsGo) {
    HeldBack held;
    held.hold(operation(5));
    held.let_go(operation(6));
    held.let_go(operation(3));
    EXPECT_TRUE(held.is_behind(operation(7)));
    held.let_go(operation(5));
    EXPECT_FALSE(held.is_behind(operation(7)));
}

TEST(HeldBack, ConfirmingItLetsGo) {
    HeldBack held;
    held.hold(operation(5));
    held.let_go_through(UserId(1), OutboxId(1), 4);
    held.let_go_through(UserId(1), OutboxId(2), 9);
    held.let_go_through(UserId(2), OutboxId(1), 9);
    EXPECT_TRUE(held.is_behind(operation(6)));
    held.let_go_through(UserId(1), OutboxId(1), 5);
    EXPECT_FALSE(held.is_behind(operation(6)));
}

TEST(HeldBack, TheLowestRefusedOneCounts) {
    HeldBack held;
    held.hold(operation(5));
    held.hold(operation(3));
    held.hold(operation(8));
    EXPECT_TRUE(held.is_behind(operation(4)));
    held.let_go(operation(5));
    EXPECT_TRUE(held.is_behind(operation(4)));
    held.let_go(operation(3));
    EXPECT_FALSE(held.is_behind(operation(4)));
}

TEST(HeldBack, HoldsABoundedNumberOfOutboxes) {
    HeldBack held(3);
    for (std::uint64_t outbox = 1; outbox <= 10'000; ++outbox) {
        held.hold(operation(1, outbox));
        if (outbox % 3 == 0) held.let_go(operation(1, outbox));
    }
    EXPECT_LE(held.size(), 3u);
    EXPECT_TRUE(held.is_behind(operation(2, 10'000)));
    EXPECT_FALSE(held.is_behind(operation(2, 1))) << "the one held longest was let go";
}

}  // namespace
}  // namespace parley::store
