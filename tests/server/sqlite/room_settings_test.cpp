// What is done to rooms themselves: topic, name, access; and who is brought into one.
#include "open_store.hpp"
#include "protocol/limits.hpp"

namespace parley::sqlite {
namespace {

using store::Status;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

class RoomSettingsChanges : public testing::Test, public OpenStore {
  protected:
    RoomId create_private(UserId user, const char* name) {
        const auto room = fresh_room();
        const store::CreateRoom change{operation(user), room, RoomName::cut(name), kNow, RoomAccess::by_invitation};
        EXPECT_TRUE(apply(change).done());
        return room;
    }
    store::Outcome set_topic(UserId user, RoomId room, const char* topic) {
        return apply(store::SetTopic{operation(user), room, RoomTopic::cut(topic), kNow});
    }
    store::Outcome rename(UserId user, RoomId room, const char* name) {
        return apply(store::RenameRoom{operation(user), room, RoomName::cut(name), kNow});
    }
    store::Outcome invite(UserId user, RoomId room, UserId person) {
        return apply(store::InviteToRoom{operation(user), room, person, kNow});
    }
    store::Outcome set_access(UserId user, RoomId room, std::optional<RoomAccess> access) {
        return apply(store::ChangeRoomSettings{operation(user), room, access, kNow});
    }
    std::vector<std::string> listed() {
        std::vector<std::string> names;
        const auto page = reader->directory({}, 100).value();
        for (const auto& entry : page.rooms) names.push_back(entry.name.str());
        return names;
    }

    UserId ana = register_person("ana");
    UserId bo = register_person("bo");
    UserId cy = register_person("cy");
    RoomId garden = create_room(ana, "garden");
};

TEST_F(RoomSettingsChanges, ItsOwnerSetsTheTopicOfARoom) {
    join(bo, garden);
    const auto outcome = set_topic(ana, garden, "What grows");
    EXPECT_EQ(outcome.result, (store::Result{{}, garden, Sequence(4), {}}));
    ASSERT_THAT(effects.room_events, SizeIs(1));
    const auto event = std::get<TopicChanged>(effects.room_events[0].event.body);
    EXPECT_EQ(event.user, ana);
    EXPECT_EQ(event.topic.view(), "What grows");
    EXPECT_EQ(summary(bo, garden).topic.view(), "What grows");
    EXPECT_EQ(summary(bo, garden).owner, ana);
    EXPECT_EQ(reader->room(garden)->value().topic.view(), "What grows");
    EXPECT_EQ(reader->directory({}, 1)->rooms.at(0).topic.view(), "What grows");
    EXPECT_THAT(set_topic(bo, garden, "Weeds"), is_refused(Refusal::not_your_room));
    EXPECT_THAT(set_topic(cy, garden, "Weeds"), is_refused(Refusal::not_a_member));
    EXPECT_THAT(set_topic(ana, RoomId(1), "Weeds"), is_refused(Refusal::no_such_room));
}

TEST_F(RoomSettingsChanges, WhatIsSoAlreadyIsDoneWithoutAnEvent) {
    set_topic(ana, garden, "What grows");
    for (const auto& again : {set_topic(ana, garden, "What grows"), rename(ana, garden, "garden"),
                              set_access(ana, garden, RoomAccess::open), set_access(ana, garden, std::nullopt)}) {
        EXPECT_EQ(again.result, (store::Result{{}, garden, Sequence(3), {}}));
        EXPECT_THAT(effects.room_events, IsEmpty());
    }
}

TEST_F(RoomSettingsChanges, ARenamedRoomKeepsItsIdAndFreesItsName) {
    create_room(bo, "pond");
    EXPECT_TRUE(rename(ana, garden, "orchard").done());
    EXPECT_EQ(std::get<RoomRenamed>(effects.room_events.at(0).event.body).name.view(), "orchard");
    EXPECT_EQ(summary(ana, garden).name.view(), "orchard");
    EXPECT_THAT(rename(ana, garden, "pond"), is_refused(Refusal::room_name_taken));
    EXPECT_THAT(rename(ana, garden, ""), is_refused(Refusal::room_name_not_allowed));
    create_room(bo, "garden");
    EXPECT_THAT(listed(), ElementsAre("garden", "general", "orchard", "pond"));
}

TEST_F(RoomSettingsChanges, APrivateRoomIsInNoDirectoryAndCannotBeJoined) {
    const auto den = create_private(ana, "den");
    ASSERT_THAT(effects.room_events, SizeIs(3));
    EXPECT_EQ(std::get<RoomSettingsChanged>(effects.room_events[1].event.body).settings.access,
              RoomAccess::by_invitation);
    EXPECT_EQ(summary(ana, den).settings.access, RoomAccess::by_invitation);
    EXPECT_EQ(summary(ana, den).name.view(), "den");
    EXPECT_THAT(listed(), ElementsAre("garden", "general"));
    const RoomId nowhere(1);
    for (const auto room : {den, nowhere}) {
        EXPECT_THAT(join(bo, room), is_refused(Refusal::no_such_room));
        EXPECT_THAT(post(bo, room, "hello?"), is_refused(Refusal::no_such_room));
        EXPECT_THAT(set_topic(bo, room, "mine"), is_refused(Refusal::no_such_room));
        EXPECT_THAT(rename(bo, room, "mine"), is_refused(Refusal::no_such_room));
        EXPECT_THAT(invite(bo, room, cy), is_refused(Refusal::no_such_room));
        EXPECT_THAT(set_access(bo, room, RoomAccess::open), is_refused(Refusal::no_such_room));
        EXPECT_THAT(apply(store::LeaveRoom{operation(bo), room, kNow}), is_refused(Refusal::no_such_room));
    }
}

// Whoever finds a name taken would know that there is such a room.
TEST_F(RoomSettingsChanges, ThePrivateNameOfARoomTakesNoNameFromOthers) {
    const auto den = create_private(ana, "den");
    const auto other = create_private(bo, "den");
    const auto open = create_room(cy, "den");
    EXPECT_NE(den, other);
    EXPECT_THAT(listed(), ElementsAre("den", "garden", "general"));
    EXPECT_TRUE(rename(ana, den, "garden").done());
    EXPECT_EQ(summary(ana, den).name.view(), "garden");
    EXPECT_THAT(rename(cy, open, "garden"), is_refused(Refusal::room_name_taken));
}

TEST_F(RoomSettingsChanges, AMemberBringsAnotherPersonIn) {
    const auto den = create_private(ana, "den");
    const auto outcome = invite(ana, den, bo);
    EXPECT_EQ(outcome.result, (store::Result{{}, den, Sequence(4), {}}));
    EXPECT_EQ(effects.room_events.at(0).event, (RoomEvent{Sequence(4), MemberInvited{bo, ana, kNow}}));
    ASSERT_THAT(effects.account_events, SizeIs(1));
    EXPECT_EQ(effects.account_events[0].user, bo);
    EXPECT_EQ(std::get<RoomAdded>(effects.account_events[0].event.body), (RoomAdded{summary(bo, den), ana}));
    EXPECT_TRUE(post(bo, den, "thank you").done());
    EXPECT_TRUE(invite(bo, den, cy).done()) << "any member may";
    EXPECT_THAT(reader->room(den)->value().members, UnorderedElementsAre(ana, bo, cy));
    EXPECT_THAT(invite(ana, den, bo), is_refused(Refusal::already_a_member));
    EXPECT_THAT(invite(ana, den, UserId(1)), is_refused(Refusal::no_such_person));
    EXPECT_THAT(invite(cy, garden, bo), is_refused(Refusal::not_a_member));
}

TEST_F(RoomSettingsChanges, WhoHasLeftAPrivateRoomComesBackByInvitation) {
    const auto den = create_private(ana, "den");
    invite(ana, den, bo);
    EXPECT_TRUE(apply(store::LeaveRoom{operation(bo), den, kNow}).done());
    EXPECT_THAT(join(bo, den), is_refused(Refusal::no_such_room));
    EXPECT_TRUE(invite(ana, den, bo).done());
}

TEST_F(RoomSettingsChanges, AnOpenRoomIsClosedForGood) {
    join(bo, garden);
    EXPECT_THAT(set_access(bo, garden, RoomAccess::by_invitation), is_refused(Refusal::not_your_room));
    EXPECT_TRUE(set_access(ana, garden, RoomAccess::by_invitation).done());
    EXPECT_THAT(effects.room_events, SizeIs(1));
    EXPECT_EQ(summary(bo, garden).name.view(), "garden") << "who is in it stays";
    EXPECT_THAT(listed(), ElementsAre("general"));
    EXPECT_THAT(join(cy, garden), is_refused(Refusal::no_such_room));
    create_room(cy, "garden");
    EXPECT_THAT(set_access(ana, garden, RoomAccess::open), is_refused(Refusal::access_stays));
}

TEST_F(RoomSettingsChanges, TheFirstRoomIsTheServerOwnersAndStaysOpen) {
    const auto first = reader->directory(RoomName::cut("g"), 10)->rooms.at(1).id;
    EXPECT_TRUE(set_topic(ana, first, "Welcome").done());
    EXPECT_THAT(set_topic(bo, first, "Mine"), is_refused(Refusal::not_your_room));
    EXPECT_THAT(set_access(ana, first, RoomAccess::by_invitation), is_refused(Refusal::access_stays));
}

TEST_F(RoomSettingsChanges, WhoComesWhileTheRoomSaysSoReadsFromThenOn) {
    join(bo, garden);
    for (const auto* text : {"one", "two"}) post(ana, garden, text);
    const store::ChangeRoomSettings rule{operation(ana), garden, std::nullopt, kNow, NewcomersRead::since_joining};
    EXPECT_TRUE(apply(rule).done());
    EXPECT_EQ(summary(bo, garden).settings.newcomers, NewcomersRead::since_joining);
    EXPECT_EQ(summary(bo, garden).reads_from, Ordinal(1));
    join(cy, garden);
    EXPECT_EQ(std::get<RoomAdded>(effects.account_events.at(0).event.body).room.reads_from, Ordinal(3));
    EXPECT_EQ(summary(cy, garden).reads_from, Ordinal(3));
    EXPECT_THAT(reader->room(garden)->value().newcomers, ElementsAre(store::ReadsFrom{cy, Ordinal(3)}));
    EXPECT_THAT(apply(store::SetPin{operation(cy), garden, Ordinal(2), true, kNow}),
                is_refused(Refusal::no_such_message));
    EXPECT_THAT(apply(store::AppendMessage{operation(cy), garden, MessageText::cut("x"), kNow, Ordinal(2)}),
                is_refused(Refusal::no_such_message));
    EXPECT_TRUE(post(cy, garden, "three").done());
    EXPECT_TRUE(apply(store::AppendMessage{operation(cy), garden, MessageText::cut("x"), kNow, Ordinal(3)}).done());
    EXPECT_TRUE(apply(store::LeaveRoom{operation(bo), garden, kNow}).done());
    join(bo, garden);
    EXPECT_EQ(summary(bo, garden).reads_from, Ordinal(5)) << "she is a newcomer again";
}

TEST_F(RoomSettingsChanges, ADirectChatHasNothingOfThis) {
    const auto room = fresh_room();
    apply(store::OpenDirectChat{operation(ana), room, bo, kNow});
    EXPECT_THAT(set_topic(ana, room, "us"), is_refused(Refusal::not_in_a_chat));
    EXPECT_THAT(rename(ana, room, "us"), is_refused(Refusal::not_in_a_chat));
    EXPECT_THAT(invite(ana, room, cy), is_refused(Refusal::not_in_a_chat));
    EXPECT_THAT(set_access(ana, room, RoomAccess::open), is_refused(Refusal::not_in_a_chat));
    EXPECT_THAT(set_topic(cy, room, "us"), is_refused(Refusal::no_such_room));
}

TEST_F(RoomSettingsChanges, AResendGetsTheFirstAnswer) {
    const store::SetTopic change{operation(ana), garden, RoomTopic::cut("What grows"), kNow};
    const auto first = apply(change);
    set_topic(ana, garden, "Weeds");
    const auto again = apply(change);
    EXPECT_EQ(again.status, Status::earlier);
    EXPECT_EQ(again.result, first.result);
    EXPECT_EQ(summary(ana, garden).topic.view(), "Weeds");
}

}  // namespace
}  // namespace parley::sqlite
