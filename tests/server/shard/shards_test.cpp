// The promises of shard/executor.hpp, kept by the threads and by the seeded scheduler of the tests.
#include <gmock/gmock.h>

#include <future>
#include <set>
#include <stdexcept>
#include <thread>

#include "shard/asio_shards.hpp"
#include "shard/timer_queue.hpp"
#include "support/seeded_shards.hpp"

namespace parley::shard {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr ShardId kFirst{0};
constexpr ShardId kSecond{1};

TEST(TimerQueue, GivesDueCallsInOrderAndKeepsTheRest) {
    TimerQueue timers;
    std::vector<int> ran;
    timers.add(MonotonicTime(3s), [&] { ran.push_back(3); });
    timers.add(MonotonicTime(1s), [&] { ran.push_back(1); });
    timers.add(MonotonicTime(1s), [&] { ran.push_back(2); });
    while (auto task = timers.take_due(MonotonicTime(2s))) (*task)();
    EXPECT_THAT(ran, ElementsAre(1, 2));
    EXPECT_EQ(timers.next_due(), MonotonicTime(3s));
}

TEST(TimerQueue, ForgetsCancelledCallsAndTheirMemory) {
    TimerQueue timers;
    auto watched = std::make_shared<int>(0);
    const auto kept = timers.add(MonotonicTime(1s), [] {});
    for (int round = 0; round < 1000; ++round) timers.cancel(timers.add(MonotonicTime(2s), [watched] {}));
    EXPECT_EQ(watched.use_count(), 1);
    EXPECT_EQ(timers.size(), 1u);
    timers.cancel(kept);
    timers.cancel(kept);
    timers.cancel(TimerId{});
    EXPECT_EQ(timers.next_due(), std::nullopt);
}

TEST(AsioShards, RunsTasksOfOneSenderInOrderOnTheShardsThread) {
    AsioShards shards(2);
    std::vector<int> seen;
    std::promise<void> done;
    for (int number = 0; number < 10'000; ++number) {
        shards.post_to(kSecond, [&, number] {
            shards.at(kSecond).assert_here();
            seen.push_back(number);
        });
    }
    shards.post_to(kSecond, [&] { done.set_value(); });
    EXPECT_EQ(shards.backlog(kSecond), 10'001u);
    shards.start();
    done.get_future().wait();
    ASSERT_EQ(seen.size(), 10'000u);
    EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
    EXPECT_EQ(shards.backlog(kSecond), 0u);
}

TEST(AsioShards, CallsAfterTheDelayAndNotWhatWasCancelled) {
    AsioShards shards(1);
    std::promise<std::vector<int>> done;
    std::vector<int> ran;
    MonotonicTime asked;
    shards.post_to(kFirst, [&] {
        auto& here = shards.at(kFirst);
        asked = here.now();
        here.call_after(30ms, [&] {
            ran.push_back(30);
            EXPECT_GE(here.now() - asked, 30ms);
            done.set_value(ran);
        });
        here.call_after(1ms, [&] { ran.push_back(1); });
        here.cancel(here.call_after(2ms, [&] { ran.push_back(2); }));
    });
    shards.start();
    EXPECT_THAT(done.get_future().get(), ElementsAre(1, 30));
}

TEST(AsioShards, GoesOnAfterATaskOrATimerThrew) {
    AsioShards shards(1);
    std::vector<std::string> failures;
    std::promise<void> done;
    shards.on_task_failure([&](ShardId, std::string_view what) { failures.emplace_back(what); });
    shards.post_to(kFirst, [] { throw std::runtime_error("from a task"); });
    shards.post_to(kFirst, [&] {
        shards.at(kFirst).call_after(0ms, [] { throw std::runtime_error("from a timer"); });
        shards.at(kFirst).call_after(0ms, [&] { done.set_value(); });
    });
    shards.start();
    done.get_future().wait();
    shards.stop();
    EXPECT_THAT(failures, ElementsAre("from a task", "from a timer"));
}

TEST(AsioShards, DropsWhatComesAfterStopAndDestroysWhatWaits) {
    auto watched = std::make_shared<int>(0);
    {
        AsioShards shards(2);
        shards.post_to(kFirst, [watched] { FAIL() << "never started"; });
        shards.stop();
        shards.post_to(kFirst, [watched] { FAIL() << "stopped"; });
        EXPECT_EQ(watched.use_count(), 2);
    }
    EXPECT_EQ(watched.use_count(), 1);
}

TEST(AsioShards, LetsATaskThatIsDestroyedUnrunPostToTheOthers) {
    struct PostsAtItsEnd {
        AsioShards* shards;
        explicit PostsAtItsEnd(AsioShards& all) : shards(&all) {}
        PostsAtItsEnd(PostsAtItsEnd&& other) noexcept : shards(std::exchange(other.shards, nullptr)) {}
        ~PostsAtItsEnd() {
            if (shards != nullptr) shards->post_to(kFirst, [] {});
        }
    };
    AsioShards shards(2);
    shards.post_to(kSecond, [last = PostsAtItsEnd(shards)] {});
}

#ifndef NDEBUG
TEST(AsioShardsDeathTest, EndsTheProcessWhenUsedFromAnotherThread) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_DEATH(
        {
            AsioShards shards(1);
            shards.start();
            shards.at(kFirst).assert_here();
        },
        "used from another thread");
}
#endif

TEST(AsioShards, SpreadsIdsOverAllShards) {
    AsioShards shards(4);
    std::vector<int> homes(4);
    for (std::uint64_t id = 1; id <= 4'000; ++id) ++homes[index_of(shards.home_of(RoomId(id)))];
    EXPECT_THAT(homes, testing::Each(testing::Gt(500)));
}

// What a run of two senders to one receiver looked like.
std::vector<int> seeded_run(std::uint64_t seed) {
    support::SeededShards shards(3, seed);
    std::vector<int> seen;
    for (const std::uint32_t sender : {0u, 1u}) {
        shards.post_to(ShardId(sender), [&shards, &seen, sender] {
            for (int number = 0; number < 20; ++number) {
                shards.post_to(ShardId(2),
                               [&seen, sender, number] { seen.push_back(static_cast<int>(sender) * 100 + number); });
            }
        });
    }
    shards.run_until_idle();
    return seen;
}

TEST(SeededShards, ReplaysASeedAndDiffersBetweenSeeds) {
    EXPECT_EQ(seeded_run(7), seeded_run(7));
    EXPECT_NE(seeded_run(7), seeded_run(8));
}

TEST(SeededShards, KeepsTheOrderOfEachSender) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        std::vector<int> first;
        std::vector<int> second;
        for (const int number : seeded_run(seed)) (number < 100 ? first : second).push_back(number);
        EXPECT_EQ(first.size(), 20u);
        EXPECT_TRUE(std::is_sorted(first.begin(), first.end()));
        EXPECT_TRUE(std::is_sorted(second.begin(), second.end()));
    }
}

// A commit's publication and what was read before it: two threads post them, and either comes first.
TEST(SeededShards, WhatTwoOtherThreadsPostCrosses) {
    std::set<std::vector<int>> orders;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        support::SeededShards shards(2, seed);
        std::vector<int> ran;
        const auto post = [&](std::size_t thread, int what) {
            shards.as_thread(thread, [&] { shards.post_to(kSecond, [&ran, what] { ran.push_back(what); }); });
        };
        post(0, 1);
        post(0, 2);
        post(1, 10);
        shards.run_until_idle();
        orders.insert(ran);
    }
    EXPECT_THAT(orders,
                testing::UnorderedElementsAre(ElementsAre(1, 2, 10), ElementsAre(1, 10, 2), ElementsAre(10, 1, 2)));
}

TEST(SeededShards, LetsTimePassFromOneDueCallToTheNext) {
    support::SeededShards shards(2, 1);
    std::vector<std::chrono::nanoseconds> at;
    const auto start = shards.now();
    const auto wall = shards.at(kFirst).wall_clock();
    shards.at(kFirst).call_after(10s, [&] {
        at.push_back(shards.now() - start);
        shards.at(kFirst).call_after(5s, [&] { at.push_back(shards.now() - start); });
    });
    shards.at(kSecond).call_after(60s, [&] { at.push_back(60s); });
    shards.advance(59s);
    EXPECT_THAT(at, ElementsAre(10s, 15s));
    EXPECT_EQ(shards.now() - start, 59s);
    EXPECT_EQ(shards.at(kSecond).wall_clock().milliseconds - wall.milliseconds, 59'000);
}

}  // namespace
}  // namespace parley::shard
