#include "composing/offer.hpp"

#include <gtest/gtest.h>

#include "some_chat.hpp"

namespace parley::composing {
namespace {

class AnOffer : public testing::Test {
  protected:
    // The field with the cursor at the bar.
    bool follow(std::string text, bool typed = true) {
        const auto cursor = text.find('|');
        text.erase(cursor, 1);
        text_ = text;
        return offer_.follow(chat_, kGeneral, text_, cursor, typed);
    }
    // The field after this one was taken, with the cursor.
    std::string taken(std::size_t candidate) {
        const auto done = offer_.take(candidate, text_);
        EXPECT_EQ(done.select_begin, done.select_end);
        text_.replace(done.begin, done.end - done.begin, done.text);
        return std::string(text_).insert(done.select_end, "|");
    }

    client::ChatState chat_ = some_chat();
    Offer offer_;
    std::string text_;
};

TEST_F(AnOffer, OpensWithAWordFollowsItAndClosesBehindIt) {
    EXPECT_FALSE(follow("hi |"));
    EXPECT_TRUE(follow("hi @|"));
    EXPECT_EQ(offer_.candidates().size(), 5u);
    EXPECT_TRUE(follow("hi @car|"));
    ASSERT_EQ(offer_.candidates().size(), 1u);
    EXPECT_EQ(offer_.candidates()[0].insert, "@carla");
    EXPECT_FALSE(follow("hi @carl|")) << "the same is offered";
    EXPECT_TRUE(follow("hi @carl |"));
    EXPECT_FALSE(offer_.is_open());
}

TEST_F(AnOffer, IsNotOpenedByACursorThatMoves) {
    EXPECT_FALSE(follow("see @carl|", false));
    EXPECT_FALSE(offer_.is_open());
    EXPECT_TRUE(follow("see @carl|"));
    EXPECT_TRUE(follow("se|e @carl", false));
    EXPECT_FALSE(offer_.is_open());
}

TEST_F(AnOffer, DismissedStaysClosedUntilAnotherWord) {
    follow("@c|");
    EXPECT_TRUE(offer_.dismiss());
    EXPECT_FALSE(follow("@ca|"));
    EXPECT_FALSE(offer_.is_open());
    follow("|");
    EXPECT_TRUE(follow("@c|"));
    EXPECT_FALSE(Offer().dismiss());
}

TEST_F(AnOffer, StepsRoundAtTheEnds) {
    follow("#|");
    offer_.step(-1);
    EXPECT_EQ(offer_.marked(), 1u);
    offer_.step(1);
    EXPECT_EQ(offer_.marked(), 0u);
}

TEST_F(AnOffer, IsTakenWithABlankBehindIt) {
    follow("hi @car|");
    EXPECT_EQ(taken(0), "hi @carla |");
    EXPECT_FALSE(offer_.is_open());
    follow("hi @car| there");
    EXPECT_EQ(taken(0), "hi @carla |there");
    follow("look :tada|");
    EXPECT_EQ(taken(0), "look 🎉 |");
}

TEST_F(AnOffer, WhatIsTakenIsNotOfferedAgain) {
    follow("hi @car| there");
    taken(0);
    EXPECT_FALSE(follow("hi @carla| there"));
    EXPECT_FALSE(offer_.is_open());
}

TEST_F(AnOffer, IsCompleteWhereTheWordIsOneOfThem) {
    follow("@carl|");
    EXPECT_FALSE(offer_.is_complete());
    follow("@carla|");
    EXPECT_TRUE(offer_.is_complete());
    follow(":tada:|");
    EXPECT_TRUE(offer_.is_complete());
    follow("/nick|");
    EXPECT_TRUE(offer_.is_complete());
    offer_.step(1);
    EXPECT_FALSE(offer_.is_complete()) << "somebody has chosen";
}

}  // namespace
}  // namespace parley::composing
