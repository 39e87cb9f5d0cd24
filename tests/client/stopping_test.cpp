// How a program ends: what it has to wait for before it stops, and that nothing is waited for afterwards.
#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;

constexpr std::int64_t kHour = 3'600'000;

class Stopping : public testing::Test {
  protected:
    Stopping() { server_.log_in({Server::summary(Server::kGeneral, 9, 9), Server::summary(kPlans, 9, 9)}); }

    static constexpr RoomId kPlans{22};
    Server server_;
};

TEST_F(Stopping, NothingIsDueOnceStoppedAlsoWhereSomebodysStatusIsToEnd) {
    server_.say(Profiles{{Profile{Server::kBo, AccountName::cut("bo"), Nick::cut("Bo"), ProfileRevision(20),
                                  StatusText::cut("lunch"), Timestamp{server_.now.wall.milliseconds + kHour / 2}}}});
    server_.say(Typing{Server::kGeneral, {Server::kBo}});
    server_.client.mark_read(Server::kGeneral, Ordinal(9));
    server_.client.mark_read(kPlans, Ordinal(9));
    server_.client.stop(server_.now);
    EXPECT_EQ(server_.client.next_deadline(), std::nullopt);
    server_.pass(kHour);
    EXPECT_EQ(server_.client.next_deadline(), std::nullopt);
}

TEST_F(Stopping, WhatWasReadIsUnsentUntilTheServerWasToldOfEachRoom) {
    EXPECT_FALSE(server_.client.has_unsent_reads());
    server_.client.mark_read(Server::kGeneral, Ordinal(9));
    EXPECT_FALSE(server_.client.has_unsent_reads());
    EXPECT_EQ(server_.take_notices<ReadsSent>().size(), 1u);
    server_.client.mark_read(kPlans, Ordinal(9));
    EXPECT_TRUE(server_.client.has_unsent_reads());
    server_.pass(999);
    EXPECT_TRUE(server_.client.has_unsent_reads());
    EXPECT_TRUE(server_.take_notices<ReadsSent>().empty());
    server_.pass(1);
    EXPECT_FALSE(server_.client.has_unsent_reads());
    EXPECT_EQ(server_.take_notices<ReadsSent>().size(), 1u);
}

TEST_F(Stopping, WhatWasReadOfflineIsUnsentUntilTheConnectionIsBack) {
    server_.cut();
    server_.client.mark_read(Server::kGeneral, Ordinal(9));
    EXPECT_TRUE(server_.client.has_unsent_reads());
    server_.pass_to_deadline();
    server_.open();
    server_.greet();
    server_.say(Server::welcome({Server::summary(Server::kGeneral, 9, 9), Server::summary(kPlans, 9, 9)}));
    EXPECT_FALSE(server_.client.has_unsent_reads());
}

TEST_F(Stopping, NothingIsUnsentOfARoomThatIsGone) {
    server_.client.mark_read(Server::kGeneral, Ordinal(9));
    server_.client.mark_read(kPlans, Ordinal(9));
    AccountEvents events;
    (void)events.events.push_back(AccountEvent{AccountSequence(6), RoomRemoved{kPlans}});
    server_.say(events);
    EXPECT_FALSE(server_.client.has_unsent_reads());
    EXPECT_EQ(server_.take_notices<RoomsChanged>().size(), 1u) << "who waits for them hears of it";
}

}  // namespace
}  // namespace parley::client
