// Edits, deletions, reactions, pins and replies as one client sees them: as events, and in pages that race with them.
#include "ten_posts.hpp"

namespace parley::client {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

using MessageChanges = TenPosts;

TEST_F(MessageChanges, AnEditChangesWhatIsLoadedAndRaisesNoUnread) {
    load();
    const auto unread = room().unread;
    hear({edited(11, 9, "better said")});
    EXPECT_EQ(at(9).text.view(), "better said");
    EXPECT_EQ(at(9).edited, kLater);
    EXPECT_EQ(at(9).revision, Sequence(11));
    EXPECT_EQ(room().unread, unread);
    EXPECT_EQ(room().last_ordinal, Ordinal(10));
    const auto told = server.take_notices<MessageChanged>();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].sequence, Sequence(11));
    EXPECT_TRUE(told[0].live);
}

TEST_F(MessageChanges, ADeletedMessageStaysWithoutWordsReactionsOrPin) {
    load();
    hear({Server::posted(11, 11)});
    const auto unread = room().unread;
    hear({removed(12, 11)});
    EXPECT_EQ(room().unread, unread) << "it keeps its place among what is unread";
    hear({reacted(13, 9, Server::kAna, kTada), pinned(14, 9), edited(15, 9, "better said"), removed(16, 9)});
    Message left{Ordinal(9), Sequence(9), Sequence(16), Server::kBo, Timestamp{5}, {}};
    left.deleted = true;
    EXPECT_EQ(at(9), left);
    EXPECT_THAT(room().timeline.messages(), SizeIs(6));
}

TEST_F(MessageChanges, ReactionsAreASetInTheOneOrder) {
    load();
    hear({reacted(11, 9, Server::kBo, kThumb), reacted(12, 9, Server::kBo, kTada), reacted(13, 9, Server::kAna, kTada),
          reacted(14, 9, Server::kAna, kTada)});
    ASSERT_THAT(at(9).reactions, SizeIs(2));
    EXPECT_EQ(at(9).reactions[0], (Reaction{kTada, {Server::kAna, Server::kBo}}));
    EXPECT_EQ(at(9).reactions[1], (Reaction{kThumb, {Server::kBo}}));
    hear({reacted(15, 9, Server::kBo, kThumb, false), reacted(16, 9, Server::kBo, kThumb, false)});
    EXPECT_THAT(at(9).reactions, SizeIs(1));
    EXPECT_EQ(at(9).revision, Sequence(16));
}

TEST_F(MessageChanges, MoreReactionsThanThereMayBeDoNoHarm) {
    load();
    std::vector<RoomEvent> many;
    for (std::uint64_t i = 0; i <= limits::kEmojiPerMessage; ++i)
        many.push_back(reacted(11 + i, 9, Server::kBo, Emoji::cut(std::string(i + 1, 'x'))));
    hear(many);
    EXPECT_THAT(at(9).reactions, SizeIs(limits::kEmojiPerMessage));
}

TEST_F(MessageChanges, OfWhatIsNotLoadedNothingIsKept) {
    load();
    hear({edited(11, 2, "not here"), removed(12, 3), reacted(13, 4, Server::kBo, kTada), pinned(14, 999)});
    EXPECT_EQ(room().message(Ordinal(2)), nullptr);
    EXPECT_EQ(room().applied, Sequence(14));
    EXPECT_THAT(server.take_notices<MessageChanged>(), SizeIs(4));
}

// The page was read with them: their events come behind it.
TEST_F(MessageChanges, WhatAPageHoldsAlreadyIsNotAppliedAgain) {
    (void)client().load_latest(Server::kGeneral);
    auto ahead = stored(9);
    ahead.revision = Sequence(12);
    ahead.text = MessageText::cut("third");
    ahead.reactions = {{kTada, {Server::kBo}}};
    server.say(page(server.take_one<LoadHistory>().request, 12, {ahead, stored(10)}));
    hear({edited(11, 9, "second"), reacted(12, 9, Server::kAna, kTada, false)});
    EXPECT_EQ(at(9), ahead);
    hear({edited(13, 9, "fourth")});
    EXPECT_EQ(at(9).text.view(), "fourth");
}

// The page was read before them: they came first.
TEST_F(MessageChanges, WhatCameBeforeAnOlderPageIsAppliedToIt) {
    load();
    (void)client().load_older(Server::kGeneral);
    const auto asked = server.take_one<LoadHistory>();
    hear({edited(11, 4, "better said"), removed(12, 5), reacted(13, 3, Server::kAna, kTada), pinned(14, 3)});
    server.say(page(asked.request, 10, posts(1, 5)));
    EXPECT_EQ(at(4).text.view(), "better said");
    EXPECT_TRUE(at(5).deleted);
    EXPECT_TRUE(at(5).text.empty());
    EXPECT_THAT(at(3).reactions, SizeIs(1));
    EXPECT_TRUE(at(3).pinned);
    EXPECT_EQ(at(3).revision, Sequence(14));
}

// Both: the page holds the first of two changes.
TEST_F(MessageChanges, APageIsMadeWholeFromWhereItWasRead) {
    load();
    (void)client().load_older(Server::kGeneral);
    const auto asked = server.take_one<LoadHistory>();
    hear({reacted(11, 4, Server::kBo, kTada), reacted(12, 4, Server::kBo, kTada, false), edited(13, 4, "last")});
    auto half = stored(4);
    half.revision = Sequence(11);
    half.reactions = {{kTada, {Server::kBo}}};
    server.say(page(asked.request, 11, {half, stored(5)}));
    EXPECT_THAT(at(4).reactions, IsEmpty());
    EXPECT_EQ(at(4).text.view(), "last");
    EXPECT_EQ(at(4).revision, Sequence(13));
}

TEST_F(MessageChanges, AMessageThatArrivedWhileItsPageWasReadIsChangedToo) {
    (void)client().load_latest(Server::kGeneral);
    const auto asked = server.take_one<LoadHistory>();
    hear({Server::posted(11, 11), edited(12, 11, "changed at once")});
    server.say(page(asked.request, 10, posts(8, 10)));
    EXPECT_EQ(at(11).text.view(), "changed at once");
    EXPECT_EQ(at(11).revision, Sequence(12));
}

TEST_F(MessageChanges, ChangesBehindAHoleWaitForIt) {
    load();
    hear({edited(12, 9, "second")});
    EXPECT_EQ(at(9).text.view(), "said 9");
    hear({edited(11, 9, "first")});
    EXPECT_EQ(at(9).text.view(), "second");
    EXPECT_EQ(at(9).revision, Sequence(12));
}

TEST_F(MessageChanges, WhatIsBesideTheTimelineIsKeptAsOfNow) {
    load();
    EXPECT_NE(client().load_messages(Server::kGeneral, {Ordinal(2), Ordinal(9), Ordinal(3)}), 0u);
    const auto asked = server.take_one<LoadMessages>();
    EXPECT_THAT(asked.ordinals.items(), ElementsAre(Ordinal(2), Ordinal(3))) << "the ninth is there";
    hear({edited(11, 2, "while it was read")});
    server.say(Messages{asked.request, Server::kGeneral, Sequence(10), Ordinal(10), {stored(2), stored(3)}});
    EXPECT_THAT(server.take_notices<MessagesLoaded>(), SizeIs(1));
    EXPECT_EQ(at(2).text.view(), "while it was read");
    hear({removed(12, 3)});
    EXPECT_TRUE(at(3).deleted);
    EXPECT_EQ(client().load_messages(Server::kGeneral, {Ordinal(2), Ordinal(3)}), 0u) << "all are there";
    EXPECT_EQ(client().load_messages(RoomId(99), {Ordinal(2)}), 0u);
}

TEST_F(MessageChanges, WhatAnAnswerHadNoRoomForIsAskedForAgain) {
    (void)client().load_messages(Server::kGeneral, {Ordinal(2), Ordinal(3), Ordinal(99)});
    const auto asked = server.take_one<LoadMessages>();
    server.say(Messages{asked.request, Server::kGeneral, Sequence(10), Ordinal(10), {stored(2)}});
    const auto again = server.take_one<LoadMessages>();
    EXPECT_THAT(again.ordinals.items(), ElementsAre(Ordinal(3))) << "the last one does not exist";
    server.say(Messages{again.request, Server::kGeneral, Sequence(10), Ordinal(10), {}});
    EXPECT_THAT(server.take_sent<LoadMessages>(), IsEmpty()) << "a server that gives nothing is not asked for ever";
}

TEST_F(MessageChanges, OnlySoManyAreKeptBesideTheTimeline) {
    for (std::uint64_t first = 1'000; room().beside.size() < limits::kMessagesBeside; first += 100) {
        std::vector<Ordinal> some;
        Messages answer{0, Server::kGeneral, Sequence(10), Ordinal(5'000), {}};
        for (auto n = first; n < first + 100; ++n) {
            some.push_back(Ordinal(n));
            answer.messages.push_back(stored(n));
        }
        answer.request = client().load_messages(Server::kGeneral, some);
        server.say(answer);
    }
    const auto request = client().load_messages(Server::kGeneral, {Ordinal(1)});
    server.say(Messages{request, Server::kGeneral, Sequence(10), Ordinal(5'000), {stored(1)}});
    EXPECT_THAT(room().beside, SizeIs(1));
    EXPECT_NE(room().message(Ordinal(1)), nullptr);
}

TEST_F(MessageChanges, PinsAreListedOnceAndThenFollowed) {
    load();
    const auto request = client().list_pins(Server::kGeneral);
    hear({pinned(11, 7), pinned(12, 8)});
    server.say(Pins{request, Server::kGeneral, Sequence(11), {Ordinal(3), Ordinal(7)}});
    EXPECT_TRUE(room().pins_loaded);
    EXPECT_THAT(server.take_notices<PinsLoaded>(), SizeIs(1));
    EXPECT_THAT(room().pins, ElementsAre(Ordinal(3), Ordinal(7), Ordinal(8)));
    hear({pinned(13, 3, false), removed(14, 7), pinned(15, 9)});
    EXPECT_THAT(room().pins, ElementsAre(Ordinal(8), Ordinal(9)));
}

TEST_F(MessageChanges, APinsListThatIsAheadIsNotTurnedBack) {
    const auto request = client().list_pins(Server::kGeneral);
    server.say(Pins{request, Server::kGeneral, Sequence(12), {Ordinal(3)}});
    hear({pinned(11, 5), pinned(12, 5, false)});
    EXPECT_THAT(room().pins, ElementsAre(Ordinal(3)));
}

TEST_F(MessageChanges, AResetDropsWhatIsBesideAndWhatWasReadBeforeIt) {
    (void)client().load_messages(Server::kGeneral, {Ordinal(2)});
    const auto first = server.take_one<LoadMessages>();
    server.say(Messages{first.request, Server::kGeneral, Sequence(10), Ordinal(10), {stored(2)}});
    const auto pins = client().list_pins(Server::kGeneral);
    const auto second = client().load_messages(Server::kGeneral, {Ordinal(3)});
    server.say(RoomReset{Server::kGeneral, Sequence(30'000), Ordinal(20'000), {}});
    EXPECT_THAT(room().beside, IsEmpty());
    server.say(Messages{second, Server::kGeneral, Sequence(10), Ordinal(10), {stored(3)}});
    server.say(Pins{pins, Server::kGeneral, Sequence(10), {Ordinal(3)}});
    EXPECT_THAT(room().beside, IsEmpty());
    EXPECT_FALSE(room().pins_loaded);
}

// She left, and was let in again before the answer came.
TEST_F(MessageChanges, WhatWasReadBeforeSheLeftIsNotKept) {
    const auto request = client().load_messages(Server::kGeneral, {Ordinal(3)});
    server.say(AccountEvents{{{AccountSequence(6), RoomRemoved{Server::kGeneral}},
                              {AccountSequence(7), RoomAdded{Server::summary(Server::kGeneral, 14, 10)}}}});
    server.say(Messages{request, Server::kGeneral, Sequence(10), Ordinal(10), {stored(3)}});
    EXPECT_THAT(room().beside, IsEmpty());
}

TEST_F(MessageChanges, MoreChangesThanCanBeKeptForAPageDropIt) {
    load();
    (void)client().load_older(Server::kGeneral);
    const auto asked = server.take_one<LoadHistory>();
    std::vector<RoomEvent> some;
    for (std::uint64_t i = 0; i <= limits::kClientHeldEvents; ++i) {
        some.push_back(pinned(11 + i, 2, i % 2 == 0));
        if (some.size() == 1'000) hear(std::exchange(some, {}));
    }
    hear(some);
    EXPECT_THAT(server.take_notices<RoomWasReset>(), SizeIs(1));
    server.say(page(asked.request, 10, posts(1, 5)));
    EXPECT_TRUE(room().timeline.empty()) << "the page is too old to be put right";
    EXPECT_EQ(room().applied, Sequence(11 + limits::kClientHeldEvents));
}

}  // namespace
}  // namespace parley::client
