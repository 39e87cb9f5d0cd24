// A room that cannot be read now refuses for now, by way of the store: what was done before keeps its result, and what
// was said after waits for what was said before.
#include "seeded_server/failing_reads.hpp"
#include "server_fixture.hpp"

namespace parley::support {
namespace {

class FailingRoomsTest : public ServerFixture {
  protected:
    void SetUp() override {
        ServerFixture::SetUp();
        auto& ana = account("ana");
        token = server->make_account("bo");
        auto& bo = server->sign_in(token);
        server->say(ana, CreateRoom{{OutboxId(5), 1}, *RoomName::from("den")});
        idle();
        den = ana.last<Done>()->room;
        joined = next_op();
        server->say(bo, JoinRoom{joined, den});
        server->say(bo, LeaveRoom{next_op(), den});
        idle();
        server.reset();
        failing = std::make_unique<FailingReadsBackend>(*backend);
        server = std::make_unique<SeededServer>(*failing, 2);
    }
    void TearDown() override { server.reset(); }

    std::unique_ptr<FailingReadsBackend> failing;
    Token token{};
    RoomId den;
    OpId joined;
};

TEST_F(FailingRoomsTest, WhatWasDoneBeforeKeepsItsResult) {
    auto& bo = server->sign_in(token);
    failing->fails.room = true;
    server->say(bo, JoinRoom{joined, den});
    idle();
    EXPECT_FALSE(bo.last<Refused>());
    ASSERT_TRUE(bo.last<Done>());
    EXPECT_EQ(bo.last<Done>()->op, joined);
    EXPECT_EQ(bo.last<Done>()->room, den);
}

TEST_F(FailingRoomsTest, WhatComesAfterARefusalForNowWaitsForIt) {
    auto& bo = server->sign_in(token);
    failing->fails.room = true;
    const auto first = next_op();
    const auto second = next_op();
    server->say(bo, JoinRoom{first, den});
    idle();
    EXPECT_EQ(bo.last<Refused>()->op, first);
    EXPECT_EQ(bo.last<Refused>()->reason, Refusal::storage_failing);
    failing->fails.room = false;
    // A new connection: its session knows nothing of the refusal, the store does.
    auto& again = server->sign_in(token);
    server->say(again, SetNick{second, *Nick::from("Bo")});
    idle();
    EXPECT_EQ(again.last<Refused>()->reason, Refusal::behind_a_refused_one);
    server->say(again, JoinRoom{first, den});
    idle();
    EXPECT_EQ(again.last<Done>()->op, first);
    server->say(again, SetNick{second, *Nick::from("Bo")});
    idle();
    EXPECT_EQ(again.last<Done>()->op, second);
}

}  // namespace
}  // namespace parley::support
