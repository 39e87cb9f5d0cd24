// A thread, as those in its room see it come about.
#include <gmock/gmock.h>

#include "server_fixture.hpp"

namespace parley::support {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class ThreadsOfARoom : public ServerFixture {
  protected:
    void SetUp() override {
        ServerFixture::SetUp();
        ana = &account("ana");
        bo = &account("bo");
        cy = &account("cy");
        general = room_of(*cy);
        post(*ana, general, "what shall we plant?");
        idle();
    }
    RoomId thread_by(MemoryConnection& who) {
        server->say(who, OpenThread{next_op(), general, Ordinal(1)});
        idle();
        return who.last<Done>()->room;
    }
    Refusal why_not(MemoryConnection& who, const ClientMessage& message) {
        server->say(who, message);
        idle();
        return who.last<Refused>()->reason;
    }
    static std::vector<ThreadSoFar> told(const MemoryConnection& who, RoomId room) {
        std::vector<ThreadSoFar> all;
        for (const auto& event : heard(who, room))
            if (const auto* changed = std::get_if<ThreadChanged>(&event.body)) all.push_back(changed->thread);
        return all;
    }

    MemoryConnection* ana = nullptr;
    MemoryConnection* bo = nullptr;
    MemoryConnection* cy = nullptr;
    RoomId general;
};

TEST_F(ThreadsOfARoom, WhoFollowsItHearsItAndTheOthersHearOfIt) {
    const auto thread = thread_by(*bo);
    post(*bo, thread, "roses");
    idle();
    const auto added = std::get<RoomAdded>(ana->last<AccountEvents>()->events.back().body);
    EXPECT_EQ(added.room.id, thread) << "the message is hers";
    EXPECT_EQ(added.room.last_ordinal, Ordinal()) << "so that her client asks for what brought her there";
    post(*ana, thread, "tulips");
    idle();
    EXPECT_THAT(texts(heard(*ana, thread)), ElementsAre("tulips"));
    EXPECT_THAT(texts(heard(*bo, thread)), SizeIs(2));
    EXPECT_THAT(heard(*cy, thread), IsEmpty());
    ASSERT_THAT(told(*cy, general), SizeIs(2));
    EXPECT_EQ(told(*cy, general).back().replies, 2u);
    EXPECT_EQ(told(*cy, general).back().room, thread);
    EXPECT_THAT(texts(heard(*cy, general)), ElementsAre("what shall we plant?"));
}

TEST_F(ThreadsOfARoom, ItsHistoryIsReadByWhoFollowsIt) {
    const auto thread = thread_by(*bo);
    post(*bo, thread, "roses");
    idle();
    EXPECT_EQ(why_not(*cy, LoadHistory{5, thread, HistoryDirection::before, Ordinal(), 10}), Refusal::no_such_room);
    EXPECT_EQ(why_not(*cy, PostText{next_op(), thread, *MessageText::from("me too")}), Refusal::no_such_room);
    EXPECT_EQ(thread_by(*cy), thread);
    server->say(*cy, LoadHistory{6, thread, HistoryDirection::before, Ordinal(), 10});
    idle();
    EXPECT_THAT(cy->last<History>()->messages.items(), SizeIs(1));
    post(*cy, thread, "me too");
    idle();
    EXPECT_THAT(texts(heard(*bo, thread)), ElementsAre("roses", "me too"));
}

TEST_F(ThreadsOfARoom, WhoLeavesTheRoomHearsNothingOfItAnyMore) {
    const auto thread = thread_by(*bo);
    server->say(*bo, LeaveRoom{next_op(), general});
    idle();
    post(*ana, thread, "are you there?");
    idle();
    EXPECT_THAT(texts(heard(*bo, thread)), IsEmpty());
    EXPECT_EQ(why_not(*bo, OpenThread{next_op(), general, Ordinal(1)}), Refusal::not_a_member);
    EXPECT_EQ(why_not(*bo, LoadHistory{5, thread, HistoryDirection::before, Ordinal(), 10}), Refusal::no_such_room);
}

TEST_F(ThreadsOfARoom, IsThereAfterARestartWithWhatIsUnread) {
    const auto token = server->make_account("dee");
    auto& dee = server->sign_in(token);
    const auto thread = thread_by(dee);
    EXPECT_EQ(thread_by(*ana), thread);
    post(*ana, thread, "roses <@" + std::to_string(user_of(dee).value()) + ">");
    post(*ana, thread, "tulips");
    idle();
    restart(3);
    const auto welcome = *server->sign_in(token).last<Welcome>();
    const auto& rooms = welcome.rooms;
    const auto found = std::find_if(rooms.begin(), rooms.end(), [&](const auto& room) { return room.id == thread; });
    ASSERT_NE(found, rooms.end());
    EXPECT_EQ(found->root, (ThreadRoot{general, Ordinal(1)}));
    EXPECT_EQ(found->unread, 2u);
    EXPECT_THAT(found->mentions.items(), SizeIs(1));
}

TEST_F(ThreadsOfARoom, ThereIsNoneOfAThreadOfNothingOrOfAStrangersRoom) {
    const auto thread = thread_by(*bo);
    EXPECT_EQ(why_not(*bo, OpenThread{next_op(), thread, Ordinal(1)}), Refusal::no_thread_in_a_thread);
    EXPECT_EQ(why_not(*bo, OpenThread{next_op(), general, Ordinal(7)}), Refusal::no_such_message);
    EXPECT_EQ(why_not(*bo, OpenThread{next_op(), RoomId(5), Ordinal(1)}), Refusal::no_such_room);
    EXPECT_EQ(why_not(*bo, InviteToRoom{next_op(), thread, user_of(*cy)}), Refusal::not_in_a_chat);
}

}  // namespace
}  // namespace parley::support
