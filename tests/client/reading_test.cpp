// Unread counts, read positions, typing, presence, members, the directory.
#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;

class Reading : public testing::Test {
  protected:
    Reading() {
        auto room = Server::summary(Server::kGeneral, 10, 10);
        room.read.read = Ordinal(7);
        room.unread = 3;
        server_.log_in({room});
    }
    // As of the commit: so many up to the room's last message.
    void read_moved(std::uint64_t sequence, std::uint64_t read, std::uint64_t last, std::uint32_t unread,
                    std::uint64_t turn = 0, Mentioning mentions = {}) {
        const ReadMoved moved{Server::kGeneral, {ReadTurn(turn), Ordinal(read)},
                              Sequence(last),   Ordinal(last),
                              unread,           std::move(mentions)};
        AccountEvents frame;
        (void)frame.events.push_back(AccountEvent{AccountSequence(sequence), moved});
        server_.say(frame);
    }
    Server server_;
};

TEST_F(Reading, OwnPostsAreNotUnread) {
    EXPECT_EQ(server_.general().unread, 3u);
    server_.say(Server::events({Server::posted(11, 11), Server::posted(12, 12, Server::kAna)}));
    EXPECT_EQ(server_.general().unread, 4u);
    EXPECT_EQ(server_.client.state().unread_in_all(), 4u);
}

TEST_F(Reading, OwnPostsBelowANewPositionAreNotCounted) {
    server_.say(Server::events({Server::posted(11, 11, Server::kAna), Server::posted(12, 12, Server::kAna),
                                Server::posted(13, 13), Server::posted(14, 14, Server::kAna)}));
    EXPECT_EQ(server_.general().unread, 4u);
    server_.client.mark_read(Server::kGeneral, Ordinal(11));
    EXPECT_EQ(server_.general().unread, 1u) << "13 alone: 12 and 14 are her own";
    EXPECT_TRUE(server_.general().unread_is_exact);
}

TEST_F(Reading, ACountThatCannotBeKnownSaysSoUntilTheTimelineIsThere) {
    server_.come_back();
    auto room = Server::summary(Server::kGeneral, 20, 20);
    room.read.read = Ordinal(7);
    room.unread = 5;  // of thirteen: eight are her own, who knows which
    server_.say(Server::welcome({room}));
    server_.say(Server::subscribed(20, 20));
    EXPECT_TRUE(server_.general().unread_is_exact);
    server_.client.mark_read(Server::kGeneral, Ordinal(15));
    EXPECT_FALSE(server_.general().unread_is_exact);
    EXPECT_LE(server_.general().unread, 5u);
    History page{server_.client.load_latest(Server::kGeneral), Server::kGeneral, Sequence(20), Ordinal(20), {}};
    for (std::uint64_t n = 11; n <= 20; ++n)
        page.messages.push_back(
            Message{Ordinal(n), Sequence(n), Sequence(n), n == 17 ? Server::kAna : Server::kBo, {}, {}});
    server_.say(page);
    EXPECT_TRUE(server_.general().unread_is_exact);
    EXPECT_EQ(server_.general().unread, 4u);
}

// Found by the simulation: the last message of such a page was counted with it, and again when its event came.
TEST_F(Reading, AMessageOfAPageThatIsAheadOfTheEventsIsCountedOnce) {
    server_.come_back();
    auto room = Server::summary(Server::kGeneral, 20, 20);
    room.read.read = Ordinal(7);
    room.unread = 5;
    server_.say(Server::welcome({room}));
    server_.say(Server::subscribed(20, 20));
    server_.client.mark_read(Server::kGeneral, Ordinal(15));
    ASSERT_FALSE(server_.general().unread_is_exact);
    History page{server_.client.load_latest(Server::kGeneral), Server::kGeneral, Sequence(21), Ordinal(21), {}};
    for (std::uint64_t n = 11; n <= 21; ++n)
        page.messages.push_back(Message{Ordinal(n), Sequence(n), Sequence(n), Server::kBo, {}, {}});
    server_.say(page);
    EXPECT_EQ(server_.general().unread, 5u);
    std::vector<RoomEvent> missed;
    for (std::uint64_t n = 11; n <= 21; ++n) missed.push_back(Server::posted(n, n));
    server_.say(Server::events(missed));
    EXPECT_TRUE(server_.general().unread_is_exact);
    EXPECT_EQ(server_.general().unread, 6u);
}

TEST_F(Reading, MarkReadIsSentOnlyWhenItRises) {
    server_.client.mark_read(Server::kGeneral, Ordinal(8));
    EXPECT_EQ(server_.take_one<MarkRead>().read.read, Ordinal(8));
    EXPECT_EQ(server_.general().unread, 2u);
    server_.client.mark_read(Server::kGeneral, Ordinal(8));
    server_.client.mark_read(Server::kGeneral, Ordinal(3));
    server_.pass(2'000);
    EXPECT_TRUE(server_.take_sent<MarkRead>().empty());
    server_.client.mark_read(Server::kGeneral, Ordinal(99));  // no further than there is
    EXPECT_EQ(server_.take_one<MarkRead>().read.read, Ordinal(10));
    EXPECT_EQ(server_.general().unread, 0u);
}

TEST_F(Reading, QuickReadingIsSentOnceASecond) {
    for (std::uint64_t n = 8; n <= 10; ++n) server_.client.mark_read(Server::kGeneral, Ordinal(n));
    EXPECT_EQ(server_.take_one<MarkRead>().read.read, Ordinal(8));
    server_.pass(1'000);
    EXPECT_EQ(server_.take_one<MarkRead>().read.read, Ordinal(10));
}

TEST_F(Reading, PositionsOfOtherDevicesAreMergedByMaximum) {
    read_moved(6, 9, 10, 1);
    EXPECT_EQ(server_.general().read.read, Ordinal(9));
    EXPECT_EQ(server_.general().unread, 1u);
    read_moved(7, 8, 10, 2);
    EXPECT_EQ(server_.general().read.read, Ordinal(9));
    EXPECT_EQ(server_.general().unread, 1u);
    read_moved(8, 10, 10, 0);
    EXPECT_EQ(server_.general().unread, 0u);
}

TEST_F(Reading, WelcomeReplacesTheCountAndEventsItHoldsAreNotCountedAgain) {
    server_.come_back();
    auto room = Server::summary(Server::kGeneral, 13, 13);
    room.read.read = Ordinal(7);
    room.unread = 6;
    server_.say(Server::welcome({room}));
    server_.say(Server::subscribed(13, 13));
    for (std::uint64_t n = 11; n <= 13; ++n) server_.say(Server::events({Server::posted(n, n)}));
    EXPECT_EQ(server_.general().unread, 6u);
    server_.say(Server::events({Server::posted(14, 14)}));
    EXPECT_EQ(server_.general().unread, 7u);
}

TEST_F(Reading, WhatWasReadOfflineIsSentAfterwards) {
    server_.cut();
    server_.client.mark_read(Server::kGeneral, Ordinal(10));
    EXPECT_TRUE(server_.take_sent<MarkRead>().empty());
    server_.pass_to_deadline();
    server_.open();
    server_.greet();
    auto room = Server::summary(Server::kGeneral, 10, 10);
    room.read.read = Ordinal(7);
    room.unread = 3;
    server_.say(Server::welcome({room}));
    EXPECT_EQ(server_.take_one<MarkRead>().read.read, Ordinal(10));
    EXPECT_EQ(server_.general().unread, 0u);
}

// --- marked unread

TEST_F(Reading, MarkedUnreadBeginsATurnAtAnEarlierMessage) {
    server_.client.mark_read(Server::kGeneral, Ordinal(10));
    server_.pass(1'000);
    server_.sent.clear();
    server_.client.mark_unread(Server::kGeneral, Ordinal(5));
    EXPECT_EQ(server_.take_one<MarkRead>().read, (ReadPosition{ReadTurn(1), Ordinal(4)}));
    EXPECT_EQ(server_.general().unread, 6u) << "whose 5 to 7 are nobody knows yet";
    EXPECT_FALSE(server_.general().unread_is_exact);
    read_moved(6, 4, 10, 5, 1, {Ordinal(9)});
    EXPECT_TRUE(server_.general().unread_is_exact);
    EXPECT_EQ(server_.general().unread, 5u);
    EXPECT_EQ(server_.general().mentions, 1u);
    server_.pass(1'000);
    server_.client.mark_read(Server::kGeneral, Ordinal(10));
    EXPECT_EQ(server_.take_one<MarkRead>().read, (ReadPosition{ReadTurn(1), Ordinal(10)}));
    EXPECT_EQ(server_.general().unread, 0u);
}

TEST_F(Reading, AMessageThatThereIsNotCannotBeMarkedUnread) {
    server_.client.mark_unread(Server::kGeneral, Ordinal(11));
    server_.client.mark_unread(Server::kGeneral, Ordinal(0));
    server_.client.mark_unread(RoomId(99), Ordinal(1));
    EXPECT_TRUE(server_.take_sent<MarkRead>().empty());
    EXPECT_EQ(server_.general().read, (ReadPosition{{}, Ordinal(7)}));
}

TEST_F(Reading, HoweverOftenSheMarksItUnreadBetweenTwoSendingsItIsOneTurn) {
    for (std::uint64_t n = 1; n <= 40; ++n) server_.client.mark_unread(Server::kGeneral, Ordinal(1 + n % 7));
    server_.pass(1'100);
    const auto sent = server_.take_sent<MarkRead>();
    ASSERT_EQ(sent.size(), 2u);
    EXPECT_EQ(sent[0].read.turn, ReadTurn(1));
    EXPECT_EQ(sent[1].read, (ReadPosition{ReadTurn(2), Ordinal(5)})) << "40 % 7 is 5: from the sixth on";
    server_.client.mark_unread(Server::kGeneral, Ordinal(2));
    server_.pass(1'100);
    EXPECT_EQ(server_.take_sent<MarkRead>().at(0).read.turn, ReadTurn(3));
}

TEST_F(Reading, AnotherDeviceMarksUnreadAndWhatIsLateDoesNothing) {
    server_.client.mark_read(Server::kGeneral, Ordinal(10));
    read_moved(6, 2, 10, 7, 1);
    EXPECT_EQ(server_.general().read, (ReadPosition{ReadTurn(1), Ordinal(2)}));
    EXPECT_EQ(server_.general().unread, 7u);
    read_moved(7, 10, 10, 0, 0);  // of the turn before
    EXPECT_EQ(server_.general().unread, 7u);
}

TEST_F(Reading, ACountOfACommitLeavesWhatWasPostedSinceCounted) {
    server_.say(Server::events({Server::posted(11, 11), Server::posted(12, 12, Server::kAna), Server::posted(13, 13)}));
    read_moved(6, 4, 11, 6, 1);  // it was committed before 12 and 13
    EXPECT_EQ(server_.general().unread, 7u);
    server_.client.mark_read(Server::kGeneral, Ordinal(11));
    EXPECT_EQ(server_.general().unread, 1u) << "12 is her own";
    EXPECT_TRUE(server_.general().unread_is_exact);
}

TEST_F(Reading, ALateCountKnowsOwnPostsThatTheTimelineHasCounted) {
    History page{server_.client.load_latest(Server::kGeneral), Server::kGeneral, Sequence(10), Ordinal(10), {}};
    for (std::uint64_t n = 1; n <= 10; ++n)
        page.messages.push_back(Message{Ordinal(n), Sequence(n), Sequence(n), Server::kBo, {}, {}});
    server_.say(page);
    server_.say(Server::events({Server::posted(11, 11, Server::kAna), Server::posted(12, 12)}));
    server_.client.mark_unread(Server::kGeneral, Ordinal(5));
    EXPECT_EQ(server_.general().unread, 7u);
    read_moved(6, 2, 10, 8, 2);  // another device was quicker: it was committed before 11
    EXPECT_EQ(server_.general().unread, 9u) << "11 is her own";
}

TEST_F(Reading, ACountOfACommitMayHoldMessagesThatAreStillToCome) {
    read_moved(6, 4, 12, 8, 1);
    EXPECT_EQ(server_.general().unread, 8u);
    server_.say(Server::events({Server::posted(11, 11), Server::posted(12, 12)}));
    EXPECT_EQ(server_.general().unread, 8u);
    server_.say(Server::events({Server::posted(13, 13)}));
    EXPECT_EQ(server_.general().unread, 9u);
}

TEST_F(Reading, WhatWasMarkedUnreadOfflineIsSentAfterwards) {
    server_.cut();
    server_.client.mark_unread(Server::kGeneral, Ordinal(3));
    EXPECT_TRUE(server_.take_sent<MarkRead>().empty());
    server_.pass_to_deadline();
    server_.open();
    server_.greet();
    auto room = Server::summary(Server::kGeneral, 10, 10);
    room.read.read = Ordinal(10);
    server_.say(Server::welcome({room}));
    EXPECT_EQ(server_.take_one<MarkRead>().read, (ReadPosition{ReadTurn(1), Ordinal(2)}));
}

// One position goes out at a time, so that this one is not sent yet.
TEST_F(Reading, WhatIsMarkedUnreadBeginsATurnAfterTheOneThatAnotherDeviceHasTakenMeanwhile) {
    constexpr RoomId kOther(Server::kGeneral.value() + 1);
    const auto rooms = [&](ReadPosition of_other) {
        auto other = Server::summary(kOther, 10, 10);
        other.read = of_other;
        return std::vector{Server::summary(Server::kGeneral, 10, 10), other};
    };
    server_.come_back();
    server_.say(Server::welcome(rooms({{}, Ordinal(10)})));
    server_.cut();
    server_.client.mark_unread(Server::kGeneral, Ordinal(3));
    server_.client.mark_unread(kOther, Ordinal(3));
    server_.sent.clear();
    server_.pass_to_deadline();
    server_.open();
    server_.greet();
    server_.say(Server::welcome(rooms({ReadTurn(1), Ordinal(8)})));
    server_.client.mark_unread(kOther, Ordinal(5));
    server_.pass(1'100);
    server_.pass(1'100);
    const auto sent = server_.take_sent<MarkRead>();
    ASSERT_EQ(sent.size(), 2u);
    EXPECT_EQ(sent[0].room, Server::kGeneral);
    EXPECT_EQ(sent[1].room, kOther);
    EXPECT_EQ(sent[1].read, (ReadPosition{ReadTurn(2), Ordinal(4)}));
}

TEST_F(Reading, TypingIsToldSparinglyAndShownForAWhile) {
    server_.client.typing(Server::kGeneral, server_.now);
    server_.client.typing(Server::kGeneral, server_.now);
    EXPECT_EQ(server_.take_sent<ReportTyping>().size(), 1u);
    server_.pass(4'000);
    server_.client.typing(Server::kGeneral, server_.now);
    EXPECT_EQ(server_.take_sent<ReportTyping>().size(), 1u);
    server_.say(Typing{Server::kGeneral, {Server::kBo, Server::kAna}});  // also herself
    EXPECT_EQ(server_.general().typing_until.size(), 1u);
    server_.pass(5'999);
    EXPECT_EQ(server_.general().typing_until.size(), 1u);
    server_.pass(1);
    EXPECT_TRUE(server_.general().typing_until.empty());
}

TEST_F(Reading, APostEndsTyping) {
    server_.say(Typing{Server::kGeneral, {Server::kBo}});
    server_.say(Server::events({Server::posted(11, 11)}));
    EXPECT_TRUE(server_.general().typing_until.empty());
}

TEST_F(Reading, MembersAreLoadedFollowedAndLoadedAgainAfterAReconnect) {
    server_.say(PresenceChanged{Server::kGeneral, {MemberPresence{Server::kBo, Presence::online}}});
    EXPECT_TRUE(server_.general().members.empty());  // not loaded
    const auto request = server_.client.list_members(Server::kGeneral);
    EXPECT_EQ(server_.client.list_members(Server::kGeneral), 0u);
    server_.say(
        Members{request,
                Server::kGeneral,
                {MemberPresence{Server::kAna, Presence::online}, MemberPresence{Server::kBo, Presence::offline}}});
    EXPECT_EQ(server_.general().members.size(), 2u);
    server_.say(PresenceChanged{Server::kGeneral, {MemberPresence{Server::kBo, Presence::away}}});
    EXPECT_EQ(server_.general().members.at(Server::kBo), Presence::away);
    server_.say(Server::events(
        {RoomEvent{Sequence(11), MemberLeft{Server::kBo, {}}}, RoomEvent{Sequence(12), MemberJoined{UserId(13), {}}}}));
    EXPECT_EQ(server_.general().members.count(Server::kBo), 0u);
    EXPECT_EQ(server_.general().members.count(UserId(13)), 1u);
    server_.sent.clear();
    server_.come_back();
    server_.say(Server::welcome({Server::summary(Server::kGeneral, 12, 10)}));
    server_.say(Server::subscribed(12, 10));
    EXPECT_FALSE(server_.general().members_loaded);
    EXPECT_EQ(server_.take_sent<ListMembers>().size(), 1u);
}

TEST_F(Reading, AProfileWithALowerRevisionIsIgnored) {
    const auto profile = [](const char* nick, std::uint64_t revision) {
        return Profiles{{Profile{Server::kBo, AccountName::cut("bo"), Nick::cut(nick), ProfileRevision(revision)}}};
    };
    server_.say(profile("new", 20));
    server_.say(profile("old", 19));
    EXPECT_EQ(server_.client.state().person(Server::kBo)->nick.str(), "new");
}

TEST_F(Reading, TheDirectoryIsReadToItsEnd) {
    const auto request = server_.client.list_rooms();
    EXPECT_EQ(server_.client.list_rooms(), 0u);
    EXPECT_EQ(server_.take_one<ListRooms>().after.str(), "");
    server_.say(RoomDirectory{request, true, {DirectoryEntry{RoomId(1), RoomName::cut("a"), 1, {}}}});
    EXPECT_EQ(server_.take_one<ListRooms>().after.str(), "a");
    server_.say(RoomDirectory{request, false, {DirectoryEntry{RoomId(2), RoomName::cut("b"), 1, {}}}});
    EXPECT_EQ(server_.take_notices<DirectoryLoaded>().size(), 1u);
    EXPECT_EQ(server_.client.state().directory.size(), 2u);
    EXPECT_TRUE(server_.client.state().directory_complete);
}

TEST_F(Reading, AwayIsSaidAgainAfterAReconnect) {
    server_.client.report_presence(Presence::away);
    server_.client.report_presence(Presence::away);
    EXPECT_EQ(server_.take_sent<ReportPresence>().size(), 1u);
    server_.come_back();
    server_.say(Server::welcome({}));
    EXPECT_EQ(server_.take_sent<ReportPresence>().size(), 1u);
}

TEST_F(Reading, QueriesAreBounded) {
    for (std::size_t i = 0; i < limits::kClientQueries; ++i)
        ASSERT_NE(server_.client.load_history(Server::kGeneral, HistoryDirection::before, Ordinal(), 1), 0u);
    EXPECT_EQ(server_.client.load_history(Server::kGeneral, HistoryDirection::before, Ordinal(), 1), 0u);
}

TEST_F(Reading, TitlesAreNamesOrPeople) {
    auto direct = Server::summary(RoomId(44));
    direct.kind = RoomKind::direct;
    direct.name = RoomName();
    direct.peer = Server::kBo;
    AccountEvents frame;
    (void)frame.events.push_back(AccountEvent{AccountSequence(6), RoomAdded{direct}});
    server_.say(frame);
    server_.say(Profiles{{Profile{Server::kBo, AccountName::cut("bo"), Nick::cut("Bo"), ProfileRevision(1)}}});
    const auto& state = server_.client.state();
    EXPECT_EQ(state.title_of(*state.room_named("general")), "general");
    ASSERT_NE(state.direct_with("bo"), nullptr);
    EXPECT_EQ(state.title_of(*state.direct_with("bo")), "bo");
    EXPECT_EQ(state.direct_with("nobody"), nullptr);
}

}  // namespace
}  // namespace parley::client
