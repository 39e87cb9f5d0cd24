// What is done to rooms themselves: topic, name, access; and who is brought into one.
#include <set>

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
    store::Outcome archive(UserId user, RoomId room, bool on) {
        store::ChangeRoomSettings change{operation(user), room, {}, kNow};
        change.archived = on;
        return apply(change);
    }
    store::Outcome let_post(UserId user, RoomId room, WhoPosts who) {
        store::ChangeRoomSettings change{operation(user), room, {}, kNow};
        change.posts = who;
        return apply(change);
    }
    store::Outcome set_poster(UserId user, RoomId room, UserId person, bool on) {
        return apply(store::SetPoster{operation(user), room, person, on, kNow});
    }
    static GroupPeople people_of(std::set<UserId> people) {
        GroupPeople all;
        for (const auto person : people) all.push_back(person);
        return all;
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
    RoomId first_room = reader->directory({}, 10)->rooms.at(1).id;  // behind the garden
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
    EXPECT_TRUE(set_topic(ana, first_room, "Welcome").done());
    EXPECT_THAT(set_topic(bo, first_room, "Mine"), is_refused(Refusal::not_your_room));
    EXPECT_THAT(set_access(ana, first_room, RoomAccess::by_invitation), is_refused(Refusal::access_stays));
}

TEST_F(RoomSettingsChanges, WhoComesWhileTheRoomSaysSoReadsFromThenOn) {
    join(bo, garden);
    for (const auto* text : {"one", "two"}) post(ana, garden, text);
    const store::ChangeRoomSettings rule{operation(ana), garden, std::nullopt, kNow, NewcomersRead::since_joining};
    EXPECT_TRUE(apply(rule).done());
    EXPECT_EQ(summary(bo, garden).settings.newcomers, NewcomersRead::since_joining);
    EXPECT_EQ(summary(bo, garden).reads_from, Ordinal(1));
    const auto before_cy = reader->room(garden)->value().head;
    join(cy, garden);
    EXPECT_EQ(std::get<RoomAdded>(effects.account_events.at(0).event.body).room.reads_from, Ordinal(3));
    EXPECT_EQ(summary(cy, garden).reads_from, Ordinal(3));
    EXPECT_THAT(reader->room(garden)->value().newcomers, ElementsAre(store::ReadsFrom{cy, Ordinal(3), before_cy}));
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

TEST_F(RoomSettingsChanges, AnArchivedRoomTakesNothingAndIsInNoDirectory) {
    join(bo, garden);
    post(bo, garden, "before");
    EXPECT_THAT(archive(bo, garden, true), is_refused(Refusal::not_your_room));
    EXPECT_THAT(archive(ana, first_room, true), is_refused(Refusal::access_stays));
    EXPECT_TRUE(archive(ana, garden, true).done());
    EXPECT_TRUE(summary(bo, garden).settings.archived);
    EXPECT_THAT(listed(), ElementsAre("general"));
    EXPECT_THAT(post(ana, garden, "after"), is_refused(Refusal::room_archived));
    EXPECT_THAT(apply(store::SetPin{operation(bo), garden, Ordinal(1), true, kNow}),
                is_refused(Refusal::room_archived));
    EXPECT_THAT(apply(store::DeleteMessage{operation(bo), garden, Ordinal(1), kNow}),
                is_refused(Refusal::room_archived));
    EXPECT_THAT(set_topic(ana, garden, "over"), is_refused(Refusal::room_archived));
    EXPECT_THAT(invite(ana, garden, cy), is_refused(Refusal::room_archived));
    EXPECT_THAT(apply(store::JoinRoom{operation(cy), garden, kNow}), is_refused(Refusal::room_archived));
    EXPECT_THAT(let_post(ana, garden, WhoPosts::some), is_refused(Refusal::room_archived));
    EXPECT_THAT(archive(ana, garden, true).result.sequence, summary(ana, garden).head);
    EXPECT_THAT(apply(store::LeaveRoom{operation(ana), garden, kNow}), is_refused(Refusal::owner_keeps_archived));
    EXPECT_TRUE(archive(ana, garden, false).done());
    EXPECT_TRUE(post(ana, garden, "after").done());
    EXPECT_THAT(listed(), ElementsAre("garden", "general"));
}

TEST_F(RoomSettingsChanges, WhereOnlySomePostTheOwnerNamesThem) {
    join(bo, garden);
    EXPECT_THAT(set_poster(ana, garden, bo, true), is_refused(Refusal::everybody_posts));
    EXPECT_TRUE(let_post(ana, garden, WhoPosts::some).done());
    EXPECT_TRUE(post(ana, garden, "news").done());
    EXPECT_THAT(post(bo, garden, "me too"), is_refused(Refusal::may_not_post));
    EXPECT_TRUE(apply(store::SetReaction{operation(bo), garden, Ordinal(1), Emoji::cut("a"), true}).done());
    EXPECT_THAT(apply(store::SetPin{operation(bo), garden, Ordinal(1), true, kNow}), is_refused(Refusal::may_not_post));
    EXPECT_THAT(set_poster(ana, garden, cy, true), is_refused(Refusal::not_a_member));
    EXPECT_THAT(set_poster(bo, garden, bo, true), is_refused(Refusal::not_your_room));
    EXPECT_TRUE(set_poster(ana, garden, bo, true).done());
    EXPECT_EQ(std::get<PosterChanged>(effects.room_events.at(0).event.body).person, bo);
    EXPECT_TRUE(summary(bo, garden).is_poster);
    EXPECT_THAT(reader->room(garden)->value().posters, ElementsAre(bo));
    EXPECT_TRUE(post(bo, garden, "me too").done());
    EXPECT_TRUE(let_post(ana, garden, WhoPosts::everybody).done());
    EXPECT_FALSE(summary(bo, garden).is_poster) << "nobody is named where all may";
}

TEST_F(RoomSettingsChanges, AsManyAsMayBeNamedAndNoMore) {
    let_post(ana, garden, WhoPosts::some);
    for (std::size_t i = 0; i <= limits::kPostersPerRoom; ++i) {
        const auto person = register_person(("p" + std::to_string(i)).c_str());
        join(person, garden);
        const auto outcome = set_poster(ana, garden, person, true);
        if (i < limits::kPostersPerRoom)
            EXPECT_TRUE(outcome.done());
        else
            EXPECT_THAT(outcome, is_refused(Refusal::too_many_posters));
    }
}

TEST_F(RoomSettingsChanges, AFavouriteIsHerOwnAndGoesWhenSheLeaves) {
    join(bo, garden);
    EXPECT_TRUE(apply(store::SetFavourite{operation(bo), garden, true}).done());
    ASSERT_THAT(effects.account_events, SizeIs(1));
    EXPECT_EQ(effects.account_events[0].user, bo);
    EXPECT_TRUE(std::get<FavouriteChanged>(effects.account_events[0].event.body).on);
    EXPECT_THAT(effects.room_events, IsEmpty());
    EXPECT_TRUE(summary(bo, garden).favourite);
    EXPECT_FALSE(summary(ana, garden).favourite);
    apply(store::SetFavourite{operation(bo), garden, true});
    EXPECT_THAT(effects.account_events, IsEmpty());
    EXPECT_THAT(apply(store::SetFavourite{operation(cy), garden, true}), is_refused(Refusal::not_a_member));
    apply(store::LeaveRoom{operation(bo), garden, kNow});
    join(bo, garden);
    EXPECT_FALSE(summary(bo, garden).favourite);
}

TEST_F(RoomSettingsChanges, AGroupChatIsOneForTheSamePeople) {
    const auto room = fresh_room();
    const store::OpenGroupChat change{operation(ana), room, people_of({ana, bo, cy}), kNow};
    EXPECT_TRUE(apply(change).done());
    EXPECT_THAT(effects.account_events, SizeIs(3));
    EXPECT_EQ(summary(cy, room).kind, RoomKind::group);
    EXPECT_EQ(summary(cy, room).people, people_of({ana, bo, cy}));
    const store::OpenGroupChat again{operation(bo), fresh_room(), people_of({ana, bo, cy}), kNow};
    EXPECT_EQ(apply(again).result.room, room);
    EXPECT_THAT(effects.account_events, IsEmpty());
    const store::OpenGroupChat strange{operation(bo), fresh_room(), people_of({ana, bo, UserId(4242)}), kNow};
    EXPECT_THAT(apply(strange), is_refused(Refusal::no_such_person));
    EXPECT_THAT(apply(store::LeaveRoom{operation(bo), room, kNow}), is_refused(Refusal::cannot_leave));
    EXPECT_THAT(set_topic(ana, room, "us"), is_refused(Refusal::not_in_a_chat));
    EXPECT_TRUE(post(cy, room, "the three of us").done());
    const auto dee = register_person("dee");
    EXPECT_THAT(post(dee, room, "and me?"), is_refused(Refusal::no_such_room));
}

// What became of the room is told with the messages it stands between, and once.
TEST_F(RoomSettingsChanges, AreToldWithThePageOfMessagesTheyStandAmong) {
    const auto changes_in = [&](HistoryDirection direction, std::uint64_t at, std::size_t limit) {
        std::vector<std::string> topics;
        const auto page = reader->history(garden, direction, Ordinal(at), limit).value();
        for (const auto& change : page.changes) topics.push_back(std::get<TopicChanged>(change.body).topic.str());
        return topics;
    };
    set_topic(ana, garden, "a");
    EXPECT_THAT(changes_in(HistoryDirection::before, 0, 10), ElementsAre("a")) << "nothing was said yet";
    post(ana, garden, "1");
    set_topic(ana, garden, "b");
    join(bo, garden);
    post(ana, garden, "2");
    set_topic(ana, garden, "c");
    post(ana, garden, "3");
    set_topic(ana, garden, "d");
    EXPECT_THAT(changes_in(HistoryDirection::before, 0, 10), ElementsAre("a", "b", "c", "d"));
    EXPECT_THAT(changes_in(HistoryDirection::before, 0, 1), ElementsAre("c", "d"));
    EXPECT_THAT(changes_in(HistoryDirection::before, 3, 1), ElementsAre("b"));
    EXPECT_THAT(changes_in(HistoryDirection::before, 2, 1), ElementsAre("a"));
    EXPECT_THAT(changes_in(HistoryDirection::before, 1, 1), IsEmpty());
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
