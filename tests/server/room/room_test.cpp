#include "room/room.hpp"

#include <gtest/gtest.h>

namespace parley::room {
namespace {

const UserId kAna(1);
const UserId kBo(2);
const UserId kCy(3);

Room channel() {
    return Room({RoomId(9), RoomKind::channel, *RoomName::from("general"), Sequence(5), Ordinal(2), {kAna, kBo}});
}
Room direct() {
    return Room({RoomId(9), RoomKind::direct, {}, Sequence(3), Ordinal(0), {kAna, kBo}});
}

TEST(RoomTest, MembersReadAndPost) {
    EXPECT_EQ(channel().why_not_read(kAna), std::nullopt);
    EXPECT_EQ(channel().why_not_post(kBo), std::nullopt);
    EXPECT_EQ(channel().why_not_read(kCy), Refusal::not_a_member);
    EXPECT_EQ(channel().why_not_post(kCy), Refusal::not_a_member);
}

TEST(RoomTest, MembersChangeMessagesAndNobodyElse) {
    EXPECT_EQ(channel().why_not_change_messages(kBo), std::nullopt);
    EXPECT_EQ(channel().why_not_change_messages(kCy), Refusal::not_a_member);
    EXPECT_EQ(direct().why_not_change_messages(kCy), Refusal::no_such_room);
    auto room = channel();
    room.expect_membership(kAna, false);
    EXPECT_EQ(room.why_not_change_messages(kAna), Refusal::not_a_member);
}

TEST(RoomTest, AStrangerCannotTellADirectChatFromNoRoom) {
    EXPECT_EQ(direct().why_not_read(kCy), Refusal::no_such_room);
    EXPECT_EQ(direct().why_not_post(kCy), Refusal::no_such_room);
    EXPECT_EQ(direct().why_not_join(kCy), Refusal::no_such_room);
    EXPECT_EQ(direct().why_not_leave(kCy), Refusal::no_such_room);
}

TEST(RoomTest, AStrangerCannotTellAPrivateRoomFromNoRoom) {
    auto room = channel();
    room.apply(
        {Sequence(6), RoomSettingsChanged{kAna, {}, Timestamp{1}, {RoomAccess::by_invitation, NewcomersRead::all}}});
    EXPECT_EQ(room.why_not_read(kCy), Refusal::no_such_room);
    EXPECT_EQ(room.why_not_post(kCy), Refusal::no_such_room);
    EXPECT_EQ(room.why_not_join(kCy), Refusal::no_such_room);
    EXPECT_EQ(room.why_not_leave(kCy), Refusal::no_such_room);
    EXPECT_EQ(room.why_not_invite(kCy, kBo), Refusal::no_such_room);
    EXPECT_EQ(room.why_not_change_room(kCy), Refusal::no_such_room);
    EXPECT_EQ(room.why_not_post(kBo), std::nullopt);
}

TEST(RoomTest, AMemberInvitesOthersIntoARoomAndNobodyIntoAChatOfTwo) {
    auto room = channel();
    EXPECT_EQ(room.why_not_invite(kAna, kCy), std::nullopt);
    EXPECT_EQ(room.why_not_invite(kCy, kAna), Refusal::not_a_member);
    EXPECT_EQ(direct().why_not_invite(kAna, kCy), Refusal::not_in_a_chat);
    room.apply({Sequence(6), MemberInvited{kCy, kAna, Timestamp{1}}});
    EXPECT_TRUE(room.members().contains(kCy));
}

TEST(RoomTest, ItsOwnerAloneChangesARoom) {
    const Room room({RoomId(9), RoomKind::channel, {}, Sequence(5), Ordinal(2), {kAna, kBo}, kAna});
    EXPECT_EQ(room.why_not_change_room(kAna), std::nullopt);
    EXPECT_EQ(room.why_not_change_room(kBo), Refusal::not_your_room);
    EXPECT_EQ(room.why_not_change_room(kCy), Refusal::not_a_member);
    EXPECT_EQ(channel().why_not_change_room(kBo), std::nullopt) << "whose it is the store knows";
    EXPECT_EQ(direct().why_not_change_room(kAna), Refusal::not_in_a_chat);
}

TEST(RoomTest, EventsSayWhatARoomIs) {
    auto room = channel();
    room.apply({Sequence(6), TopicChanged{kAna, {}, Timestamp{1}, *RoomTopic::from("news")}});
    room.apply({Sequence(7), RoomRenamed{kAna, {}, Timestamp{1}, *RoomName::from("plans")}});
    room.apply({Sequence(6), TopicChanged{kAna, {}, Timestamp{1}, *RoomTopic::from("old")}});
    EXPECT_EQ(room.about(), (RoomAbout{*RoomName::from("plans"), *RoomTopic::from("news"), {}}));
}

TEST(RoomTest, NewcomersReadFromTheirComingWhereTheRoomSaysSo) {
    auto room = channel();
    EXPECT_EQ(room.reads_from(kBo), Ordinal(1));
    EXPECT_EQ(room.all_read_from(), Ordinal(1));
    const RoomSettings only_new{RoomAccess::open, NewcomersRead::since_joining};
    room.apply({Sequence(6), RoomSettingsChanged{kAna, {}, Timestamp{1}, only_new}});
    EXPECT_EQ(room.reads_from(kBo), Ordinal(1)) << "who was there reads on";
    room.expect_membership(kCy, true);
    EXPECT_FALSE(room.is_in(kCy)) << "from where she reads, while she is on her way in, the store knows";
    room.apply({Sequence(7), MemberJoined{kCy, Timestamp{1}}});
    room.settle_membership(kCy);
    EXPECT_EQ(room.reads_from(kCy), Ordinal(3));
    EXPECT_EQ(room.all_read_from(), Ordinal(3));
    room.apply({Sequence(8), RoomSettingsChanged{kAna, {}, Timestamp{1}, {}}});
    EXPECT_EQ(room.reads_from(kCy), Ordinal(3)) << "it was so when she came";
    room.apply({Sequence(9), MemberLeft{kCy, Timestamp{1}}});
    EXPECT_EQ(room.all_read_from(), Ordinal(1));
    room.apply({Sequence(10), MemberJoined{kCy, Timestamp{1}}});
    EXPECT_EQ(room.reads_from(kCy), Ordinal(1));
}

TEST(RoomTest, WhereOnlySomePostTheOwnerDoesAndWhomSheHasNamed) {
    Room room({RoomId(9), RoomKind::channel, {}, Sequence(5), Ordinal(2), {kAna, kBo}, kAna});
    const RoomSettings some{RoomAccess::open, NewcomersRead::all, WhoPosts::some};
    room.apply({Sequence(6), RoomSettingsChanged{kAna, {}, Timestamp{1}, some}});
    EXPECT_EQ(room.why_not_post(kAna), std::nullopt);
    EXPECT_EQ(room.why_not_post(kBo), Refusal::may_not_post);
    EXPECT_EQ(room.why_not_change_messages(kBo), std::nullopt) << "she may react";
    room.apply({Sequence(7), PosterChanged{kAna, {}, Timestamp{1}, kBo, true}});
    EXPECT_EQ(room.why_not_post(kBo), std::nullopt);
    room.apply({Sequence(8), MemberLeft{kBo, Timestamp{1}}});
    room.apply({Sequence(9), MemberJoined{kBo, Timestamp{1}}});
    EXPECT_EQ(room.why_not_post(kBo), Refusal::may_not_post) << "she has come back as any other";
    room.apply({Sequence(10), PosterChanged{kAna, {}, Timestamp{1}, kBo, true}});
    room.apply({Sequence(11), RoomSettingsChanged{kAna, {}, Timestamp{1}, {}}});
    EXPECT_EQ(room.why_not_post(kBo), std::nullopt);
    EXPECT_TRUE(room.posters().empty()) << "nobody is named where all may";
}

TEST(RoomTest, AnArchivedRoomIsReadAndLeftAndTakenBack) {
    Room room({RoomId(9), RoomKind::channel, {}, Sequence(5), Ordinal(2), {kAna, kBo}, kAna});
    RoomSettings archived;
    archived.archived = true;
    room.apply({Sequence(6), RoomSettingsChanged{kAna, {}, Timestamp{1}, archived}});
    EXPECT_EQ(room.why_not_read(kBo), std::nullopt);
    EXPECT_EQ(room.why_not_leave(kBo), std::nullopt);
    EXPECT_EQ(room.why_not_leave(kAna), Refusal::owner_keeps_archived) << "nobody else could take it back";
    EXPECT_EQ(room.why_not_change_settings(kAna), std::nullopt);
    for (const auto& why : {room.why_not_post(kAna), room.why_not_change_messages(kBo), room.why_not_join(kCy),
                            room.why_not_invite(kBo, kCy), room.why_not_change_room(kAna)})
        EXPECT_EQ(why, Refusal::room_archived);
}

TEST(RoomTest, JoiningAgainIsAllowedAndADirectChatIsNotLeft) {
    EXPECT_EQ(channel().why_not_join(kAna), std::nullopt);
    EXPECT_EQ(channel().why_not_join(kCy), std::nullopt);
    EXPECT_EQ(direct().why_not_leave(kAna), Refusal::cannot_leave);
}

TEST(RoomTest, AMembershipThatIsUnderWayCountsUntilItIsSettled) {
    auto room = channel();
    room.expect_membership(kCy, true);
    EXPECT_EQ(room.why_not_post(kCy), std::nullopt);
    room.settle_membership(kCy);  // refused: nothing was applied
    EXPECT_EQ(room.why_not_post(kCy), Refusal::not_a_member);

    room.expect_membership(kAna, false);
    EXPECT_EQ(room.why_not_post(kAna), Refusal::not_a_member);
    room.apply({Sequence(6), MemberLeft{kAna, Timestamp{1}}});
    room.settle_membership(kAna);
    EXPECT_EQ(room.why_not_post(kAna), Refusal::not_a_member);
}

// Found by the simulation: a device that came while a leaving was under way never heard the room, and the leaving was
// refused by the store.
TEST(RoomTest, WhoIsOnHerWayOutReadsUntilSheHasLeft) {
    auto room = channel();
    room.expect_membership(kAna, false);
    EXPECT_EQ(room.why_not_read(kAna), std::nullopt);
    EXPECT_TRUE(room.is_in(kAna));
    room.apply({Sequence(6), MemberLeft{kAna, Timestamp{1}}});
    EXPECT_EQ(room.why_not_read(kAna), Refusal::not_a_member);
}

TEST(RoomTest, TheLastExpectationCountsWhileSeveralAreUnderWay) {
    auto room = channel();
    room.expect_membership(kCy, true);
    room.expect_membership(kCy, false);
    room.settle_membership(kCy);
    EXPECT_EQ(room.why_not_post(kCy), Refusal::not_a_member);
    room.expect_membership(kCy, true);
    EXPECT_EQ(room.why_not_post(kCy), std::nullopt);
    room.settle_membership(kCy);
    room.settle_membership(kCy);
    EXPECT_EQ(room.why_not_post(kCy), Refusal::not_a_member);
}

TEST(RoomTest, EventsMoveTheHeadOnceAndInOrder) {
    auto room = channel();
    room.apply({Sequence(6), MessagePosted{Ordinal(3), kAna, {}, Timestamp{1}, *MessageText::from("hi")}});
    EXPECT_EQ(room.head(), Sequence(6));
    EXPECT_EQ(room.last_ordinal(), Ordinal(3));
    room.apply({Sequence(5), MemberLeft{kBo, Timestamp{1}}});  // in the snapshot already
    EXPECT_EQ(room.head(), Sequence(6));
    EXPECT_TRUE(room.members().contains(kBo));
    room.apply({Sequence(7), MemberJoined{kCy, Timestamp{1}}});
    EXPECT_TRUE(room.members().contains(kCy));
    room.apply({Sequence(8), MessageDeleted{Ordinal(3), kAna, {}, Timestamp{1}}});
    EXPECT_EQ(room.head(), Sequence(8));
    EXPECT_EQ(room.last_ordinal(), Ordinal(3)) << "a deleted message keeps its place";
}

TEST(RoomTest, AFullRoomTakesNobodyMore) {
    Snapshot snapshot{RoomId(9), RoomKind::channel, {}, Sequence(1), Ordinal(0), {}};
    for (std::uint64_t i = 1; i <= limits::kMembersPerRoom; ++i) snapshot.members.push_back(UserId(i));
    const Room room(std::move(snapshot));
    EXPECT_EQ(room.why_not_join(UserId(limits::kMembersPerRoom + 1)), Refusal::room_full);
    EXPECT_EQ(room.why_not_join(UserId(1)), std::nullopt);
    EXPECT_EQ(room.why_not_invite(UserId(1), UserId(limits::kMembersPerRoom + 1)), Refusal::room_full);
}

}  // namespace
}  // namespace parley::room
