// Which unread messages mention her: counted from lists and from events, in whatever order they come.
#include "client/unread_mentions.hpp"
#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;

constexpr const char* kHers = "look, <@11>";

class MentionsTest : public testing::Test {
  protected:
    MentionsTest() {
        auto room = Server::summary(Server::kGeneral, 10, 10);
        room.read.read = Ordinal(7);
        room.unread = 3;
        room.mentions = {Ordinal(9)};
        server_.log_in({room});
    }
    static RoomEvent said(std::uint64_t sequence, std::uint64_t ordinal, std::string_view words,
                          UserId author = Server::kBo) {
        return {Sequence(sequence),
                MessagePosted{Ordinal(ordinal), author, {OutboxId(5), sequence}, {}, MessageText::cut(words), {}}};
    }
    static RoomEvent edited(std::uint64_t sequence, std::uint64_t ordinal, std::string_view words) {
        return {Sequence(sequence),
                MessageEdited{Ordinal(ordinal), Server::kBo, {OutboxId(5), sequence}, {}, MessageText::cut(words)}};
    }
    static RoomEvent deleted(std::uint64_t sequence, std::uint64_t ordinal) {
        return {Sequence(sequence), MessageDeleted{Ordinal(ordinal), Server::kBo, {OutboxId(5), sequence}, {}}};
    }
    void stands(std::uint64_t sequence, ReadPosition read, std::uint64_t head, std::uint64_t last,
                Mentioning mentions) {
        const auto unread = static_cast<std::uint32_t>(last - read.read.value());
        AccountEvents frame;
        (void)frame.events.push_back(
            {AccountSequence(sequence),
             ReadMoved{Server::kGeneral, read, Sequence(head), Ordinal(last), unread, std::move(mentions)}});
        server_.say(frame);
    }
    [[nodiscard]] std::uint32_t mentions() { return server_.general().mentions; }
    Server server_;
};

TEST(IsMentioned, ByHerIdOrAsEverybodyButNotInCode) {
    EXPECT_TRUE(is_mentioned(UserId(11), "a <@12> <@11>"));
    EXPECT_TRUE(is_mentioned(UserId(11), "<!all>"));
    EXPECT_TRUE(is_mentioned(UserId(11), "<!here>"));
    EXPECT_FALSE(is_mentioned(UserId(11), "<@12>, @11"));
    EXPECT_FALSE(is_mentioned(UserId(11), "`<@11>`"));
}

TEST_F(MentionsTest, AreCountedAsTheyComeAndGoneWhenRead) {
    ASSERT_EQ(Server::kAna, UserId(11));
    EXPECT_EQ(mentions(), 1u);
    server_.say(Server::events(
        {said(11, 11, kHers), said(12, 12, "nobody"), said(13, 13, "all <!all>"), said(14, 14, kHers, Server::kAna)}));
    EXPECT_EQ(mentions(), 3u) << "not by her own words";
    EXPECT_EQ(server_.client.state().mentions_in_all(), 3u);
    server_.client.mark_read(Server::kGeneral, Ordinal(11));
    EXPECT_EQ(mentions(), 1u);
    server_.client.mark_read(Server::kGeneral, Ordinal(14));
    EXPECT_EQ(mentions(), 0u);
}

TEST_F(MentionsTest, FollowEditsAndDeletionsOfWhatIsNotLoaded) {
    server_.say(Server::events({edited(11, 9, "never mind"), edited(12, 8, kHers)}));
    EXPECT_EQ(mentions(), 1u);
    server_.say(Server::events({deleted(13, 8)}));
    EXPECT_EQ(mentions(), 0u);
}

// The list was read after events that are still to come: they were in it.
TEST_F(MentionsTest, WhatAListHoldsIsNotTakenBackByAnEarlierEvent) {
    server_.come_back();
    auto room = Server::summary(Server::kGeneral, 13, 11);
    room.read.read = Ordinal(7);
    room.unread = 4;
    room.mentions = {Ordinal(11)};
    server_.say(Server::welcome({room}));
    server_.say(Server::subscribed(13, 11));
    server_.say(Server::events({said(11, 11, ""), edited(12, 9, "no"), edited(13, 11, "not as of then")}));
    EXPECT_EQ(mentions(), 1u);
    server_.say(Server::events({edited(14, 11, "not you")}));
    EXPECT_EQ(mentions(), 0u);
}

// And this one before events that have come.
TEST_F(MentionsTest, AListOfACommitLeavesWhatWasSaidSinceSaid) {
    server_.say(Server::events({said(11, 11, kHers), deleted(12, 9), edited(13, 3, kHers)}));
    EXPECT_EQ(mentions(), 1u);
    stands(6, {ReadTurn(1), Ordinal(2)}, 10, 10, {Ordinal(5), Ordinal(9)});
    EXPECT_EQ(mentions(), 3u) << "3, 5 and 11: 9 was deleted after the commit";
}

TEST_F(MentionsTest, AreNotKnownAfterAResetUntilTheTimelineIsThere) {
    server_.say(RoomReset{Server::kGeneral, Sequence(40), Ordinal(12)});
    EXPECT_FALSE(server_.general().mentions_are_exact);
    History page{server_.client.load_latest(Server::kGeneral), Server::kGeneral, Sequence(40), Ordinal(12), {}};
    for (std::uint64_t n = 5; n <= 12; ++n)
        page.messages.push_back(Message{Ordinal(n),
                                        Sequence(n),
                                        Sequence(n),
                                        n == 10 ? Server::kAna : Server::kBo,
                                        {},
                                        MessageText::cut(n % 2 == 0 ? kHers : "else")});
    server_.say(page);
    EXPECT_TRUE(server_.general().mentions_are_exact);
    EXPECT_EQ(mentions(), 2u) << "8 and 12: 6 is read, 10 her own";
}

TEST_F(MentionsTest, MarkedUnreadInALoadedTimelineAreCountedAtOnce) {
    History page{server_.client.load_latest(Server::kGeneral), Server::kGeneral, Sequence(10), Ordinal(10), {}};
    for (std::uint64_t n = 1; n <= 10; ++n)
        page.messages.push_back(
            Message{Ordinal(n), Sequence(n), Sequence(n), Server::kBo, {}, MessageText::cut(n < 4 ? kHers : "else")});
    server_.say(page);
    server_.client.mark_unread(Server::kGeneral, Ordinal(2));
    EXPECT_EQ(server_.general().unread, 9u);
    EXPECT_EQ(mentions(), 2u);
    EXPECT_TRUE(server_.general().mentions_are_exact);
}

// A person's list and a room's events do not come in one order, also where the timeline was asked in between.
TEST(UnreadMentions, ALateListTakesNothingBackThatWasCountedFromTheTimeline) {
    UnreadMentions mentions;
    mentions.begin({Ordinal(3)}, Sequence(10));
    mentions.said(Ordinal(3), Sequence(12), false);
    mentions.said(Ordinal(4), Sequence(13), true);
    mentions.doubt();
    mentions.begin_held({Ordinal(1), Ordinal(4)});
    EXPECT_TRUE(mentions.is_whole());
    mentions.begin({Ordinal(1), Ordinal(2), Ordinal(3)}, Sequence(11));
    EXPECT_EQ(mentions.listed_above({}), (Mentioning{Ordinal(1), Ordinal(2), Ordinal(4)}));
}

TEST(UnreadMentions, AListOfBeforeWhatWasSkippedIsNotWhole) {
    UnreadMentions mentions;
    mentions.skipped_to(Sequence(40));
    mentions.begin({Ordinal(3)}, Sequence(30));
    EXPECT_FALSE(mentions.is_whole());
    mentions.begin({Ordinal(3)}, Sequence(41));
    EXPECT_TRUE(mentions.is_whole());
}

TEST(UnreadMentions, ListsTheNewest) {
    UnreadMentions mentions;
    for (std::uint64_t n = 1; n <= limits::kMentionsListed + 20; ++n) mentions.said(Ordinal(n), Sequence(n), true);
    EXPECT_EQ(mentions.above(Ordinal()), limits::kMentionsListed + 20);
    const auto listed = mentions.listed_above(Ordinal(5));
    ASSERT_EQ(listed.size(), limits::kMentionsListed);
    EXPECT_EQ(listed.items().front(), Ordinal(21));
}

}  // namespace
}  // namespace parley::client
