// A device whose login waits for the store while things change.
#include <gmock/gmock.h>

#include <deque>

#include "people/people.hpp"
#include "support/seeded_shards.hpp"

namespace parley::people {
namespace {

constexpr UserId kAna{11};
constexpr shard::ShardId kShard{0};

// Its reads are answered when the test says so.
class WaitingStore final : public store::Store {
  public:
    void submit(store::Change, shard::ShardId, store::Answer) override { ADD_FAILURE() << "nothing is changed here"; }
    void run_query(shard::ShardId, Query query) override { queries.push_back(std::move(query)); }
    [[nodiscard]] bool healthy() const override { return true; }
    void note_failed_read(const store::StorageError&) override {}
    std::deque<Query> queries;
};

class NobodyLooks final : public PresenceListener {
    void presence_changed(RoomId, Sequence, UserId, Presence) override {}
};

class Arriving final : public Device {
  public:
    void arrived(const Arrival&) override { ADD_FAILURE() << "it had been refused"; }
    void could_not_arrive(Refusal why) override { refusals.push_back(why); }
    void account_changed(std::span<const AccountEvent>, const net::SharedFrame&) override {
        ADD_FAILURE() << "it has not arrived";
    }
    void profiles_changed(const net::SharedFrame&) override {}
    void lend(const Tokens&) override {}
    void take_rate_share(double) override {}
    void dismissed(std::string_view) override {}
    std::vector<Refusal> refusals;
};

// Beyond one frame of events the rest was left out of what she was told when she arrived.
TEST(AnArrivingDevice, MustComeAgainWhenMoreChangedThanOneFrameHolds) {
    support::SeededShards shards(1, 1);
    WaitingStore store;
    NobodyLooks nobody;
    People people(shards, store, nobody);
    Arriving device;
    people.attach(kAna, {kShard, net::ConnectionId(1)}, device, {}, {});
    shards.run_until_idle();
    ASSERT_EQ(store.queries.size(), 1u);
    AccountSequence sequence;
    const auto change = [&] {
        sequence = sequence.next();
        const AccountEvent moved{sequence, ReadMoved{RoomId(21), {{}, Ordinal(sequence.value())}, {}, {}, 0, {}}};
        people.account_changed(kShard, kAna, {&moved, 1});
        shards.run_until_idle();
    };
    for (std::size_t i = 0; i < limits::kEventsPerFrame; ++i) change();
    EXPECT_THAT(device.refusals, testing::IsEmpty());
    change();
    EXPECT_THAT(device.refusals, testing::ElementsAre(Refusal::busy));
    change();
    shards.post_to(kShard, store.queries.front()(nullptr));
    shards.run_until_idle();
    EXPECT_THAT(device.refusals, testing::ElementsAre(Refusal::busy)) << "it is told once";
}

}  // namespace
}  // namespace parley::people
