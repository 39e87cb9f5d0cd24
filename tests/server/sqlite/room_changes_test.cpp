#include "open_store.hpp"

#include "protocol/limits.hpp"

namespace parley::sqlite {
namespace {

using store::Status;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class RoomChanges : public testing::Test, public OpenStore {
  protected:
    UserId ana = register_person("ana");
    UserId bo = register_person("bo");
};

TEST_F(RoomChanges, CreatingARoomPutsItsCreatorIn) {
    const auto room = fresh_room();
    const auto outcome = apply(store::CreateRoom{operation(ana), room, RoomName::cut("garden"), kNow});
    EXPECT_EQ(outcome.status, Status::committed);
    EXPECT_EQ(outcome.result, (store::Result{{}, room, Sequence(2), {}}));
    ASSERT_THAT(effects.room_events, SizeIs(2));
    EXPECT_EQ(effects.room_events[0].event,
              (RoomEvent{Sequence(1), RoomCreated{ana, RoomKind::channel, RoomName::cut("garden"), kNow}}));
    EXPECT_EQ(effects.room_events[1].event, (RoomEvent{Sequence(2), MemberJoined{ana, kNow}}));
    ASSERT_THAT(effects.account_events, SizeIs(1));
    EXPECT_EQ(std::get<RoomAdded>(effects.account_events[0].event.body).room, summary(ana, room));
    const auto record = reader->room(room)->value();
    EXPECT_EQ(record.name.view(), "garden");
    EXPECT_THAT(record.members, ElementsAre(ana));
}

TEST_F(RoomChanges, ARoomNameIsTakenOnce) {
    create_room(ana, "garden");
    EXPECT_THAT(apply(store::CreateRoom{operation(bo), fresh_room(), RoomName::cut("garden"), kNow}),
                is_refused(Refusal::room_name_taken));
    EXPECT_THAT(apply(store::CreateRoom{operation(bo), fresh_room(), RoomName(), kNow}),
                is_refused(Refusal::room_name_not_allowed));
    EXPECT_THAT(apply(store::CreateRoom{operation(bo), general(), RoomName::cut("pond"), kNow}),
                is_to_be_retried(Refusal::busy));
}

TEST_F(RoomChanges, JoiningTwiceIsDoneWithoutAnEvent) {
    const auto room = create_room(ana, "garden");
    const auto first = join(bo, room);
    EXPECT_EQ(first.result, (store::Result{{}, room, Sequence(3), {}}));
    ASSERT_THAT(effects.room_events, SizeIs(1));
    EXPECT_EQ(effects.room_events[0].event, (RoomEvent{Sequence(3), MemberJoined{bo, kNow}}));
    post(ana, room, "hello");
    const auto again = join(bo, room);
    EXPECT_EQ(again.status, Status::committed);
    EXPECT_EQ(again.result.sequence, Sequence(4)) << "the room's present head";
    EXPECT_THAT(effects.room_events, IsEmpty());
    EXPECT_THAT(effects.account_events, IsEmpty());
    EXPECT_THAT(reader->room(room)->value().members, UnorderedElementsAre(ana, bo));
    EXPECT_THAT(join(bo, RoomId(1)), is_refused(Refusal::no_such_room));
}

TEST_F(RoomChanges, LeavingEndsTheMembership) {
    const auto room = create_room(ana, "garden");
    join(bo, room);
    const auto outcome = apply(store::LeaveRoom{operation(bo), room, kNow});
    EXPECT_EQ(outcome.result, (store::Result{{}, room, Sequence(4), {}}));
    EXPECT_EQ(effects.room_events.at(0).event, (RoomEvent{Sequence(4), MemberLeft{bo, kNow}}));
    EXPECT_EQ(std::get<RoomRemoved>(effects.account_events.at(0).event.body).room, room);
    EXPECT_THAT(reader->room(room)->value().members, ElementsAre(ana));
    EXPECT_THAT(apply(store::LeaveRoom{operation(bo), room, kNow}), is_refused(Refusal::not_a_member));
    EXPECT_THAT(apply(store::LeaveRoom{operation(bo), RoomId(1), kNow}), is_refused(Refusal::no_such_room));
    EXPECT_THAT(post(bo, room, "still here?"), is_refused(Refusal::not_a_member));
}

TEST_F(RoomChanges, TwoPeopleHaveOneDirectChat) {
    const auto room = fresh_room();
    const auto outcome = apply(store::OpenDirectChat{operation(ana), room, bo, kNow});
    EXPECT_EQ(outcome.result, (store::Result{{}, room, Sequence(3), {}}));
    ASSERT_THAT(effects.account_events, SizeIs(2)) << "both see it";
    EXPECT_EQ(summary(ana, room).peer, bo);
    EXPECT_EQ(summary(bo, room).peer, ana);
    for (const auto& record : effects.account_events)
        EXPECT_EQ(std::get<RoomAdded>(record.event.body).room, summary(record.user, room));
    const auto again = apply(store::OpenDirectChat{operation(bo), fresh_room(), ana, kNow});
    EXPECT_EQ(again.result.room, room);
    EXPECT_THAT(effects.account_events, IsEmpty());
    EXPECT_THAT(apply(store::OpenDirectChat{operation(ana), fresh_room(), UserId(1), kNow}),
                is_refused(Refusal::no_such_person));
    EXPECT_THAT(apply(store::LeaveRoom{operation(ana), room, kNow}), is_refused(Refusal::cannot_leave));
}

TEST_F(RoomChanges, ADirectChatIsHiddenFromOthers) {
    const auto room = fresh_room();
    apply(store::OpenDirectChat{operation(ana), room, bo, kNow});
    const auto eve = register_person("eve");
    EXPECT_THAT(join(eve, room), is_refused(Refusal::no_such_room));
    EXPECT_THAT(post(eve, room, "hello?"), is_refused(Refusal::no_such_room));
    EXPECT_THAT(apply(store::LeaveRoom{operation(eve), room, kNow}), is_refused(Refusal::no_such_room));
    EXPECT_THAT(reader->directory({}, 10)->rooms, SizeIs(1)) << "general alone";
}

TEST_F(RoomChanges, WithOneselfItIsARoomForNotes) {
    const auto room = fresh_room();
    EXPECT_TRUE(apply(store::OpenDirectChat{operation(ana), room, ana, kNow}).done());
    EXPECT_THAT(effects.account_events, SizeIs(1));
    EXPECT_THAT(reader->room(room)->value().members, ElementsAre(ana));
    EXPECT_EQ(summary(ana, room).peer, ana);
}

TEST_F(RoomChanges, APostGetsSequenceAndOrdinal) {
    const auto room = create_room(ana, "garden");
    const auto op = operation(ana);
    const auto outcome = apply(store::AppendMessage{op, room, MessageText::cut("hello"), kNow});
    EXPECT_EQ(outcome.result, (store::Result{{}, room, Sequence(3), Ordinal(1)}));
    EXPECT_EQ(effects.room_events.at(0).event,
              (RoomEvent{Sequence(3), MessagePosted{Ordinal(1), ana, op.op, kNow, MessageText::cut("hello")}}));
    EXPECT_THAT(post(ana, RoomId(1), "hello"), is_refused(Refusal::no_such_room));
}

TEST_F(RoomChanges, ReadingIsTheHighestPositionUpToTheEnd) {
    const auto room = create_room(ana, "garden");
    join(bo, room);
    for (int i = 0; i < 4; ++i) post(ana, room, "hello");
    post(bo, room, "hello");
    EXPECT_EQ(summary(bo, room).unread, 4u) << "her own post is not counted";
    const auto turn = summary(bo, room).read.turn;
    apply(store::MoveRead{bo, room, {turn, Ordinal(2)}});
    EXPECT_EQ(std::get<ReadMoved>(effects.account_events.at(0).event.body),
              (ReadMoved{room, {turn, Ordinal(2)}, Sequence(8), Ordinal(5), 2, {}}));
    EXPECT_EQ(summary(bo, room).unread, 2u);
    apply(store::MoveRead{bo, room, {turn, Ordinal(1)}});
    EXPECT_THAT(effects.account_events, IsEmpty()) << "it never falls";
    apply(store::MoveRead{bo, room, {turn, Ordinal(~0ull)}});
    EXPECT_EQ(summary(bo, room).read.read, Ordinal(5));
    EXPECT_EQ(summary(bo, room).unread, 0u);
    EXPECT_THAT(apply(store::MoveRead{bo, RoomId(1), {turn, Ordinal(1)}}), is_refused(Refusal::not_a_member));
}

TEST_F(RoomChanges, ALaterTurnOfReadingGoesBackAndAnEarlierOneDoesNothing) {
    const auto room = create_room(ana, "garden");
    join(bo, room);
    for (int i = 0; i < 4; ++i) post(ana, room, "hello");
    post(bo, room, "hello");
    const auto turn = summary(bo, room).read.turn;
    apply(store::MoveRead{bo, room, {turn, Ordinal(5)}});
    apply(store::MoveRead{bo, room, {turn.next(), Ordinal(1)}});
    EXPECT_EQ(std::get<ReadMoved>(effects.account_events.at(0).event.body),
              (ReadMoved{room, {turn.next(), Ordinal(1)}, Sequence(8), Ordinal(5), 3, {}}));
    EXPECT_EQ(summary(bo, room).unread, 3u) << "without her own";
    apply(store::MoveRead{bo, room, {turn, Ordinal(5)}});
    EXPECT_THAT(effects.account_events, IsEmpty()) << "a device that has not heard of it yet";
    apply(store::MoveRead{bo, room, {turn.next(), Ordinal(3)}});
    EXPECT_EQ(summary(bo, room).unread, 1u);
}

// Else a device that was away meanwhile would take her back to where she had read before.
TEST_F(RoomChanges, WhoComesBackReadsInALaterTurn) {
    const auto room = create_room(ana, "garden");
    join(bo, room);
    for (int i = 0; i < 4; ++i) post(ana, room, "hello");
    const auto marked = summary(bo, room).read.turn.next();
    apply(store::MoveRead{bo, room, {marked, Ordinal(1)}});
    apply(store::LeaveRoom{operation(bo), room, kNow});
    join(bo, room);
    EXPECT_GT(summary(bo, room).read.turn, marked);
    apply(store::MoveRead{bo, room, {marked, Ordinal(2)}});
    EXPECT_THAT(effects.account_events, IsEmpty());
    EXPECT_EQ(summary(bo, room).unread, 0u);
}

TEST_F(RoomChanges, WhatWasThereBeforeIsNoNewsToANewMember) {
    const auto room = create_room(ana, "garden");
    for (int i = 0; i < 5; ++i) post(ana, room, "hello");
    join(bo, room);
    EXPECT_EQ(summary(bo, room).unread, 0u);
    EXPECT_EQ(summary(bo, room), std::get<RoomAdded>(effects.account_events.at(0).event.body).room);
    post(ana, room, "hello");
    EXPECT_EQ(summary(bo, room).unread, 1u);
}

TEST_F(RoomChanges, APersonIsInABoundedNumberOfRooms) {
    ASSERT_TRUE(writer->begin());
    for (std::size_t i = 1; i < limits::kRoomsPerPerson; ++i) {
        auto op = operation(ana);
        op.op.outbox = OutboxId(i / 512 + 1);
        const auto name = RoomName::cut("r" + std::to_string(i));
        ASSERT_TRUE(writer->apply(store::CreateRoom{op, fresh_room(), name, kNow}, effects)->done());
    }
    ASSERT_TRUE(writer->commit());
    EXPECT_THAT(reader->person(ana)->value().rooms, SizeIs(limits::kRoomsPerPerson));
    EXPECT_THAT(apply(store::CreateRoom{operation(ana), fresh_room(), RoomName::cut("more"), kNow}),
                is_refused(Refusal::too_many_rooms));
    EXPECT_THAT(apply(store::OpenDirectChat{operation(ana), fresh_room(), bo, kNow}),
                is_refused(Refusal::too_many_rooms));
    EXPECT_THAT(apply(store::OpenDirectChat{operation(bo), fresh_room(), ana, kNow}), is_refused(Refusal::room_full));
    EXPECT_THAT(join(ana, create_room(bo, "more")), is_refused(Refusal::too_many_rooms));
}

TEST_F(RoomChanges, ARefusalLeavesTheRestOfTheTransactionAlone) {
    const auto room = create_room(ana, "garden");
    ASSERT_TRUE(writer->begin());
    EXPECT_TRUE(
        writer->apply(store::AppendMessage{operation(ana), room, MessageText::cut("one"), kNow}, effects)->done());
    EXPECT_THAT(*writer->apply(store::AppendMessage{operation(bo), room, MessageText::cut("no"), kNow}, effects),
                is_refused(Refusal::not_a_member));
    EXPECT_TRUE(
        writer->apply(store::AppendMessage{operation(ana), room, MessageText::cut("two"), kNow}, effects)->done());
    ASSERT_TRUE(writer->commit());
    EXPECT_THAT(reader->history(room, HistoryDirection::before, {}, 10)->messages, SizeIs(2));
}

TEST_F(RoomChanges, ARollbackGivesTheNumbersBack) {
    const auto room = create_room(ana, "garden");
    const store::AppendMessage lost{operation(ana), room, MessageText::cut("lost"), kNow};
    ASSERT_TRUE(writer->begin());
    EXPECT_EQ(writer->apply(lost, effects)->result.sequence, Sequence(3));
    writer->rollback();
    EXPECT_EQ(reader->room(room)->value().head, Sequence(2));
    EXPECT_EQ(apply(lost).result.sequence, Sequence(3));
}

}  // namespace
}  // namespace parley::sqlite
