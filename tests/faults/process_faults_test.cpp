// F1, F2, F18: the server is killed, ended, stopped and woken.
#include <csignal>

#include <random>

#include "faults/fault_test.hpp"

namespace parley::faults {
namespace {

class F1 : public FaultTest {
  protected:
    // Killed before it listens; or, if it was quicker than that, right after.
    void kill_while_it_starts(std::mt19937& chance) {
        auto how = start();
        how.waits = false;
        serve(how);
        talkers->run(std::chrono::milliseconds(chance() % 60));
        EXPECT_EQ(server->end(SIGKILL), -SIGKILL);
    }
};

TEST_F(F1, KilledUnderLoadAndWhileStarting) {
    const auto rounds = in_form(6, 50);
    fill(in_form(2'000u, 100'000u));
    serve();
    auto& all = gather();
    std::mt19937 chance(1);
    double slowest_ms = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto when = "round " + std::to_string(round);
        all.talk(true);
        ASSERT_TRUE(all.until_acknowledged(1 + chance() % 1'000)) << when;
        EXPECT_EQ(server->end(SIGKILL), -SIGKILL) << when;
        ASSERT_TRUE(all.until([&] { return all.none_connected(); })) << when;
        check_copy(when);
        if (round % 3 == 2) kill_while_it_starts(chance);
        serve();
        slowest_ms = std::max(slowest_ms, ready_ms);
        all.reconnect_now();
        ASSERT_TRUE(all.settle()) << when;
        judge(when);
        if (HasFailure()) break;
    }
    all.leave();
    at_most("F1", std::to_string(rounds) + " kills, slowest ready with " + std::to_string(filled.value()) + " messages",
            slowest_ms, 1'000, "ms");
    at_least("F1", "acknowledged under kills, all eight counts 0", static_cast<double>(all.acknowledged()), rounds,
             "messages");
}

TEST_F(F1, ReadyInTimeWithALongHistory) {
    fill(in_form(20'000u, 10'000'000u));
    double slowest_ms = 0;
    for (int round = 0; round < 3; ++round) {
        serve();
        slowest_ms = std::max(slowest_ms, ready_ms);
        EXPECT_EQ(server->end(SIGKILL), -SIGKILL);
    }
    at_most("F1", "slowest ready with " + std::to_string(filled.value()) + " messages", slowest_ms, 3'000, "ms");
}

class F2 : public FaultTest {};

TEST_F(F2, EndedUnderLoadByTheBookAndStartedAgain) {
    const auto rounds = in_form(3, 20);
    serve();
    auto& all = gather();
    std::mt19937 chance(2);
    double slowest_end_ms = 0;
    double slowest_return_ms = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto when = "round " + std::to_string(round);
        all.talk(true);
        ASSERT_TRUE(all.until_acknowledged(1 + chance() % 2'000)) << when;
        const Stopwatch ending;
        server->send(SIGTERM);
        ASSERT_TRUE(all.until([&] { return server->has_ended(); })) << when;
        slowest_end_ms = std::max(slowest_end_ms, ending.milliseconds());
        EXPECT_EQ(server->end(0), 0) << when;
        ASSERT_TRUE(all.until([&] { return all.none_connected(); })) << when;
        for (auto& person : all.people())
            EXPECT_TRUE(person->last_loss.starts_with("1001") || person->last_loss.starts_with("1012"))
                << when << ": " << person->name() << ": " << person->last_loss;
        serve();
        const Stopwatch returning;
        ASSERT_TRUE(all.until([&] { return all.all_connected(); })) << when;
        slowest_return_ms = std::max(slowest_return_ms, returning.milliseconds());
        ASSERT_TRUE(all.settle()) << when;
        judge(when);
        if (HasFailure()) break;
        // After a connection that has lasted the back-off starts anew.
        if (full_form()) all.run(limits::kConnectionLasted);
    }
    all.leave();
    at_most("F2", std::to_string(rounds) + " ends, slowest", slowest_end_ms, 5'000, "ms");
    at_most("F2", "slowest return of all clients after ready", slowest_return_ms, 3'000, "ms");
}

class F18 : public FaultTest {};

TEST_F(F18, StoppedAndWokenCutsNobodyByItsOwnTimers) {
    serve();
    auto& all = gather();
    all.talk(true);
    ASSERT_TRUE(all.until_acknowledged(500));
    // In the middle of the talk: after more silence than this the clients themselves would look for another server.
    server->send(SIGSTOP);
    all.run(in_form(1s, 30s));
    server->send(SIGCONT);
    ASSERT_TRUE(all.until_acknowledged(500));
    ASSERT_TRUE(all.settle());
    judge("after waking");
    all.leave();
    at_most("F18", "connections cut by a stop", static_cast<double>(all.connections_lost()), 0, "connections");
}

}  // namespace
}  // namespace parley::faults
