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

}  // namespace
}  // namespace parley::rooms
