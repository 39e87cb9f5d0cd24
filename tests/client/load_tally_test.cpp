// parley-load must see what is lost, doubled and reordered: these tests do it to it.
#include "load/tally.hpp"

#include <gtest/gtest.h>

#include "load/options.hpp"
#include "load/process_use.hpp"

#include <unistd.h>

namespace parley::load {
namespace {

TEST(Stamp, TravelsInTheText) {
    const auto text = stamped_text(Stamp{7, 42, 123'456'789'012}, 100);
    EXPECT_EQ(text.size(), 100u);
    const auto read = read_stamp(text);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->sender, 7u);
    EXPECT_EQ(read->number, 42u);
    EXPECT_EQ(read->sent_ns, 123'456'789'012);
    for (const auto* other :
         {"", "hello", "s1", "s1 n2", "s1 n2 t", "s1 n2 t3", "s1 n0 t3 ", "sx n1 t1 ", "s1 n9999999999999 t1 "})
        EXPECT_FALSE(read_stamp(other)) << other;
    EXPECT_LE(stamped_text(Stamp{999, 4'000'000'000, 9'000'000'000'000'000}, 0).size(), kShortestText);
}

TEST(Latency, PercentilesAreWithinTwoPercent) {
    LatencyHistogram histogram;
    for (std::int64_t i = 1; i <= 100'000; ++i) histogram.add(i * 1'000);
    EXPECT_NEAR(static_cast<double>(histogram.at(0.5)), 50'000'000, 1'000'000);
    EXPECT_NEAR(static_cast<double>(histogram.at(0.99)), 99'000'000, 2'000'000);
    EXPECT_EQ(histogram.longest(), 100'000'000);
    EXPECT_LE(histogram.at(1.0), histogram.longest());
    EXPECT_EQ(LatencyHistogram().at(0.5), 0);
    LatencyHistogram extremes;
    extremes.add(-5);
    extremes.add(INT64_MAX);
    EXPECT_EQ(extremes.count(), 2u);
}

class Counting : public testing::Test {
  protected:
    Tally tally_{3, 2, 1};
    Tally::Arrival arrive(std::size_t client, std::uint32_t sender, std::uint64_t number) {
        return tally_.arrived(client, Stamp{sender, number, 0}, 10);
    }
};

TEST_F(Counting, ACleanRun) {
    tally_.sent(0);
    EXPECT_FALSE(arrive(0, 0, 1).everybody_has_it);
    EXPECT_FALSE(arrive(1, 0, 1).everybody_has_it);
    EXPECT_TRUE(arrive(2, 0, 1).everybody_has_it);
    EXPECT_TRUE(tally_.complete());
    EXPECT_EQ(tally_.lost() + tally_.doubled() + tally_.reordered() + tally_.disagreeing(), 0u);
}

TEST_F(Counting, LostDoubledAndReordered) {
    for (int i = 0; i < 3; ++i) tally_.sent(0);
    for (const std::uint64_t n : {1u, 2u, 3u}) arrive(0, 0, n);
    for (const std::uint64_t n : {1u, 3u, 2u}) arrive(1, 0, n);
    for (const std::uint64_t n : {1u, 1u, 3u}) arrive(2, 0, n);
    EXPECT_EQ(tally_.reordered(), 1u);
    EXPECT_EQ(tally_.doubled(), 1u);
    EXPECT_EQ(tally_.lost(), 1u);
    EXPECT_EQ(tally_.disagreeing(), 2u);
}

TEST_F(Counting, OneOrderForAll) {
    tally_.sent(0);
    tally_.sent(1);
    arrive(0, 0, 1);
    arrive(0, 1, 1);
    arrive(1, 0, 1);
    arrive(1, 1, 1);
    arrive(2, 1, 1);
    arrive(2, 0, 1);
    EXPECT_EQ(tally_.disagreeing(), 1u);
    EXPECT_EQ(tally_.reordered(), 0u);
}

TEST(CountingRooms, MessagesOfOtherRoomsAreStrays) {
    Tally tally(5, 2, 2);
    EXPECT_EQ(tally.room_size(0), 3u);
    EXPECT_EQ(tally.room_size(1), 2u);
    tally.sent(1);
    EXPECT_EQ(tally.expected(), 2u);
    tally.arrived(1, Stamp{1, 1, 0}, 1);
    tally.arrived(0, Stamp{1, 1, 0}, 1);
    tally.arrived(3, Stamp{1, 1, 0}, 1);
    EXPECT_EQ(tally.strayed(), 1u);
    EXPECT_TRUE(tally.complete());
    EXPECT_FALSE(tally.arrived(1, Stamp{1, 9, 0}, 1).counted);  // of an earlier run
    EXPECT_FALSE(tally.arrived(1, Stamp{77, 1, 0}, 1).counted);
}

TEST(ProcessUseOfThisProcess, IsReadFromProc) {
    const auto use = use_of_process(static_cast<int>(::getpid()));
    ASSERT_TRUE(use);
    EXPECT_GT(use->rss_bytes, 1'000'000u);
    EXPECT_FALSE(use_of_process(-1));
}

TEST(LoadOptions, AreChecked) {
    const auto parse = [](std::vector<const char*> words) {
        words.insert(words.begin(), {"parley-load", "--url", "ws://127.0.0.1:1/ws"});
        return parse_options(static_cast<int>(words.size()), words.data());
    };
    EXPECT_TRUE(std::holds_alternative<Options>(parse({"--clients", "1000", "--rooms", "10", "--senders", "20"})));
    EXPECT_EQ(std::get<int>(parse({"--clients", "0"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--clients", "5", "--rooms", "6"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--clients", "5", "--senders", "6"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--size", "10"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--baseline", "--rooms", "2"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--clients", "60000", "--senders", "60000"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--seconds", "0"})), 2);
    EXPECT_TRUE(std::holds_alternative<Options>(parse({"--clients", "10", "--storm", "4", "--looking", "6"})));
    EXPECT_EQ(std::get<int>(parse({"--clients", "10", "--storm", "4", "--looking", "7"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--looking", "7"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--storm", "4", "--baseline"})), 2);
    EXPECT_EQ(std::get<int>(parse({"--help"})), 0);
}

}  // namespace
}  // namespace parley::load
