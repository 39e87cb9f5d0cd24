#include "server_fixture.hpp"

namespace parley::support {
namespace {

class CatchingUpTest : public ServerFixture {};

// A commit is durable, and read, before its room has published it. Who was sent it ahead of the room asked for what
// comes after it, looked like one whose log went back, was reset to the room's head, and saw the same messages twice.
TEST_F(CatchingUpTest, APageFromTheStoreHoldsNothingThatTheRoomHasNotPublished) {
    const auto token = server->make_account("ana");
    auto& before = server->sign_in(token);
    const auto room = room_of(before);
    const auto ana = user_of(before);
    for (int i = 0; i < 10; ++i) post(before, room, "published");
    idle();
    const auto head = heard(before, room).back().sequence;

    restart(2);  // the room keeps no recent events now: what is missing is read from the store
    auto& after = server->sign_in(token);
    const auto writer = backend->open_writer().value();
    store::Effects effects;
    ASSERT_TRUE(writer->begin());
    ASSERT_TRUE(writer->apply(
        store::AppendMessage{{ana, next_op(), 1}, room, *MessageText::from("committed only"), Timestamp{1}}, effects));
    ASSERT_TRUE(writer->commit());

    server->say(after, SyncRoom{1, room, Sequence(3)});
    idle();
    const auto events = heard(after, room);
    ASSERT_FALSE(events.empty());
    EXPECT_EQ(events.front().sequence, Sequence(4));
    EXPECT_EQ(events.back().sequence, head);
    EXPECT_EQ(after.last<Subscribed>()->head, head);
    EXPECT_TRUE(after.all<RoomReset>().empty());
}

}  // namespace
}  // namespace parley::support
