// What is said to a room beyond the bounds of its queues.
#include "rooms_fixture.hpp"

namespace parley::rooms {
namespace {

using RoomBounds = RoomsFixture;

TEST_F(RoomBounds, WhoComesAfterTheLastPlaceToWaitForALoadingRoomIsRefusedAndTheOthersAreServed) {
    std::size_t served = 0;
    std::vector<Refusal> refused;
    for (std::size_t i = 0; i < limits::kRoomWaiters + 2; ++i) {
        modules_->rooms().on_room(room_, [&](auto found) {
            if (found)
                ++served;
            else
                refused.push_back(found.error());
        });
    }
    shards_.run_until_idle();  // the store has not answered yet
    EXPECT_EQ(served, 0u);
    EXPECT_EQ(refused, (std::vector{Refusal::busy, Refusal::busy}));
    idle();
    EXPECT_EQ(served, limits::kRoomWaiters);
    EXPECT_EQ(refused.size(), 2u);
}

TEST_F(RoomBounds, ALoadingRoomHoldsSoManyEventsAndBeyondThatIsReadAgain) {
    Sequence stored;
    visit([&](RoomContext room) { stored = room.room().head(); });
    const auto head_after_loading_beside = [&](std::size_t count) {
        shards_.advance(3 * limits::kRoomIdleTime);  // forgotten
        idle();
        Sequence head;
        modules_->rooms().on_room(room_, [&](auto found) { head = found->room().head(); });
        shards_.run_until_idle();  // the store has not answered yet
        for (auto next = stored.next(); next.value() <= stored.value() + count; next = next.next()) {
            const RoomEvent typed{next, MessagePosted{}};
            modules_->rooms().publish(shard::ShardId{0}, room_, {&typed, 1});
        }
        idle();
        return head.value() - stored.value();
    };
    EXPECT_EQ(head_after_loading_beside(limits::kEventsPerFrame), limits::kEventsPerFrame);
    EXPECT_EQ(head_after_loading_beside(limits::kEventsPerFrame + 1), 0u) << "as the store says";
}

TEST_F(RoomBounds, WhatWaitsForAnEventThatIsNotPublishedHasABoundAndGoesOnWithIt) {
    std::size_t gone_on = 0;
    std::size_t refused = 0;
    Sequence next;
    visit([&](RoomContext room) { next = room.room().head().next(); });
    for (std::size_t i = 0; i < limits::kRoomWaiters + 2; ++i) {
        visit([&](RoomContext room) {
            const bool waits = room.when_published(next, [&](RoomContext) { ++gone_on; });
            if (!waits) ++refused;
        });
    }
    EXPECT_EQ(gone_on, 0u);
    EXPECT_EQ(refused, 2u);
    const RoomEvent joined{next, MemberJoined{UserId(7), Timestamp{1}}};
    modules_->rooms().publish(shard::ShardId{0}, room_, {&joined, 1});
    idle();
    EXPECT_EQ(gone_on, limits::kRoomWaiters);
}

TEST_F(RoomBounds, AShardThatIsBehindHasItsListenersCutAndThoseInStepAreTold) {
    visit([&](RoomContext room) { room.subscribe({shard::ShardId{0}, net::ConnectionId(1), UserId(1)}); });
    const auto publish = [&] {
        Sequence next;
        visit([&](RoomContext room) { next = room.room().head().next(); });
        const RoomEvent joined{next, MemberJoined{UserId(next.value() + 100), Timestamp{1}}};
        modules_->rooms().publish(shard::ShardId{0}, room_, {&joined, 1});
        idle();
    };
    shards_.pretend_backlog(shard::ShardId{0}, limits::kShardQueueEntries);
    publish();
    EXPECT_EQ(listener_.all<RoomEvents>().size(), 1u);
    EXPECT_FALSE(listener_.closed);
    shards_.pretend_backlog(shard::ShardId{0}, limits::kShardQueueEntries + 1);
    publish();
    EXPECT_EQ(listener_.all<RoomEvents>().size(), 1u);
    EXPECT_TRUE(listener_.closed);
}

// Each publication put a task more into the queue that was too long already.
TEST_F(RoomBounds, AShardThatIsBehindIsAskedOnceToCutARoomsListeners) {
    const auto subscribe = [&](net::ConnectionId connection, UserId user) {
        visit([&](RoomContext room) { room.subscribe({shard::ShardId{0}, connection, user}); });
    };
    subscribe(net::ConnectionId(1), UserId(1));
    Sequence last;
    visit([&](RoomContext room) { last = room.room().head(); });
    const auto publish = [&] {
        last = last.next();
        const RoomEvent joined{last, MemberJoined{UserId(last.value() + 100), Timestamp{1}}};
        modules_->rooms().publish(shard::ShardId{0}, room_, {&joined, 1});
    };
    constexpr auto kBehind = limits::kShardQueueEntries + 1;
    shards_.pretend_backlog(shard::ShardId{0}, kBehind);
    for (int i = 0; i < 100; ++i) publish();
    EXPECT_EQ(shards_.backlog(shard::ShardId{0}), kBehind + 1);
    idle();
    EXPECT_TRUE(listener_.closed);
    support::MemoryConnection second{shard::ShardId{0}, net::ConnectionId(2)};
    modules_->rooms().enter(second, UserId(2));
    subscribe(net::ConnectionId(2), UserId(2));
    shards_.pretend_backlog(shard::ShardId{0}, 0);
    publish();
    idle();
    EXPECT_EQ(second.all<RoomEvents>().size(), 1u) << "who comes behind the cut is told";
    shards_.pretend_backlog(shard::ShardId{0}, kBehind);
    for (int i = 0; i < 100; ++i) publish();
    EXPECT_EQ(shards_.backlog(shard::ShardId{0}), kBehind + 1);
    idle();
    EXPECT_TRUE(second.closed) << "and is cut like the others";
    modules_->rooms().leave(second);
    idle();
}

}  // namespace
}  // namespace parley::rooms
