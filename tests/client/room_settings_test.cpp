// What becomes of rooms themselves as one client sees it: topic, name, access, invitations; in events, in lists, and
// where events were left out.
#include <algorithm>

#include "kept_records.hpp"
#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;
using testing::IsEmpty;
using testing::SizeIs;

RoomEvent topic(std::uint64_t sequence, const char* text, UserId by = Server::kBo, OpId op = {}) {
    return {Sequence(sequence), TopicChanged{by, op, {}, RoomTopic::cut(text)}};
}
RoomEvent renamed(std::uint64_t sequence, const char* name) {
    return {Sequence(sequence), RoomRenamed{Server::kBo, {}, {}, RoomName::cut(name)}};
}
RoomSummary listed(std::uint64_t head, const char* text) {
    auto summary = Server::summary(Server::kGeneral, head, 0);
    summary.topic = RoomTopic::cut(text);
    summary.owner = Server::kAna;
    return summary;
}

class RoomChanges : public testing::Test {
  protected:
    void SetUp() override { server_.log_in({listed(10, "old")}); }
    [[nodiscard]] std::string shown() const { return server_.general().topic.str(); }
    Server server_;
};

TEST_F(RoomChanges, AreShownAndTold) {
    EXPECT_EQ(shown(), "old");
    EXPECT_TRUE(server_.client.state().owns(server_.general()));
    server_.say(Server::events({topic(11, "news"), renamed(12, "lounge")}));
    EXPECT_EQ(shown(), "news");
    EXPECT_EQ(server_.general().name.view(), "lounge");
    EXPECT_EQ(server_.client.state().room_named("lounge"), &server_.general());
    EXPECT_EQ(server_.client.state().room_named("general"), nullptr);
    const auto told = server_.take_notices<RoomChanged>();
    ASSERT_THAT(told, SizeIs(2));
    EXPECT_EQ(std::get<TopicChanged>(told[0].change).topic.view(), "news");
    EXPECT_EQ(told[1].sequence, Sequence(12));
    EXPECT_TRUE(told[1].live);
}

TEST_F(RoomChanges, OfHersIsDoneWithItsEventOrItsAnswerWhicheverIsFirst) {
    const auto op = *server_.client.set_topic(Server::kGeneral, "mine");
    EXPECT_EQ(server_.take_one<SetTopic>().topic.view(), "mine");
    server_.say(Server::events({topic(11, "mine", Server::kAna, op)}));
    EXPECT_THAT(server_.take_notices<OperationDone>(), SizeIs(1));
    server_.say(Server::done(op, 11));
    EXPECT_THAT(server_.take_notices<OperationDone>(), IsEmpty());
    EXPECT_EQ(server_.client.unsettled_operations(), 0u);
}

TEST_F(RoomChanges, OutOfTheirBoundsAreNotAsked) {
    EXPECT_EQ(server_.client.set_topic(Server::kGeneral, std::string(limits::kRoomTopic + 1, 'a')), std::nullopt);
    EXPECT_EQ(server_.client.rename_room(Server::kGeneral, std::string(limits::kRoomName + 1, 'a')), std::nullopt);
}

// The list was read when all of it had happened: on the way through the events nothing goes back.
TEST_F(RoomChanges, ThatTheListHoldsAlreadyAreNotShownAgain) {
    server_.come_back();
    server_.say(Server::welcome({listed(13, "newest")}));
    server_.say(Server::subscribed(13, 0));
    EXPECT_EQ(shown(), "newest");
    server_.say(Server::events({topic(11, "news"), topic(12, "more news")}));
    EXPECT_EQ(shown(), "newest");
    server_.say(Server::events({topic(13, "newest"), topic(14, "still newer")}));
    EXPECT_EQ(shown(), "still newer");
    EXPECT_EQ(server_.general().applied, Sequence(14));
}

TEST_F(RoomChanges, ThatWereLeftOutComeWithTheReset) {
    server_.come_back();
    server_.say(Server::welcome({listed(30'000, "when it was listed")}));
    server_.say(Server::subscribed(30'002, 0));
    server_.say(RoomReset{Server::kGeneral,
                          Sequence(30'002),
                          Ordinal(0),
                          {RoomName::cut("lounge"), RoomTopic::cut("now"), {RoomAccess::by_invitation}}});
    EXPECT_EQ(shown(), "now");
    EXPECT_EQ(server_.general().name.view(), "lounge");
    EXPECT_TRUE(server_.general().is_private());
    server_.say(Server::events({topic(30'003, "later")}));
    EXPECT_EQ(shown(), "later");
}

TEST_F(RoomChanges, APrivateRoomGivesItsNameToAnOpenOne) {
    const RoomId den(5);
    auto summary = Server::summary(den, 1, 0);
    summary.settings.access = RoomAccess::by_invitation;
    AccountEvents frame;
    frame.events.push_back({AccountSequence(6), RoomAdded{summary, Server::kBo}});
    server_.say(frame);
    const auto told = server_.take_notices<Invited>();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].room, den);
    EXPECT_EQ(told[0].user, Server::kAna);
    EXPECT_EQ(told[0].by, Server::kBo);
    ASSERT_LT(den, Server::kGeneral) << "the first that is found";
    EXPECT_EQ(server_.client.state().room_named("general"), &server_.general());
}

TEST_F(RoomChanges, WhoIsInvitedIsOneOfTheMembers) {
    server_.client.list_members(Server::kGeneral);
    const auto ask = server_.take_one<ListMembers>();
    server_.say(Members{ask.request, Server::kGeneral, {{Server::kAna, Presence::online}}});
    server_.say(Server::events({{Sequence(11), MemberInvited{Server::kBo, Server::kAna, {}}}}));
    EXPECT_EQ(server_.general().members.count(Server::kBo), 1u);
    EXPECT_THAT(server_.take_notices<Invited>(), SizeIs(1));
}

// A newcomer where nothing was said since: what there is for her begins behind the room's last message.
TEST_F(RoomChanges, ANewcomersTimelineBeginsWhereSheMayRead) {
    const RoomId den(5);
    auto summary = Server::summary(den, 8, 6);
    summary.read.read = Ordinal(6);
    summary.reads_from = Ordinal(7);
    AccountEvents frame;
    frame.events.push_back({AccountSequence(6), RoomAdded{summary}});
    server_.say(frame);
    server_.say(Server::subscribed(8, 6, den));
    server_.client.load_latest(den);
    const auto ask = server_.take_one<LoadHistory>();
    server_.say(History{ask.request, den, Sequence(8), Ordinal(6), {}});
    const auto& timeline = server_.client.state().room(den)->timeline;
    EXPECT_TRUE(timeline.loaded());
    EXPECT_TRUE(timeline.reaches_first());
    EXPECT_TRUE(timeline.reaches_head());
    server_.say(Server::events({{Sequence(9), EventConcealed{}}, Server::posted(10, 7)}, den));
    ASSERT_THAT(timeline.messages(), SizeIs(1));
    EXPECT_TRUE(timeline.reaches_first());
    EXPECT_TRUE(timeline.reaches_head());
    EXPECT_EQ(server_.client.state().room(den)->unread, 1u);
}

// She has left and come back on another device, while this one was away.
TEST_F(RoomChanges, WhatANewcomerHadReadBeforeIsDropped) {
    server_.client.load_latest(Server::kGeneral);
    const auto ask = server_.take_one<LoadHistory>();
    server_.say(History{ask.request, Server::kGeneral, Sequence(10), Ordinal(0), {}});
    server_.say(Server::events({Server::posted(11, 1), Server::posted(12, 2)}));
    ASSERT_THAT(server_.general().timeline.messages(), SizeIs(2));
    server_.come_back();
    auto summary = listed(20, "old");
    summary.last_ordinal = summary.read.read = Ordinal(5);
    summary.reads_from = Ordinal(6);
    server_.say(Server::welcome({summary}));
    EXPECT_THAT(server_.general().timeline.messages(), IsEmpty());
    EXPECT_FALSE(server_.general().timeline.loaded());
    EXPECT_EQ(server_.general().reads_from, Ordinal(6));
}

TEST_F(RoomChanges, SayWhoMayWrite) {
    const auto settings = [](std::uint64_t sequence, WhoPosts who, bool archived = false) {
        const RoomSettings all{RoomAccess::open, NewcomersRead::all, who, archived};
        return RoomEvent{Sequence(sequence), RoomSettingsChanged{Server::kBo, {}, {}, all}};
    };
    const auto poster = [](std::uint64_t sequence, UserId person, bool on) {
        return RoomEvent{Sequence(sequence), PosterChanged{Server::kBo, {}, {}, person, on}};
    };
    auto summary = listed(10, "old");
    summary.owner = Server::kBo;
    server_.come_back();
    server_.say(Server::welcome({summary}));
    server_.say(Server::subscribed(10, 0));
    const auto may_post = [&] { return server_.client.state().may_post(server_.general()); };
    EXPECT_TRUE(may_post());
    server_.say(Server::events({settings(11, WhoPosts::some)}));
    EXPECT_FALSE(may_post());
    server_.say(Server::events({poster(12, Server::kAna, true)}));
    EXPECT_TRUE(may_post());
    server_.say(Server::events({settings(13, WhoPosts::some, true)}));
    EXPECT_FALSE(may_post()) << "it is archived";
    server_.say(Server::events({settings(14, WhoPosts::everybody)}));
    EXPECT_TRUE(may_post());
    EXPECT_FALSE(server_.general().is_poster);
}

TEST_F(RoomChanges, StandAmongTheMessagesAndComeWithTheirPages) {
    server_.client.load_latest(Server::kGeneral);
    const auto ask = server_.take_one<LoadHistory>();
    server_.say(Server::events({topic(11, "news")}));  // heard while the page is on its way, and perhaps in it
    History page{ask.request, Server::kGeneral, Sequence(11), Ordinal(0), {}};
    page.changes = {topic(7, "old"), topic(11, "news")};
    server_.say(page);
    const auto& changes = server_.general().timeline.changes();
    ASSERT_THAT(changes, SizeIs(2));
    EXPECT_EQ(changes[0], topic(7, "old"));
    server_.say(Server::events({{Sequence(12), MemberInvited{Server::kBo, Server::kAna, {}}}, topic(13, "more")}));
    EXPECT_THAT(changes, SizeIs(4));
    EXPECT_EQ(changes.back(), topic(13, "more"));
    const auto view = server_.client.view_to_save();
    ASSERT_TRUE(view);
    EXPECT_EQ(view->rooms[0].changes.items(), changes);
}

TEST_F(RoomChanges, AFavouriteIsOneOnAllDevices) {
    EXPECT_FALSE(server_.general().favourite);
    AccountEvents frame;
    frame.events.push_back({AccountSequence(6), FavouriteChanged{Server::kGeneral, true}});
    server_.say(frame);
    EXPECT_TRUE(server_.general().favourite);
}

TEST_F(RoomChanges, AGroupChatIsCalledByItsOtherPeople) {
    const UserId cy(99);
    Profiles people;
    people.profiles.push_back({Server::kBo, AccountName::cut("bo"), Nick::cut("Bo"), ProfileRevision(8)});
    people.profiles.push_back({cy, AccountName::cut("cy"), Nick::cut("Cy"), ProfileRevision(9)});
    server_.say(people);
    auto summary = Server::summary(RoomId(5), 4, 0);
    summary.kind = RoomKind::group;
    summary.people = {Server::kAna, Server::kBo, cy};
    std::sort(summary.people.begin(), summary.people.end());
    AccountEvents frame;
    frame.events.push_back({AccountSequence(6), RoomAdded{summary}});
    server_.say(frame);
    const auto& state = server_.client.state();
    const auto* room = state.group_of({cy, Server::kBo});
    ASSERT_NE(room, nullptr);
    EXPECT_EQ(state.title_of(*room), "bo, cy");
    EXPECT_EQ(state.group_of({cy}), nullptr);
    EXPECT_EQ(server_.client.open_group_chat(std::vector<UserId>(limits::kGroupPeople + 1, cy)), std::nullopt);
}

TEST_F(RoomChanges, AreInTheSavedView) {
    server_.say(Server::events({topic(11, "news")}));
    const auto view = server_.client.view_to_save();
    ASSERT_TRUE(view);
    Client next({}, 5);
    next.resume({Server::token(), "ana"});
    ASSERT_TRUE(next.restore(*view));
    const auto* room = next.state().room(Server::kGeneral);
    EXPECT_EQ(room->topic.view(), "news");
    EXPECT_EQ(room->owner, Server::kAna);
}

}  // namespace
}  // namespace parley::client
