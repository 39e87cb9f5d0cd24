#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "seeded_server/failing_reads.hpp"
#include "seeded_server/seeded_server.hpp"
#include "sqlite/sqlite_backend.hpp"
#include "support/temporary_directory.hpp"

namespace parley::rooms {
namespace {

using namespace std::chrono_literals;
using testing::Contains;

class RoomPresenceTest : public testing::Test {
  protected:
    void SetUp() override {
        auto opened = sqlite::SqliteBackend::open(directory_.path());
        ASSERT_TRUE(opened.has_value()) << opened.error();
        backend_ = std::move(*opened);
        room_ = backend_->open_reader().value()->directory({}, 1)->rooms.front().id;
        failing_ = std::make_unique<support::FailingReadsBackend>(*backend_);
        modules_ = std::make_unique<support::ServerModules>(*failing_, shards_, 1, support::ServerModules::Rules{});
        modules_->rooms().enter(listener_, UserId(1));
    }
    void idle() {
        while (shards_.run_until_idle() > 0 || modules_->store().has_work()) {
            if (modules_->store().has_work()) modules_->store().run_one();
        }
    }
    void visit(std::move_only_function<void(RoomContext)> call) {
        modules_->rooms().on_room(room_, [call = std::move(call)](auto found) mutable { call(*found); });
        idle();
    }

    UserId register_somebody() {
        const UserId member(9);
        modules_->store().submit(
            store::RegisterAccount{{OutboxId(9), 1}, member, AccountName::cut("bo"), "none", false, Timestamp{1}},
            shard::ShardId{0}, [](const store::Outcome&) {});
        idle();
        return member;
    }
    void tell(UserId member, Presence presence) {
        modules_->rooms().set_presence(room_, Sequence(0), member, presence);
        idle();
    }
    std::vector<MemberPresence> members_shown_to(UserId member) {
        visit([&](RoomContext room) { room.send_members({shard::ShardId{0}, net::ConnectionId(1), member}, 5); });
        const auto answer = listener_.last<Members>();
        return answer ? answer->members.items() : std::vector<MemberPresence>{};
    }

    support::TemporaryDirectory directory_{support::TemporaryDirectory::Where::memory};
    std::unique_ptr<store::Backend> backend_;
    std::unique_ptr<support::FailingReadsBackend> failing_;
    support::SeededShards shards_{1, 1};
    std::unique_ptr<support::ServerModules> modules_;
    support::MemoryConnection listener_{shard::ShardId{0}, net::ConnectionId(1)};
    RoomId room_;
};

// She comes by way of her home, and what let her in by way of the store.
TEST_F(RoomPresenceTest, WhoComesBeforeTheRoomKnowsOfHerIsPresentWhenItDoes) {
    const UserId newcomer(7);
    Sequence head;
    visit([&](RoomContext room) {
        head = room.room().head();
        room.subscribe({shard::ShardId{0}, net::ConnectionId(1), UserId(1)});
    });
    modules_->rooms().set_presence(room_, head.next(), newcomer, Presence::online);
    idle();
    shards_.advance(2s);
    EXPECT_TRUE(listener_.all<PresenceChanged>().empty());
    const RoomEvent joined{head.next(), MemberJoined{newcomer, Timestamp{1}}};
    modules_->rooms().publish(shard::ShardId{0}, room_, {&joined, 1});
    shards_.advance(2s);
    EXPECT_THAT(listener_.all<PresenceChanged>(),
                Contains(PresenceChanged{room_, {{MemberPresence{newcomer, Presence::online}}}}));
}

// Found by the simulation: her coming was told to a room that could not be read, and never again.
TEST_F(RoomPresenceTest, WhoComesWhileTheRoomCannotBeReadIsPresentOnceItCan) {
    const auto member = register_somebody();
    failing_->fails.room = true;
    tell(member, Presence::online);
    failing_->fails.room = false;
    EXPECT_THAT(members_shown_to(member), Contains(MemberPresence{member, Presence::online}));
}

TEST_F(RoomPresenceTest, WhoIsGoneAgainByThenIsNot) {
    const auto member = register_somebody();
    failing_->fails.room = true;
    tell(member, Presence::online);
    tell(member, Presence::offline);
    failing_->fails.room = false;
    EXPECT_THAT(members_shown_to(member), Contains(MemberPresence{member, Presence::offline}));
}

}  // namespace
}  // namespace parley::rooms
