#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;

std::vector<std::uint64_t> sequences(const std::vector<MessageArrived>& arrived) {
    std::vector<std::uint64_t> all;
    for (const auto& one : arrived) all.push_back(one.message.sequence.value());
    return all;
}
using Numbers = std::vector<std::uint64_t>;

class CatchingUp : public testing::Test {
  protected:
    CatchingUp() { server_.log_in({Server::summary(Server::kGeneral, 10, 10)}); }
    Server server_;
};

TEST_F(CatchingUp, EventsAfterAHoleAreHeldAndTheHoleIsAskedForOnce) {
    server_.say(Server::events({Server::posted(11, 11)}));
    server_.say(Server::events({Server::posted(14, 14)}));
    server_.say(Server::events({Server::posted(15, 15)}));
    const auto asked = server_.take_one<SyncRoom>();
    EXPECT_EQ(asked.after, Sequence(11));
    EXPECT_EQ(sequences(server_.take_notices<MessageArrived>()), (Numbers{11}));
    server_.say(Server::events({Server::posted(12, 12), Server::posted(13, 13), Server::posted(14, 14)}));
    EXPECT_EQ(sequences(server_.take_notices<MessageArrived>()), (Numbers{12, 13, 14, 15}));
    EXPECT_EQ(server_.general().applied, Sequence(15));
    EXPECT_TRUE(server_.take_sent<SyncRoom>().empty());
}

TEST_F(CatchingUp, DoubledEventsCountOnce) {
    server_.say(Server::events({Server::posted(11, 11), Server::posted(11, 11)}));
    server_.say(Server::events({Server::posted(10, 10), Server::posted(11, 11), Server::posted(12, 12)}));
    EXPECT_EQ(sequences(server_.take_notices<MessageArrived>()), (Numbers{11, 12}));
    EXPECT_EQ(server_.general().unread, 2u);
}

TEST_F(CatchingUp, AnUnknownKindOfEventStillCountsItsSequence) {
    Buffer frame{std::byte{5}};
    const auto room = Server::kGeneral.value();
    for (int i = 0; i < 8; ++i) frame.push_back(static_cast<std::byte>(room >> (8 * i)));
    for (const int byte : {1, 11, 200, 2, 1, 2})
        frame.push_back(static_cast<std::byte>(byte));  // one event: 11, kind 200, 2 bytes
    server_.say_bytes(frame);
    EXPECT_EQ(server_.general().applied, Sequence(11));
    EXPECT_TRUE(server_.closes.empty());
}

TEST_F(CatchingUp, AfterAResumeTheServerSendsWhatIsMissingByItself) {
    server_.come_back();
    server_.say(Server::welcome({Server::summary(Server::kGeneral, 13, 13)}));
    server_.say(Server::subscribed(13, 13));
    server_.say(Server::events({Server::posted(14, 14)}));  // live, before the missing ones
    EXPECT_TRUE(server_.take_sent<SyncRoom>().empty());
    server_.say(Server::events({Server::posted(11, 11), Server::posted(12, 12), Server::posted(13, 13)}));
    const auto arrived = server_.take_notices<MessageArrived>();
    EXPECT_EQ(sequences(arrived), (Numbers{11, 12, 13, 14}));
    EXPECT_FALSE(arrived[2].live);
    EXPECT_TRUE(arrived[3].live);
}

TEST_F(CatchingUp, AHoleThatNobodyFillsIsAskedForAgain) {
    server_.come_back();
    server_.say(Server::welcome({Server::summary(Server::kGeneral, 13, 13)}));
    server_.say(Server::subscribed(13, 13));
    EXPECT_TRUE(server_.take_sent<SyncRoom>().empty());
    server_.pass(30'000);
    server_.say(Beat{});
    server_.pass(5'000);
    EXPECT_EQ(server_.take_sent<SyncRoom>().size(), 1u);
    EXPECT_TRUE(server_.closes.empty());
}

TEST_F(CatchingUp, ARefusedSyncIsAskedAgainLater) {
    server_.say(Server::events({Server::posted(13, 13)}));
    Refused refused;
    refused.request = server_.take_one<SyncRoom>().request;
    refused.reason = Refusal::busy;
    refused.retry_after_ms = 800;
    server_.say(refused);
    server_.pass(799);
    EXPECT_TRUE(server_.take_sent<SyncRoom>().empty());
    server_.pass(1);
    EXPECT_EQ(server_.take_one<SyncRoom>().after, Sequence(10));
}

TEST_F(CatchingUp, WhatIsHeldIsBounded) {
    for (std::uint64_t i = 0; i < 3; ++i) {
        RoomEvents frame;
        frame.room = Server::kGeneral;
        for (std::uint64_t k = 0; k < 4'000; ++k)
            (void)frame.events.push_back(Server::posted(12 + i * 4'000 + k, 12 + i * 4'000 + k));
        server_.say(frame);
    }
    EXPECT_EQ(server_.take_sent<SyncRoom>().size(), 1u);
    server_.say(Server::events({Server::posted(11, 11)}));
    // 10,000 were held; the rest is asked for again.
    EXPECT_EQ(server_.take_notices<MessageArrived>().size(), 1u + limits::kClientHeldEvents);
    EXPECT_EQ(server_.general().applied, Sequence(11 + limits::kClientHeldEvents));
    const auto again = server_.take_sent<SyncRoom>();
    EXPECT_TRUE(again.empty() || again[0].after == server_.general().applied);
}

TEST_F(CatchingUp, ARoomThatIsTooFarBehindStartsAtItsHead) {
    server_.client.load_latest(Server::kGeneral);
    History history;
    history.request = server_.take_one<LoadHistory>().request;
    history.room = Server::kGeneral;
    history.head = Sequence(10);
    history.last_ordinal = Ordinal(10);
    (void)history.messages.push_back(
        Message{Ordinal(10), Sequence(10), Sequence(10), Server::kBo, {}, MessageText::cut("x")});
    server_.say(history);
    ASSERT_TRUE(server_.general().timeline.loaded());
    server_.come_back();
    auto summary = Server::summary(Server::kGeneral, 90'000, 80'000);
    summary.unread = 70;
    server_.say(Server::welcome({summary}));
    server_.say(RoomReset{Server::kGeneral, Sequence(90'001), Ordinal(80'000), {}});
    server_.say(Server::subscribed(90'001, 80'000));
    EXPECT_EQ(server_.take_notices<RoomWasReset>().size(), 1u);
    EXPECT_FALSE(server_.general().timeline.loaded());
    EXPECT_TRUE(server_.general().timeline.empty());
    EXPECT_EQ(server_.general().applied, Sequence(90'001));
    EXPECT_EQ(server_.general().unread, 70u);
    server_.say(Server::events({Server::posted(90'002, 80'001)}));
    EXPECT_EQ(server_.general().unread, 71u);
    EXPECT_TRUE(server_.take_sent<SyncRoom>().empty());
}

TEST_F(CatchingUp, WhatWasPostedBetweenTheRoomListAndTheSubscriptionIsFetched) {
    Server server;
    server.client.log_in("ana", "password");
    server.start();
    server.open();
    server.greet();
    server.say(Server::welcome({Server::summary(Server::kGeneral, 10, 10)}));
    server.say(Server::subscribed(12, 11));  // a post, and something else
    EXPECT_EQ(server.take_one<SyncRoom>().after, Sequence(10));
    server.say(Server::events({Server::posted(11, 11), RoomEvent{Sequence(12), MemberJoined{Server::kBo, {}}}}));
    EXPECT_EQ(server.take_notices<MessageArrived>().size(), 1u);
    EXPECT_EQ(server.general().applied, Sequence(12));
}

// What was done to the room meanwhile is in no list.
TEST_F(CatchingUp, WhatHappenedBetweenTheRoomListAndTheSubscriptionIsFetchedWhereNothingWasSaid) {
    Server server;
    server.client.log_in("ana", "password");
    server.start();
    server.open();
    server.greet();
    server.say(Server::welcome({Server::summary(Server::kGeneral, 10, 10)}));
    server.say(Server::subscribed(11, 10));
    EXPECT_EQ(server.take_one<SyncRoom>().after, Sequence(10));
    const TopicChanged topic{Server::kBo, {}, {}, RoomTopic::cut("news")};
    server.say(Server::events({RoomEvent{Sequence(11), topic}}));
    EXPECT_EQ(server.general().applied, Sequence(11));
    EXPECT_EQ(server.general().topic.view(), "news");
}

TEST_F(CatchingUp, TheRoomListMayBeNewerThanWhatTheRoomHasPublished) {
    Server server;
    server.client.log_in("ana", "password");
    server.start();
    server.open();
    server.greet();
    server.say(Server::welcome({Server::summary(Server::kGeneral, 12, 12)}));
    server.say(Server::subscribed(10, 10));
    server.say(Server::events({Server::posted(11, 11), Server::posted(12, 12), Server::posted(13, 13)}));
    EXPECT_EQ(sequences(server.take_notices<MessageArrived>()), (Numbers{13}));
    EXPECT_EQ(server.general().unread, 1u);
}

TEST_F(CatchingUp, ALogThatWentBackIsAnotherLog) {
    server_.come_back();
    server_.say(Server::welcome({Server::summary(Server::kGeneral, 4, 4)}));
    server_.say(Server::subscribed(4, 4));
    EXPECT_EQ(server_.take_notices<RoomWasReset>().size(), 1u);
    server_.say(Server::events({Server::posted(5, 5)}));
    EXPECT_EQ(sequences(server_.take_notices<MessageArrived>()), (Numbers{5}));
}

AccountEvents added(std::uint64_t sequence, RoomSummary room) {
    AccountEvents frame;
    (void)frame.events.push_back(AccountEvent{AccountSequence(sequence), RoomAdded{std::move(room)}});
    return frame;
}

TEST_F(CatchingUp, AJoinedRoomStartsWithItsSubscription) {
    const RoomId den(33);
    server_.say(added(6, Server::summary(den, 4, 2)));
    EXPECT_EQ(server_.take_notices<RoomsChanged>().size(), 1u);
    server_.say(Server::subscribed(5, 2, den));
    server_.say(Server::events({Server::posted(6, 3)}, den));
    EXPECT_EQ(server_.take_one<SyncRoom>().after, Sequence(4));
    server_.say(Server::events({RoomEvent{Sequence(5), MemberJoined{Server::kBo, {}}}}, den));
    EXPECT_EQ(server_.take_notices<MessageArrived>().size(), 1u);
    EXPECT_TRUE(server_.client.state().room(den)->subscribed);
}

// The connection was lost between the two: the next room list is newer than where the room starts.
TEST_F(CatchingUp, WhatWasSaidBeforeAFirstSubscriptionThatWasLostIsNotSkipped) {
    const RoomId den(33);
    server_.say(added(6, Server::summary(den, 2, 0)));
    server_.come_back();
    auto welcome = Server::welcome({Server::summary(Server::kGeneral, 10, 10), Server::summary(den, 4, 2)});
    welcome.account = AccountSequence(6);
    server_.say(welcome);
    server_.say(Server::subscribed(10, 10));
    server_.say(Server::subscribed(4, 2, den));
    server_.say(Server::events({Server::posted(3, 1), Server::posted(4, 2)}, den));
    EXPECT_EQ(sequences(server_.take_notices<MessageArrived>()), (Numbers{3, 4}));
}

TEST_F(CatchingUp, ASubscriptionMayOvertakeItsRoom) {
    const RoomId den(33);
    server_.say(Server::subscribed(5, 2, den));
    server_.say(Server::events({Server::posted(6, 3), Server::posted(7, 4)}, den));
    server_.say(added(6, Server::summary(den, 5, 2)));
    EXPECT_EQ(server_.take_one<SyncRoom>().after, Sequence(5));
    server_.say(Server::events({Server::posted(6, 3), Server::posted(7, 4)}, den));
    EXPECT_EQ(sequences(server_.take_notices<MessageArrived>()), (Numbers{6, 7}));
}

TEST_F(CatchingUp, AccountEventsUpToWelcomeAreIgnored) {
    server_.say(added(5, Server::summary(RoomId(33))));  // Welcome said 5
    EXPECT_EQ(server_.client.state().room(RoomId(33)), nullptr);
    AccountEvents removal;
    (void)removal.events.push_back(AccountEvent{AccountSequence(6), RoomRemoved{Server::kGeneral}});
    server_.say(removal);
    EXPECT_TRUE(server_.client.state().rooms.empty());
    server_.say(Server::events({Server::posted(11, 11)}));  // late
    EXPECT_TRUE(server_.take_notices<MessageArrived>().empty());
}

// Any order of arrival, doubled, chopped and with holes: every message is told once and in order, as long as what is
// asked for is answered.
TEST(CatchingUpProperty, EveryEventIsToldOnceAndInOrder) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        Server server({}, seed);
        server.log_in({Server::summary()});
        std::uint64_t state = seed * 77;
        const auto below = [&state](std::uint64_t n) {
            return ((state = state * 6364136223846793005u + 1442695040888963407u) >> 33) % n;
        };
        std::uint64_t head = 0;
        Numbers told;
        const auto note = [&] {
            for (const auto n : sequences(server.take_notices<MessageArrived>())) told.push_back(n);
        };
        for (int step = 0; step < 200; ++step) {
            const auto from = head + 1;
            head += 1 + below(3);
            if (below(4) != 0) {
                RoomEvents frame;
                frame.room = Server::kGeneral;
                for (auto n = from - std::min(from - 1, below(3)); n <= head; ++n)
                    (void)frame.events.push_back(Server::posted(n, n));
                server.say(frame);
            }
            if (below(40) == 0) {
                note();
                server.come_back();
                const auto position = server.take_one<Resume>().positions[0].applied.value();
                server.say(Server::welcome({Server::summary(Server::kGeneral, head, head)}));
                server.say(Server::subscribed(head, head));
                for (auto n = position + 1; n <= head; ++n) server.say(Server::events({Server::posted(n, n)}));
            }
            const auto asked = std::exchange(server.sent, {});
            note();
            if (below(3) == 0) server.pass(1);
            for (const auto& message : asked) {
                const auto* sync = std::get_if<SyncRoom>(&message);
                if (sync == nullptr) continue;
                RoomEvents frame;
                frame.room = Server::kGeneral;
                for (auto n = sync->after.value() + 1; n <= head; ++n)
                    (void)frame.events.push_back(Server::posted(n, n));
                server.say(frame);
            }
            note();
        }
        server.say(Server::events({Server::posted(head + 1, head + 1)}));
        for (const auto& message : std::exchange(server.sent, {})) {
            const auto* sync = std::get_if<SyncRoom>(&message);
            if (sync == nullptr) continue;
            for (auto n = sync->after.value() + 1; n <= head; ++n) server.say(Server::events({Server::posted(n, n)}));
        }
        note();
        ASSERT_EQ(told.size(), head + 1) << "seed " << seed;
        for (std::size_t i = 0; i < told.size(); ++i) ASSERT_EQ(told[i], i + 1) << "seed " << seed;
    }
}

// On a slow path the rooms of a resume come one after the other, and each was asked for a second time.
TEST(CatchingUpInTurn, RoomsThatWaitForTheirTurnAreNotAskedForWhileOthersCome) {
    constexpr RoomId kSecond{902};
    Server server;
    server.log_in({Server::summary(Server::kGeneral, 10, 10), Server::summary(kSecond, 0, 0)});
    server.come_back();
    server.say(Server::welcome({Server::summary(Server::kGeneral, 12, 12), Server::summary(kSecond, 0, 0)}));
    server.say(Subscribed{kSecond, Sequence(1), Ordinal(1)});
    server.say(Server::subscribed(12, 12));
    server.pass(20'000);
    server.say(Server::events({Server::posted(11, 11)}));
    server.pass(20'000);
    server.say(Server::events({Server::posted(12, 12)}));
    server.pass(20'000);
    EXPECT_EQ(server.general().applied, Sequence(12));
    EXPECT_TRUE(server.take_sent<SyncRoom>().empty());
    server.say(Beat{});
    server.pass(15'000);
    EXPECT_EQ(server.take_one<SyncRoom>().room, kSecond);
}

}  // namespace
}  // namespace parley::client
