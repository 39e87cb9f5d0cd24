// What may go wrong between the proof of who somebody is and the last of her rooms: each was a bug once.
#include <gmock/gmock.h>

#include "seeded_server/failing_reads.hpp"
#include "server_fixture.hpp"

namespace parley::support {
namespace {

using testing::Contains;

class ArrivalTest : public ServerFixture {
  protected:
    // The server anew over the same store: it has no room in memory, and its reads fail when told to.
    FailingReads& restart_with_failing_reads() {
        server.reset();
        failing = std::make_unique<FailingReadsBackend>(*backend);
        server = std::make_unique<SeededServer>(*failing, 2);
        return failing->fails;
    }
    void TearDown() override { server.reset(); }

    std::unique_ptr<FailingReadsBackend> failing;
};

// Without it she would hear nothing of that room and not know it.
TEST_F(ArrivalTest, ARoomThatCannotBeOpenedEndsTheConnectionSoThatSheComesBack) {
    const auto token = server->make_account("ana");
    auto& fails = restart_with_failing_reads();
    fails.room = true;
    auto& ana = server->sign_in(token);
    ASSERT_TRUE(ana.last<Welcome>());
    EXPECT_EQ(ana.closed, CloseCode::try_again_later);
    fails.room = false;
    auto& again = server->sign_in(token);
    EXPECT_FALSE(again.closed);
    EXPECT_EQ(again.all<Subscribed>().size(), 1u);
}

TEST_F(ArrivalTest, APersonThatCannotBeReadIsARefusalForNowAndTheConnectionMayTryAgain) {
    const auto token = server->make_account("ana");
    auto& fails = restart_with_failing_reads();
    fails.person = true;
    auto& ana = server->sign_in(token);
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::storage_failing);
    EXPECT_FALSE(ana.closed);
    fails.person = false;
    server->say(ana, Resume{2, token, {}, {}});
    idle();
    EXPECT_TRUE(ana.last<Welcome>());
}

// However the two fall together: she is never left signed in on a token that is gone.
TEST_F(ArrivalTest, ATokenWithdrawnDuringItsResumeSignsNobodyIn) {
    for (std::size_t steps = 0; steps < 60; ++steps) {
        SCOPED_TRACE(steps);
        const auto token = server->make_account("ana" + std::to_string(steps));
        auto& leaving = server->sign_in(token);
        auto& coming = server->connect();
        server->say(coming, Hello{});
        server->say(coming, Resume{1, token, {}, {}});
        server->run_steps(steps);
        server->say(leaving, LogOut{1});
        idle();
        ASSERT_TRUE(leaving.last<LoggedOut>());
        const bool refused = coming.last<Refused>() && coming.last<Refused>()->reason == Refusal::token_not_valid;
        ASSERT_TRUE(refused || coming.closed) << "she is in with a token that was withdrawn";
    }
}

TEST_F(ArrivalTest, MoreProfilesThanAQueueHoldsComeAsTheConnectionTakesThem) {
    const auto token = server->make_account("ana");
    for (std::size_t i = 0; i < limits::kProfilesPerFrame * 2; ++i)
        static_cast<void>(server->make_account("p" + std::to_string(i)));
    auto& slow = server->connect();
    slow.queued = limits::kReadPauseAbove + 1;
    server->say(slow, Hello{});
    server->say(slow, Resume{1, token, {}, {}});
    idle();
    EXPECT_TRUE(slow.all<Profiles>().empty());
    EXPECT_FALSE(slow.last<Welcome>());
    slow.queued = 0;
    server->drained(slow);
    idle();
    std::size_t profiles = 0;
    for (const auto& page : slow.all<Profiles>()) profiles += page.profiles.size();
    EXPECT_EQ(profiles, limits::kProfilesPerFrame * 2 + 1);
    EXPECT_EQ(slow.all<Profiles>().size(), 3u);
    EXPECT_TRUE(slow.last<Welcome>());
    EXPECT_EQ(slow.all<Subscribed>().size(), 1u);
}

// What changes while a login waits for its reader is held, up to a bound; beyond it she starts anew.
TEST_F(ArrivalTest, TooMuchThatChangesDuringALoginEndsTheConnection) {
    const auto token = server->make_account("ana");
    auto& other = server->sign_in(token);
    server->say(other, CreateRoom{next_op(), *RoomName::from("den")});
    idle();
    const auto den = other.last<Done>()->room;
    auto& slow = server->connect();
    slow.queued = limits::kReadPauseAbove + 1;
    server->say(slow, Hello{});
    server->say(slow, Resume{1, token, {}, {}});
    idle();
    const auto leave_or_join = [&](std::size_t i) {
        i % 2 == 0 ? server->say(other, LeaveRoom{next_op(), den}) : server->say(other, JoinRoom{next_op(), den});
        idle();
        if (i % 50 == 0) server->say(other, ConfirmResults{OutboxId(77), last_op});
    };
    for (std::size_t i = 0; i < limits::kEventsPerFrame; ++i) leave_or_join(i);
    EXPECT_FALSE(slow.closed);
    leave_or_join(limits::kEventsPerFrame);
    EXPECT_EQ(slow.closed, CloseCode::try_again_later);
    EXPECT_FALSE(other.closed);
}

// Her home learns of the room by her account stream; the room must learn from it that she is here.
TEST_F(ArrivalTest, WhoJoinsIsPresentAtOnce) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    server->say(ana, CreateRoom{next_op(), *RoomName::from("den")});
    server->advance(std::chrono::seconds(2));  // presence goes out in batches
    const auto den = ana.last<Done>()->room;
    server->say(ana, WatchRooms{{den}});
    server->say(bo, JoinRoom{next_op(), den});
    server->advance(std::chrono::seconds(2));
    server->say(ana, ListMembers{4, den});
    idle();
    ASSERT_TRUE(ana.last<Members>());
    const MemberPresence bo_online{user_of(bo), Presence::online};
    EXPECT_THAT(ana.last<Members>()->members, Contains(bo_online));
    EXPECT_THAT(ana.all<PresenceChanged>(), Contains(PresenceChanged{den, {{bo_online}}}));
}

}  // namespace
}  // namespace parley::support
