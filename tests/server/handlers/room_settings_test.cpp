// Topic, name, access and invitations as clients see them.
#include <gmock/gmock.h>

#include "server_fixture.hpp"

namespace parley::support {
namespace {

class RoomSettingsTest : public ServerFixture {
  protected:
    void SetUp() override {
        ServerFixture::SetUp();
        ana = &account("ana");
        bo = &account("bo");
        say(*ana, CreateRoom{next_op(), *RoomName::from("plans")});
        plans = ana->last<Done>()->room;
        say(*bo, JoinRoom{next_op(), plans});
        say(*ana, CreateRoom{next_op(), *RoomName::from("den"), RoomAccess::by_invitation});
        den = ana->last<Done>()->room;
    }
    template <class Message>
    void say(MemoryConnection& who, const Message& message) {
        server->say(who, message);
        idle();
    }
    Refusal refused(const MemoryConnection& who) { return who.last<Refused>().value_or(Refused{}).reason; }
    SetTopic topic(RoomId room, std::string_view text) { return {next_op(), room, *RoomTopic::from(text)}; }

    MemoryConnection* ana = nullptr;
    MemoryConnection* bo = nullptr;
    RoomId plans;
    RoomId den;
};

TEST_F(RoomSettingsTest, ATopicIsHeardByAllAndAnsweredAfterIt) {
    say(*ana, topic(plans, "This week"));
    const auto event = std::get<TopicChanged>(heard(*bo, plans).back().body);
    EXPECT_EQ(event.topic.view(), "This week");
    EXPECT_EQ(event.user, user_of(*ana));
    EXPECT_EQ(event.op, ana->last<Done>()->op);
    EXPECT_EQ(ana->last<Done>()->sequence, heard(*ana, plans).back().sequence);
    EXPECT_TRUE(std::holds_alternative<Done>(ana->received.back()));
    say(*bo, ListRooms{4, {}});
    EXPECT_EQ(bo->last<RoomDirectory>()->rooms[1].topic.view(), "This week");
}

TEST_F(RoomSettingsTest, OthersAreRefusedAndTopicsHaveAShape) {
    const auto before = heard(*bo, plans).size();
    say(*bo, topic(plans, "Mine now"));
    EXPECT_EQ(refused(*bo), Refusal::not_your_room);
    say(*ana, topic(plans, "two\nlines"));
    EXPECT_EQ(refused(*ana), Refusal::topic_not_allowed);
    say(*ana, RenameRoom{next_op(), plans, *RoomName::from("Two Words")});
    EXPECT_EQ(refused(*ana), Refusal::room_name_not_allowed);
    say(*ana, RenameRoom{next_op(), plans, *RoomName::from("general")});
    EXPECT_EQ(refused(*ana), Refusal::room_name_taken);
    EXPECT_EQ(heard(*bo, plans).size(), before);
}

TEST_F(RoomSettingsTest, ARenamedRoomIsTheSameRoom) {
    say(*ana, RenameRoom{next_op(), plans, *RoomName::from("ideas")});
    EXPECT_EQ(std::get<RoomRenamed>(heard(*bo, plans).back().body).name.view(), "ideas");
    post(*bo, plans, "still here");
    idle();
    EXPECT_THAT(texts(heard(*ana, plans)), testing::ElementsAre("still here"));
    auto& cy = account("cy");
    say(cy, ListRooms{4, {}});
    EXPECT_EQ(cy.last<RoomDirectory>()->rooms.back().name.view(), "ideas");
    EXPECT_EQ(cy.last<RoomDirectory>()->rooms.back().id, plans);
}

// A resend gets its first answer also where she owns the room no more: here it has become another one's to see.
TEST_F(RoomSettingsTest, AKnownOperationComesBeforeThePermission) {
    const auto first = topic(plans, "This week");
    say(*ana, first);
    const auto done = *ana->last<Done>();
    say(*ana, LeaveRoom{next_op(), plans});
    say(*ana, first);
    EXPECT_EQ(ana->last<Done>(), done);
    say(*ana, topic(plans, "From outside"));
    EXPECT_EQ(refused(*ana), Refusal::not_a_member);
}

// Every message that names a room, from outside of it: a private one answers as one that does not exist (T25).
TEST_F(RoomSettingsTest, NothingTellsAStrangerThatThereIsAPrivateRoom) {
    post(*ana, den, "secret");
    idle();
    const RoomId nowhere(424242);
    const auto herself = user_of(*bo);
    const auto answers = [&](RoomId room) {
        std::vector<Refusal> reasons;
        const auto ask = [&](const auto& message) {
            bo->received.clear();
            say(*bo, message);
            EXPECT_TRUE(bo->all<Done>().empty());
            reasons.push_back(refused(*bo));
        };
        ask(JoinRoom{next_op(), room});
        ask(LeaveRoom{next_op(), room});
        ask(PostText{next_op(), room, *MessageText::from("hello?")});
        ask(EditText{next_op(), room, Ordinal(1), *MessageText::from("x")});
        ask(DeleteMessage{next_op(), room, Ordinal(1)});
        ask(SetReaction{next_op(), room, Ordinal(1), *Emoji::from("\U0001F389"), true});
        ask(SetPin{next_op(), room, Ordinal(1), true});
        ask(topic(room, "mine"));
        ask(RenameRoom{next_op(), room, *RoomName::from("mine")});
        ask(ChangeRoomSettings{next_op(), room, RoomAccess::open});
        ask(InviteToRoom{next_op(), room, herself});
        ask(SetPoster{next_op(), room, herself, true});
        ask(SetFavourite{next_op(), room, true});
        ask(LoadHistory{7, room, HistoryDirection::before, Ordinal(), 10});
        ask(LoadMessages{8, room, {Ordinal(1)}});
        ask(ListPins{9, room});
        ask(ListMembers{10, room});
        ask(SyncRoom{11, room, Sequence(0)});
        return reasons;
    };
    const auto of_private = answers(den);
    EXPECT_EQ(of_private, answers(nowhere));
    EXPECT_THAT(of_private, testing::Each(Refusal::no_such_room));
    say(*bo, ListRooms{4, {}});
    const auto shown = *bo->last<RoomDirectory>();
    for (const auto& entry : shown.rooms) EXPECT_NE(entry.id, den);
    say(*bo, CreateRoom{next_op(), *RoomName::from("den")});
    EXPECT_EQ(bo->all<Done>().size(), 1u) << "its name is not taken";
}

TEST_F(RoomSettingsTest, WhoIsInvitedHearsTheRoomFromThenOnAndKnowsByWhom) {
    post(*ana, den, "before");
    say(*ana, InviteToRoom{next_op(), den, user_of(*bo)});
    const auto added = std::get<RoomAdded>(bo->last<AccountEvents>()->events.back().body);
    EXPECT_EQ(added.room.id, den);
    EXPECT_EQ(added.by, user_of(*ana));
    EXPECT_EQ(std::get<MemberInvited>(heard(*ana, den).back().body).by, user_of(*ana));
    EXPECT_EQ(bo->last<Subscribed>()->room, den);
    post(*ana, den, "after");
    post(*bo, den, "thank you");
    idle();
    EXPECT_THAT(texts(heard(*bo, den)), testing::UnorderedElementsAre("after", "thank you"));
    say(*ana, InviteToRoom{next_op(), den, user_of(*bo)});
    EXPECT_EQ(refused(*ana), Refusal::already_a_member);
    say(*ana, InviteToRoom{next_op(), den, UserId(424242)});
    EXPECT_EQ(refused(*ana), Refusal::no_such_person);
}

TEST_F(RoomSettingsTest, APostRightBehindItsInvitationIsTaken) {
    const auto op = next_op();
    server->say(*ana, InviteToRoom{op, den, user_of(*bo)});
    server->run_until_idle();
    post(*bo, den, "here I am");
    idle();
    EXPECT_TRUE(bo->all<Refused>().empty());
}

TEST_F(RoomSettingsTest, ARoomThatIsMadePrivateVanishesForOthersAndStaysForMembers) {
    auto& cy = account("cy");
    say(*ana, ChangeRoomSettings{next_op(), plans, RoomAccess::by_invitation});
    EXPECT_EQ(std::get<RoomSettingsChanged>(heard(*bo, plans).back().body).settings.access, RoomAccess::by_invitation);
    say(cy, JoinRoom{next_op(), plans});
    EXPECT_EQ(refused(cy), Refusal::no_such_room);
    post(*bo, plans, "among us");
    idle();
    EXPECT_THAT(texts(heard(*ana, plans)), testing::ElementsAre("among us"));
    say(*ana, ChangeRoomSettings{next_op(), plans, RoomAccess::open});
    EXPECT_EQ(refused(*ana), Refusal::access_stays);
}

TEST_F(RoomSettingsTest, WhatIsArchivedIsReadByItsMembersAndComesBack) {
    post(*bo, plans, "before");
    say(*ana, ChangeRoomSettings{next_op(), plans, {}, {}, {}, true});
    EXPECT_TRUE(std::get<RoomSettingsChanged>(heard(*bo, plans).back().body).settings.archived);
    post(*bo, plans, "after");
    idle();
    EXPECT_EQ(refused(*bo), Refusal::room_archived);
    say(*bo, LoadHistory{1, plans, HistoryDirection::before, Ordinal(), 10});
    ASSERT_EQ(bo->last<History>()->messages.size(), 1u);
    EXPECT_TRUE(std::holds_alternative<RoomSettingsChanged>(bo->last<History>()->changes.back().body));
    auto& cy = account("cy");
    say(cy, JoinRoom{next_op(), plans});
    EXPECT_EQ(refused(cy), Refusal::room_archived);
    say(*ana, topic(plans, "over"));
    EXPECT_EQ(refused(*ana), Refusal::room_archived);
    say(*ana, ChangeRoomSettings{next_op(), plans, {}, {}, {}, false});
    post(*bo, plans, "after");
    idle();
    EXPECT_THAT(texts(heard(*ana, plans)), testing::ElementsAre("before", "after"));
}

TEST_F(RoomSettingsTest, WhereOnlySomePostMembersAreToldWho) {
    say(*ana, ChangeRoomSettings{next_op(), plans, {}, {}, WhoPosts::some});
    post(*bo, plans, "me?");
    idle();
    EXPECT_EQ(refused(*bo), Refusal::may_not_post);
    server->say(*bo, ReportTyping{plans});
    idle();
    EXPECT_TRUE(ana->all<Typing>().empty()) << "who may not write is not writing";
    say(*ana, SetPoster{next_op(), plans, user_of(*bo), true});
    EXPECT_EQ(std::get<PosterChanged>(heard(*bo, plans).back().body).person, user_of(*bo));
    say(*bo, ListMembers{3, plans});
    EXPECT_THAT(bo->last<Members>()->posters.items(), testing::ElementsAre(user_of(*bo)));
    post(*bo, plans, "me!");
    idle();
    EXPECT_THAT(texts(heard(*ana, plans)), testing::ElementsAre("me!"));
}

TEST_F(RoomSettingsTest, AGroupChatIsHeardByItsPeopleAlone) {
    auto& cy = account("cy");
    auto& dee = account("dee");
    say(*ana, OpenGroupChat{next_op(), {user_of(*bo)}});
    EXPECT_EQ(refused(*ana), Refusal::group_size);
    say(*ana, OpenGroupChat{next_op(), {user_of(cy), user_of(*bo), user_of(cy)}});
    const auto room = ana->last<Done>()->room;
    post(*ana, room, "the three of us");
    idle();
    EXPECT_THAT(texts(heard(*bo, room)), testing::ElementsAre("the three of us"));
    EXPECT_THAT(texts(heard(cy, room)), testing::ElementsAre("the three of us"));
    say(dee, LoadHistory{1, room, HistoryDirection::before, Ordinal(), 10});
    EXPECT_EQ(refused(dee), Refusal::no_such_room);
    say(cy, OpenGroupChat{next_op(), {user_of(*ana), user_of(*bo)}});
    EXPECT_EQ(cy.last<Done>()->room, room);
}

TEST_F(RoomSettingsTest, AFavouriteIsToldToHerDevicesAlone) {
    const auto before = heard(*ana, plans).size();
    say(*bo, SetFavourite{next_op(), plans, true});
    const auto event = std::get<FavouriteChanged>(bo->last<AccountEvents>()->events.back().body);
    EXPECT_EQ(event.room, plans);
    EXPECT_TRUE(event.on);
    EXPECT_EQ(heard(*ana, plans).size(), before);
    EXPECT_EQ(bo->last<Done>()->room, RoomId());
}

}  // namespace
}  // namespace parley::support
