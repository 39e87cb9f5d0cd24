// F9, F10: peers that do not read, do not answer, or are not there any more.
#include <csignal>

#include <algorithm>
#include <atomic>
#include <thread>

#include "faults/fault_test.hpp"
#include "faults/proc.hpp"
#include "faults/proxy.hpp"
#include "faults/raw_talker.hpp"

namespace parley::faults {
namespace {

class F9 : public FaultTest {};

TEST_F(F9, SlowReadersCostLittleAndHarmNobody) {
    serve();
    auto& all = gather({.writers = 50, .readers = 50, .rooms = 5, .under_way = 1, .text_bytes = 500});
    RawTalker ana(port, "ana");
    RawTalker bo(port, "bo");
    all.talk(true);
    ASSERT_TRUE(all.until_acknowledged(2'000));
    const auto before = Process(server->pid()).resident_mib();
    std::vector<std::unique_ptr<RawTalker>> slow;
    for (int i = 0; i < 20; ++i) {
        slow.push_back(std::make_unique<RawTalker>(port, "slow-" + std::to_string(i), 4'096));
        for (int ask = 0; ask < 40; ++ask)
            slow.back()->say(LoadHistory{7, slow.back()->general(), HistoryDirection::before, Ordinal(), 100});
    }
    auto most = before;
    std::vector<double> typing_ms;
    std::atomic<bool> over = false;
    std::thread typist([&] {
        while (!over) typing_ms.push_back(typing_time_ms(ana, bo));
    });
    const Stopwatch watch;
    const auto time = in_form(2'000.0, 20'000.0);
    while (watch.milliseconds() < time) {
        all.run(50ms);
        most = std::max(most, Process(server->pid()).resident_mib());
    }
    over = true;
    all.run(500ms);
    typist.join();
    std::sort(typing_ms.begin(), typing_ms.end());
    ASSERT_FALSE(typing_ms.empty());
    EXPECT_EQ(all.connections_lost(), 0u);
    at_most("F9", "memory of 20 slow readers", most - before, 64, "MiB");
    at_most("F9", "typing of others p99", typing_ms[typing_ms.size() * 99 / 100], 50, "ms");
    ASSERT_TRUE(all.settle());
    judge("with slow readers");
    all.leave();
}

class F10 : public FaultTest {
  protected:
    static void hear_of(RawTalker& watcher, const MemberPresence& news) {
        (void)watcher.hear<PresenceChanged>([&](const PresenceChanged& changed) {
            return std::find(changed.people.begin(), changed.people.end(), news) != changed.people.end();
        });
    }
    static void hear_offline(RawTalker& watcher, UserId gone) { hear_of(watcher, {gone, Presence::offline}); }
};

TEST_F(F10, APathThatTakesNothingIsCutAtTheBoundOfItsOutbox) {
    serve();
    auto& all = gather({.writers = 20, .readers = 5, .rooms = 0, .under_way = 2, .text_bytes = 4'000});
    Proxy proxy(port, 10);
    RawTalker watcher(port, "watcher");
    auto gone = std::make_unique<RawTalker>(proxy.port(), "gone");
    proxy.freeze(true);
    const auto before = Process(server->pid()).resident_mib();
    std::atomic<bool> heard = false;
    std::thread watching([&] {
        hear_offline(watcher, gone->self());
        heard = true;
    });
    all.talk(true);
    const Stopwatch watch;
    const bool in_time = all.until([&] { return heard.load(); }, 70s);
    watching.join();
    ASSERT_TRUE(in_time);
    at_most("F10", "offline after the path took no more, under load", watch.milliseconds(), 45'000, "ms");
    at_most("F10", "memory meanwhile", Process(server->pid()).resident_mib() - before, 32, "MiB");
    ASSERT_TRUE(all.settle());
    all.leave();
}

// In the full form it only falls silent, which takes 45 s to be sure of; in the short one it is gone.
TEST_F(F10, APeerThatIsGoneOrAnswersNothingIsForgottenInTime) {
    serve();
    auto& all = gather({.writers = 1, .readers = 1, .rooms = 0});
    RawTalker watcher(port, "watcher");
    RawTalker mute(port, "mute");
    hear_of(watcher, {mute.self(), Presence::online});  // whoever comes and goes at once is not spoken of
    const auto descriptors = Process(server->pid()).descriptors();
    const Stopwatch watch;
    std::atomic<bool> heard = false;
    std::thread watching([&] {
        hear_offline(watcher, mute.self());
        heard = true;
    });
    if (!full_form()) mute.wire().socket().close();
    // The watcher itself says something now and then.
    for (int i = 0; i < 12 && !heard; ++i) {
        watcher.say(ClientBeat{1});
        (void)all.until([&] { return heard.load(); }, 5s);
    }
    watching.join();
    at_most("F10", "a mute peer is offline after", watch.milliseconds(), 45'000, "ms");
    EXPECT_TRUE(all.until([&] { return Process(server->pid()).descriptors() < descriptors; }));
}

}  // namespace
}  // namespace parley::faults
