// F10 to F13: peers that are dead or half open, a ruined network, gaps, lost answers.
#include <csignal>

#include <algorithm>
#include <random>

#include "faults/fault_test.hpp"
#include "faults/proxy.hpp"
#include "faults/raw_talker.hpp"

namespace parley::faults {
namespace {

double in_ms(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

class F11 : public FaultTest {
  protected:
    // The slowest return of those who noticed their loss when the network was whole again; and the longest that one who
    // had noticed before still waited for her next try.
    void note_returns(std::chrono::steady_clock::time_point healed) {
        for (const auto& person : talkers->people()) {
            for (const auto& one : person->returns) {
                if (one.noticed >= healed)
                    slowest_return_ms = std::max(slowest_return_ms, in_ms(one.back - one.noticed));
                if (one.noticed < healed && one.back > healed)
                    slowest_wait_ms = std::max(slowest_wait_ms, in_ms(one.back - healed));
            }
        }
    }
    double slowest_return_ms = 0;
    double slowest_wait_ms = 0;
};

TEST_F(F11, ARuinedNetworkLosesAndDoublesNothing) {
    serve();
    const auto seeds = in_form<std::uint64_t>(2, 20);
    const auto time = in_form(std::chrono::milliseconds(3s), std::chrono::milliseconds(30s));
    Proxy proxy(port, 11);
    auto& all = gather_at(proxy.port(), {.writers = 25, .readers = 25, .rooms = 5, .under_way = 2});
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const auto when = "seed " + std::to_string(seed);
        all.talk(true);
        proxy.ruin(true);
        proxy.cut_all();
        all.run(time);
        proxy.ruin(false);
        const auto healed = std::chrono::steady_clock::now();
        if (!full_form()) proxy.cut_all();  // nobody has to find out by the silence
        ASSERT_TRUE(all.settle()) << when;
        note_returns(healed);
        judge(when);
        if (HasFailure()) break;
    }
    EXPECT_GT(proxy.ended_by_lot(), 0u);
    EXPECT_GT(proxy.swallowed(), 0u);
    all.leave();
    at_least("F11", std::to_string(seeds) + " seeds, all eight counts 0, connections ended by the network",
             static_cast<double>(proxy.ended_by_lot() + proxy.swallowed()), static_cast<double>(seeds), "connections");
    at_most("F11", "a silent path given up, and its connection closed, after", proxy.slowest_notice_ms(),
            in_ms(limits::kServerSilence + limits::kCloseTime) + 1'000, "ms");
    at_most("F11", "back after noticing it in a network that is whole again", slowest_return_ms, 5'000, "ms");
    // Her try may have begun in the network that swallows, and have got as far as the greeting.
    at_most("F11", "back after the network healed, for those who had noticed before", slowest_wait_ms,
            in_ms(2 * limits::kOpeningTime + limits::kReconnectSoon), "ms");
}

TEST_F(F11, AReturnCostsOnlyWhatWasMissed) {
    serve();
    Proxy proxy(port, 12);
    Talkers away(url_at(proxy.port()), directory.path() / "away",
                 {.writers = 0, .readers = 1, .rooms = 0, .prefix = "away"});
    away.come_in();
    auto& all = gather({.writers = 10, .readers = 0, .rooms = 0, .text_bytes = 200});
    ASSERT_TRUE(away.settle());
    proxy.cut_all();
    const auto before = away.people()[0]->seen;
    all.talk(true);
    ASSERT_TRUE(all.until_acknowledged(in_form(500u, 3'000u)));
    ASSERT_TRUE(all.settle());
    const auto bytes_before = proxy.bytes_to_clients();
    const Stopwatch returning;
    ASSERT_TRUE(
        away.until([&] { return away.all_connected() && away.people()[0]->seen - before >= all.acknowledged(); }));
    const auto bytes = static_cast<double>(proxy.bytes_to_clients() - bytes_before);
    const auto missed = static_cast<double>(away.people()[0]->seen - before);
    EXPECT_EQ(missed, static_cast<double>(all.acknowledged()));
    // Of a message: its text, and at least its sequence, kind, length, ordinal, author, operation and time.
    constexpr double kBytesOfOne = 200 + 2 + 1 + 2 + 2 + 8 + 16 + 8 + 2;
    at_most("F11", "bytes of a return over what was missed", bytes / (missed * kBytesOfOne), 1.2, "times");
    at_most("F11", "back after it noticed", returning.milliseconds(), 5'000, "ms");
}

class F12 : public FaultTest {
  protected:
    struct Gap {
        std::string name;
        std::uint64_t at_least;  // messages missed
        std::uint64_t at_most;
        std::chrono::milliseconds time;
        bool resets;
    };
    // Everybody behind the proxy hears nothing while others go on talking in general.
    void leave_a_gap(Proxy& proxy, Talkers& away, const Gap& gap) {
        proxy.freeze(true);
        const auto before = talkers->acknowledged();
        talkers->talk(true);
        const auto end = std::chrono::steady_clock::now() + gap.time;
        ASSERT_TRUE(talkers->until(
            [&] {
                const auto missed = talkers->acknowledged() - before;
                if (missed >= gap.at_most) talkers->talk(false);
                return missed >= gap.at_least && std::chrono::steady_clock::now() >= end;
            },
            gap.time + 2min))
            << gap.name;
        ASSERT_TRUE(talkers->settle()) << gap.name;
        proxy.cut_all();
        proxy.freeze(false);
        const auto resets_before = resets(away);
        away.expect_what(*talkers);
        ASSERT_TRUE(away.settle()) << gap.name;
        const auto missed = talkers->acknowledged() - before;
        if (gap.resets) {
            EXPECT_EQ(resets(away) - resets_before, away.people().size()) << gap.name << ": nobody was told";
        } else {
            EXPECT_EQ(resets(away), resets_before) << gap.name << ", " << missed << " missed";
        }
        const auto result = audit::audit({talkers->log_file(), away.log_file()}, data());
        ASSERT_TRUE(result) << result.error();
        EXPECT_TRUE(result->verdict.is_clean())
            << gap.name << ": " << testing::PrintToString(result->verdict.cases(audit::Fault::unseen));
        at_least("F12",
                 gap.name + (gap.resets ? ": told that it is too far behind" : ": resumed without a hole") + ", missed",
                 static_cast<double>(missed), static_cast<double>(std::max<std::uint64_t>(1, gap.at_least)),
                 "messages");
    }
    static std::uint64_t resets(Talkers& away) {
        std::uint64_t all = 0;
        for (auto& person : away.people()) all += person->resets;
        return all;
    }
};

TEST_F(F12, AGapIsFilledOrSaidToBeTooLong) {
    serve();
    Proxy proxy(port, 12);
    const std::size_t people = in_form(10u, 50u);
    gather({.writers = people, .readers = 0, .rooms = 0, .under_way = 8});
    Talkers away(url_at(proxy.port()), directory.path() / "away",
                 {.writers = 0, .readers = people, .rooms = 0, .prefix = "away"});
    away.come_in();
    ASSERT_TRUE(away.settle());
    constexpr std::uint64_t kMany = limits::kSyncEvents + 100;
    std::vector<Gap> gaps{{"a short partition", 1, 5'000, in_form<std::chrono::milliseconds>(300ms, 5s), false}};
    if (full_form()) gaps.push_back({"a partition of 60 s", 1, 10'000, 60s, false});
    if (full_form()) gaps.push_back({"a partition of 10 min", 1, 10'000, 10min, false});
    if (full_form()) gaps.push_back({"10,000 missed", 10'000, 10'000, 0ms, false});
    gaps.push_back({"more than is resumed missed", kMany, kMany, 0ms, true});
    for (const auto& gap : gaps) {
        leave_a_gap(proxy, away, gap);
        if (HasFailure()) break;
    }
}

class F13 : public FaultTest {};

TEST_F(F13, AnAnswerThatIsLostIsGivenAgainAndNothingIsStoredTwice) {
    serve();
    Proxy proxy(port, 13);
    constexpr std::size_t kWriters = 50;
    const auto rounds = in_form(3u, 20u);
    // Who watches is not behind the proxy.
    Talkers watching(url(), directory.path() / "watching",
                     {.writers = 0, .readers = in_form(5u, 50u), .rooms = 0, .prefix = "watching"});
    watching.come_in();
    auto& all = gather_at(proxy.port(), {.writers = kWriters, .readers = 0, .rooms = 0});
    std::uint64_t cuts = 0;
    std::uint64_t answers_lost = 0;
    std::mt19937 chance(13);
    for (std::uint32_t round = 0; round < rounds; ++round) {
        const auto when = "round " + std::to_string(round);
        all.talk(true);
        ASSERT_TRUE(all.until_acknowledged(1 + chance() % 400)) << when;
        proxy.swallow_answers(true);
        // What had passed already is taken, however slow the machine is.
        std::uint64_t told = 0;
        do {
            told = all.acknowledged();
            all.run(30ms);
        } while (all.acknowledged() != told);
        // Everything that is under way is stored and heard by others, and no answer to it comes through.
        ASSERT_TRUE(watching.until([&] {
            all.run(5ms);
            return watching.people()[0]->seen >= told + kWriters;
        })) << when;
        EXPECT_EQ(all.acknowledged(), told) << when;
        answers_lost += watching.people()[0]->seen - told;
        cuts += proxy.connections();
        const auto lost = all.connections_lost();
        proxy.cut_all();
        proxy.swallow_answers(false);
        ASSERT_TRUE(all.until([&] { return all.connections_lost() >= lost + kWriters; })) << when;
        all.reconnect_now();
        ASSERT_TRUE(all.settle()) << when;
        watching.expect_what(all);
        ASSERT_TRUE(watching.settle()) << when;
        judge(when);
        if (HasFailure()) break;
    }
    const auto both = audit::audit({all.log_file(), watching.log_file()}, data());
    ASSERT_TRUE(both);
    EXPECT_TRUE(both->verdict.is_clean());
    at_least("F13", "connections cut between commit and answer", static_cast<double>(cuts),
             static_cast<double>(rounds * kWriters), "cuts");
    at_least("F13", "answers lost and given again with the first place, nothing stored twice",
             static_cast<double>(answers_lost), static_cast<double>(rounds * kWriters), "answers");
}

}  // namespace
}  // namespace parley::faults
