// F5 to F8: the disk of the running server fails once, fails for a while, is full, is slow.
#include <csignal>

#include <algorithm>
#include <random>
#include <thread>

#include "faults/disk/faulty_disk.hpp"
#include "faults/fault_test.hpp"
#include "faults/raw_talker.hpp"

namespace parley::faults {
namespace {

class DiskFault : public FaultTest {
  protected:
    void SetUp() override {
        disk = std::make_unique<FaultyDisk>(data(), directory.path() / "switch");
        environment = disk->environment();
        serve();
    }
    bool until_status(unsigned wanted, std::chrono::milliseconds bound = 60s) {
        return talkers->until([&] { return status_of("/readyz") == wanted; }, bound);
    }
    [[nodiscard]] std::uint64_t refused() const {
        std::uint64_t all = 0;
        for (auto& person : talkers->people()) all += person->refused;
        return all;
    }
    std::unique_ptr<FaultyDisk> disk;
};

class F5 : public DiskFault {};

TEST_F(F5, OneFailedSyncAcknowledgesNothingFalselyAndRefusesNothingForGood) {
    const auto last = in_form<std::uint64_t>(8, 50);
    auto& all = gather();
    std::uint64_t exits = 0;
    for (std::uint64_t k = 1; k <= last; ++k) {
        const auto when = "sync " + std::to_string(k);
        const std::uint64_t failures = (*disk)->failures;
        (*disk)->failing_sync = (*disk)->syncs + k;
        all.talk(true);
        ASSERT_TRUE(all.until([&] { return (*disk)->failures > failures || server->has_ended(); })) << when;
        if (server->has_ended()) {
            ++exits;
            EXPECT_EQ(server->end(0), 1) << when;
            serve();
        }
        ASSERT_TRUE(all.until_acknowledged(20)) << when;
        ASSERT_TRUE(all.settle()) << when;
        judge(when);
        if (HasFailure()) break;
    }
    EXPECT_EQ(refused(), 0u);
    EXPECT_EQ(all.connections_lost(), 0u) << "one failed sync is settled without cutting anybody";
    EXPECT_EQ(server->end(SIGTERM), 0);
    EXPECT_EQ(integrity_of(data()), "ok");
    serve();
    ASSERT_TRUE(all.settle());
    judge("after a clean restart");
    all.leave();
    at_least("F5", "failed syncs settled, all eight counts 0", static_cast<double>((*disk)->failures),
             static_cast<double>(last), "syncs");
    at_most("F5", "exits", static_cast<double>(exits), 0, "exits");
}

class F6 : public DiskFault {
  protected:
    // While nothing can be stored: what needs no store goes on.
    static void check_that_reading_goes_on(RawTalker& ana, RawTalker& bo) {
        ana.say(LoadHistory{9, ana.general(), HistoryDirection::before, Ordinal(), 10});
        EXPECT_FALSE(ana.hear<History>([](const History& history) { return history.request == 9; }).messages.empty());
        ana.say(ReportTyping{ana.general()});
        (void)bo.hear<Typing>([&](const Typing& typing) {
            const auto& who = typing.users.items();
            return std::find(who.begin(), who.end(), ana.self()) != who.end();
        });
        ana.say(ReportPresence{Presence::away});
        (void)bo.hear<PresenceChanged>([&](const PresenceChanged& changed) {
            return std::any_of(changed.people.begin(), changed.people.end(), [&](const MemberPresence& person) {
                return person.user == ana.self() && person.presence == Presence::away;
            });
        });
        ana.say(ReportPresence{Presence::online});
    }
};

TEST_F(F6, EveryWriteFailsForAWhile) {
    auto& all = gather();
    RawTalker ana(server->port(), "ana");
    RawTalker bo(server->port(), "bo");
    all.talk(true);
    ASSERT_TRUE(all.until_acknowledged(500));
    const Stopwatch failing;
    disk->fail_all(EIO);
    ASSERT_TRUE(until_status(503));
    at_most("F6", "red after", failing.milliseconds(), 2'000, "ms");
    all.run(100ms);  // answers that were on their way
    const auto before = all.acknowledged();
    const auto time = in_form(std::chrono::milliseconds(1s), std::chrono::milliseconds(20s));
    for (int i = 0; i < 4; ++i) {
        check_that_reading_goes_on(ana, bo);
        all.run(time / 4);
        EXPECT_EQ(status_of("/readyz"), 503u);
    }
    const auto meanwhile = all.acknowledged() - before;
    EXPECT_EQ(meanwhile, 0u) << "acknowledged though nothing could be written";
    EXPECT_EQ(refused(), 0u);
    EXPECT_FALSE(server->has_ended());
    const Stopwatch mending;
    disk->fail_all(0);
    ASSERT_TRUE(until_status(200));
    at_most("F6", "green after the end of it", mending.milliseconds(), 5'000, "ms");
    ASSERT_TRUE(all.until_acknowledged(500));
    ASSERT_TRUE(all.settle());
    EXPECT_EQ(all.connections_lost(), 0u);
    judge("after the trouble");
    check_copy("after the trouble");
    all.leave();
    at_most("F6", "acknowledged meanwhile", static_cast<double>(meanwhile), 0, "messages");
}

class F7 : public DiskFault {
  protected:
    // Asked again and again while talkers run, until it is answered so.
    double milliseconds_until_stored(RawTalker& ana, OpId op) {
        const Stopwatch watch;
        for (;;) {
            ana.say(PostText{op, ana.general(), *MessageText::from("is there room?")});
            for (;;) {
                const auto answer = ana.next();
                if (const auto* done = std::get_if<Done>(&answer); done != nullptr && done->op == op)
                    return watch.milliseconds();
                if (const auto* no = std::get_if<Refused>(&answer); no != nullptr && no->op == op) break;
            }
            talkers->run(50ms);
        }
    }
};

TEST_F(F7, TheDiskIsFullForAWhile) {
    auto& all = gather();
    RawTalker ana(server->port(), "ana");
    all.talk(true);
    ASSERT_TRUE(all.until_acknowledged(500));
    (*disk)->write_error = ENOSPC;
    ASSERT_TRUE(until_status(503));
    const auto log_before = std::filesystem::file_size(directory.path() / "errors");
    const auto op = ana.next_op();
    const Stopwatch asking;
    ana.say(PostText{op, ana.general(), *MessageText::from("is there room?")});
    const auto no = ana.hear<Refused>([&](const Refused& refused) { return refused.op == op; });
    at_most("F7", "refused with a reason after", asking.milliseconds(), 1'000, "ms");
    EXPECT_TRUE(is_retryable(no.reason)) << static_cast<int>(no.reason);
    EXPECT_FALSE(no.sentence.view().empty());
    const auto time = in_form(std::chrono::milliseconds(1s), std::chrono::milliseconds(20s));
    all.run(time);
    ana.say(LoadHistory{9, ana.general(), HistoryDirection::before, Ordinal(), 10});
    EXPECT_FALSE(ana.hear<History>().messages.empty()) << "history is still served";
    EXPECT_FALSE(server->has_ended());
    const auto logged = static_cast<double>(std::filesystem::file_size(directory.path() / "errors") - log_before);
    at_most("F7", "log volume", logged * 60'000 / static_cast<double>(time.count()) / 1e6, 1, "MB/min");
    (*disk)->write_error = 0;
    at_most("F7", "stored again after room was made", milliseconds_until_stored(ana, op), 5'000, "ms");
    ASSERT_TRUE(all.until_acknowledged(500));
    ASSERT_TRUE(all.settle());
    all.log().sent(0, all.general(), op);  // ana is not of the talkers
    all.log().whole();
    EXPECT_EQ(refused(), 0u);
    judge("after the disk was full");
    check_copy("after the disk was full");
    all.leave();
}

class F8 : public DiskFault {};

TEST_F(F8, ASlowDiskKeepsAnswersWaitingAndNobodyElse) {
    auto& all = gather();
    RawTalker ana(server->port(), "ana");
    RawTalker bo(server->port(), "bo");
    (*disk)->sync_milliseconds = 200;
    all.talk(true);
    ASSERT_TRUE(all.until_acknowledged(1));
    std::vector<double> typing_ms;
    const auto samples = in_form(30u, 300u);
    std::atomic<bool> typed = false;
    std::thread typist([&] {
        for (std::size_t i = 0; i < samples; ++i) typing_ms.push_back(typing_time_ms(ana, bo));
        typed = true;
    });
    const Stopwatch talking;
    const auto before = all.acknowledged();
    const bool in_time = all.until([&] { return typed.load(); });
    all.run(in_form(std::chrono::milliseconds(2s), std::chrono::milliseconds(10s)));
    const auto per_second = static_cast<double>(all.acknowledged() - before) * 1'000 / talking.milliseconds();
    typist.join();
    ASSERT_TRUE(in_time);
    std::sort(typing_ms.begin(), typing_ms.end());
    at_most("F8", "typing p99", typing_ms[typing_ms.size() * 99 / 100], 100, "ms");
    at_least("F8", "acknowledged at 200 ms a sync", per_second, 50, "messages/s");
    (*disk)->sync_milliseconds = 0;
    ASSERT_TRUE(all.settle());
    judge("after the slow disk");
    all.leave();
}

}  // namespace
}  // namespace parley::faults
