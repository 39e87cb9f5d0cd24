// The parts of a session that are values: order after a refusal, what a message costs.
#include <gtest/gtest.h>

#include "session/go_back_n.hpp"
#include "session/message_kinds.hpp"

namespace parley::session {
namespace {

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

TEST(GoBackNTest, TheLowestRefusedOneComesFirst) {
    GoBackN order;
    order.refused(op(6));
    order.refused(op(4));
    order.refused(op(8));
    EXPECT_TRUE(order.holds_back(op(5)));
    EXPECT_FALSE(order.holds_back(op(3)));
    EXPECT_TRUE(order.holds_back(op(5))) << "3 was settled before; 4 must come again";
    EXPECT_FALSE(order.holds_back(op(4)));
    EXPECT_TRUE(order.holds_back(op(9))) << "6 and 8 were refused too";
    EXPECT_FALSE(order.holds_back(op(6)));
    EXPECT_FALSE(order.holds_back(op(8)));
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

TEST(GoBackNTest, LettingOneGoDoesNotLetGoThoseRefusedBehindIt) {
    GoBackN order;
    order.refused(op(15));
    order.refused(op(18));
    order.confirmed(OutboxId(1), 17);
    EXPECT_TRUE(order.holds_back(op(19)));
    EXPECT_FALSE(order.holds_back(op(18)));
    EXPECT_FALSE(order.holds_back(op(19)));
}

TEST(GoBackNTest, OutboxesAreApart) {
    GoBackN order;
    order.refused(op(5, 1));
    EXPECT_FALSE(order.holds_back(op(6, 2)));
    EXPECT_TRUE(order.holds_back(op(6, 1)));
}

TEST(RateKindTest, WhatAWholeRoomHearsOfCostsAsMuchAsAPost) {
    for (const ClientMessage& message :
         {ClientMessage(PostText{}), ClientMessage(EditText{}), ClientMessage(DeleteMessage{}),
          ClientMessage(SetReaction{}), ClientMessage(SetPin{})})
        EXPECT_EQ(rate_kind_of(message), RateKind::post);
    EXPECT_EQ(rate_kind_of(SetNick{}), RateKind::change);
    EXPECT_EQ(rate_kind_of(ListPins{}), RateKind::query);
    EXPECT_EQ(rate_kind_of(LoadMessages{}), RateKind::query);
    EXPECT_EQ(rate_kind_of(ClientBeat{}), std::nullopt);
}

}  // namespace
}  // namespace parley::session
