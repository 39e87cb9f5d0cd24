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

}  // namespace
}  // namespace parley::client
