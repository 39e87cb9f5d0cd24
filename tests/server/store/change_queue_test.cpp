#include "store/change_queue.hpp"

#include <gmock/gmock.h>

namespace parley::store {
namespace {

QueuedChange post(std::uint64_t number, std::size_t bytes = 5) {
    return {
        AppendMessage{{UserId(1), {OutboxId(1), number}, 0}, RoomId(1), MessageText::cut(std::string(bytes, 'x')), {}},
        {},
        {}};
}
std::optional<Refusal> push(ChangeQueue& queue, QueuedChange change) {
    return queue.push(change);
}

TEST(ChangeQueue, KeepsTheOrder) {
    ChangeQueue queue({});
    for (std::uint64_t number = 1; number <= 5; ++number) EXPECT_EQ(push(queue, post(number)), std::nullopt);
    const auto first = queue.take(3, {});
    ASSERT_EQ(first.size(), 3u);
    EXPECT_EQ(operation_of(first[2].change)->op.number, 3u);
    EXPECT_EQ(queue.take(3, {}).size(), 2u);
    EXPECT_TRUE(queue.take(3, std::chrono::milliseconds(0)).empty());
}

TEST(ChangeQueue, IsBoundedInEntries) {
    ChangeQueue queue({.entries = 2});
    EXPECT_EQ(push(queue, post(1)), std::nullopt);
    EXPECT_EQ(push(queue, post(2)), std::nullopt);
    EXPECT_EQ(push(queue, post(3)), Refusal::busy);
    (void)queue.take(2, {});
    EXPECT_EQ(push(queue, post(4)), Refusal::behind_a_refused_one) << "3 must come first";
    EXPECT_EQ(push(queue, post(3)), std::nullopt);
    EXPECT_EQ(push(queue, post(4)), std::nullopt);
}

TEST(ChangeQueue, AConfirmationLetsAnOutboxGo) {
    ChangeQueue queue({.entries = 1});
    EXPECT_EQ(push(queue, post(1)), std::nullopt);
    EXPECT_EQ(push(queue, post(2)), Refusal::busy);
    (void)queue.take(1, {});
    EXPECT_EQ(push(queue, {ForgetResults{UserId(1), OutboxId(1), 2}, {}, {}}), std::nullopt);
    (void)queue.take(1, {});
    EXPECT_EQ(push(queue, post(3)), std::nullopt);
}

// What a dead connection still brings in must not overtake the refused one.
TEST(ChangeQueue, AnEarlierOneThatComesAgainDoesNotLetGo) {
    ChangeQueue queue({.entries = 1});
    EXPECT_EQ(push(queue, post(3)), std::nullopt);
    EXPECT_EQ(push(queue, post(5)), Refusal::busy);
    (void)queue.take(1, {});
    EXPECT_EQ(push(queue, post(4)), std::nullopt);
    (void)queue.take(1, {});
    EXPECT_EQ(push(queue, post(6)), Refusal::behind_a_refused_one);
}

TEST(ChangeQueue, IsBoundedInBytes) {
    ChangeQueue queue({.bytes = 3 * sizeof(Change) + 20'000});
    EXPECT_EQ(push(queue, post(1, 15'000)), std::nullopt);
    EXPECT_EQ(push(queue, post(2, 15'000)), Refusal::busy);
    EXPECT_EQ(queue.take(9, {}).size(), 1u);
    EXPECT_EQ(push(queue, post(2, 15'000)), std::nullopt) << "what was taken no longer counts";
}

TEST(ChangeQueue, ARefusedChangeStaysWithItsOwner) {
    ChangeQueue queue({.entries = 0});
    bool answered = false;
    auto change = post(1);
    change.answer = [&](const Outcome&) { answered = true; };
    EXPECT_EQ(queue.push(change), Refusal::busy);
    change.answer({});
    EXPECT_TRUE(answered);
}

TEST(ChangeQueue, ClosedItGivesWhatItHasAndTakesNothing) {
    ChangeQueue queue({});
    EXPECT_EQ(push(queue, post(1)), std::nullopt);
    queue.close(Refusal::storage_failing);
    queue.close(Refusal::busy);
    EXPECT_EQ(push(queue, post(2)), Refusal::storage_failing);
    EXPECT_EQ(queue.take(9, {}).size(), 1u);
    EXPECT_TRUE(queue.take(9, {}).empty());
}

}  // namespace
}  // namespace parley::store
