#include "rooms_fixture.hpp"

namespace parley::rooms {
namespace {

using namespace std::chrono_literals;
using testing::Contains;

class RoomPresenceTest : public RoomsFixture {
  protected:
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
};

// She comes by way of her home, and what let her in by way of the store.
TEST_F(RoomPresenceTest, WhoComesBeforeTheRoomKnowsOfHerIsPresentWhenItDoes) {
    const UserId newcomer(7);
    modules_->rooms().watch(listener_, {room_});
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
