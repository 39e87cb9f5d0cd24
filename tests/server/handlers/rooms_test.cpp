#include <gmock/gmock.h>

#include "server_fixture.hpp"

namespace parley::support {
namespace {

class RoomsTest : public ServerFixture {
  protected:
    RoomId create(MemoryConnection& creator, std::string_view name) {
        server->say(creator, CreateRoom{next_op(), *RoomName::from(name)});
        idle();
        return creator.last<Done>()->room;
    }
};

TEST_F(RoomsTest, ACreatedRoomIsInTheCreatorsListAndInTheDirectory) {
    auto& ana = account("ana");
    const auto room = create(ana, "plans");
    const auto added = std::get<RoomAdded>(ana.last<AccountEvents>()->events.back().body);
    EXPECT_EQ(added.room.id, room);
    EXPECT_EQ(added.room.name.view(), "plans");
    EXPECT_EQ(ana.last<Subscribed>()->room, room);
    auto& bo = account("bo");
    server->say(bo, ListRooms{4, {}});
    idle();
    const auto listed = *bo.last<RoomDirectory>();
    ASSERT_EQ(listed.rooms.size(), 2u);
    EXPECT_EQ(listed.rooms[0].name.view(), "general");
    EXPECT_EQ(listed.rooms[0].members, 2u);
    EXPECT_EQ(listed.rooms[1].id, room);
    EXPECT_FALSE(listed.more);
}

TEST_F(RoomsTest, ANameIsTakenOnceAndMustBeAName) {
    auto& ana = account("ana");
    create(ana, "plans");
    create(ana, "caf\u00E9");
    for (const auto& [name, why] : {std::pair{"plans", Refusal::room_name_taken},
                                    {"cafe\u0301", Refusal::room_name_taken},
                                    {"plans\uFE0F", Refusal::room_name_not_allowed},
                                    {"pl\u0430ns", Refusal::room_name_not_allowed},
                                    {"\uFF50lans", Refusal::room_name_not_allowed},
                                    {"", Refusal::room_name_not_allowed},
                                    {"two words", Refusal::room_name_not_allowed},
                                    {"Loud", Refusal::room_name_not_allowed}}) {
        server->say(ana, CreateRoom{next_op(), *RoomName::from(name)});
        idle();
        EXPECT_EQ(ana.last<Refused>()->reason, why) << name;
    }
}

TEST_F(RoomsTest, JoiningIsHeardByAllAndAJoinerHearsFromHeadOn) {
    auto& ana = account("ana");
    const auto room = create(ana, "plans");
    post(ana, room, "before");
    auto& bo = account("bo");
    server->say(bo, JoinRoom{next_op(), room});
    idle();
    EXPECT_EQ(std::get<MemberJoined>(heard(ana, room).back().body).user, user_of(bo));
    const auto head = bo.last<Subscribed>()->head;
    post(ana, room, "after");
    idle();
    EXPECT_EQ(texts(heard(bo, room)), std::vector<std::string>{"after"});
    EXPECT_EQ(heard(bo, room).back().sequence, head.next());
}

TEST_F(RoomsTest, JoiningAgainAnswersDoneAndChangesNothing) {
    auto& ana = account("ana");
    const auto room = room_of(ana);
    server->say(ana, JoinRoom{next_op(), room});
    idle();
    EXPECT_EQ(ana.all<Done>().size(), 1u);
    EXPECT_TRUE(heard(ana, room).empty());
}

TEST_F(RoomsTest, APostRightBehindItsJoinIsTaken) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    const auto room = create(ana, "plans");
    server->say(bo, JoinRoom{next_op(), room});
    post(bo, room, "here I am");
    idle();
    EXPECT_TRUE(bo.all<Refused>().empty());
    EXPECT_EQ(texts(heard(ana, room)), std::vector<std::string>{"here I am"});
}

TEST_F(RoomsTest, WhoLeavesHearsNothingMoreOnAnyDevice) {
    const auto token = server->make_account("ana");
    auto& one = server->sign_in(token);
    auto& two = server->sign_in(token);
    auto& bo = account("bo");
    const auto room = room_of(one);
    server->say(one, LeaveRoom{next_op(), room});
    idle();
    post(bo, room, "is she gone?");
    idle();
    EXPECT_TRUE(texts(heard(one, room)).empty());
    EXPECT_TRUE(texts(heard(two, room)).empty());
    EXPECT_EQ(std::get<RoomRemoved>(two.last<AccountEvents>()->events.back().body).room, room);
    server->say(bo, ListMembers{1, room});
    idle();
    ASSERT_EQ(bo.last<Members>()->members.size(), 1u);
    EXPECT_EQ(bo.last<Members>()->members[0].user, user_of(bo));
}

TEST_F(RoomsTest, ADirectChatOpensOnceForBothAndIsSeenByNobodyElse) {
    auto& ana = account("ana");
    auto& bo = account("bo");
    auto& eve = account("eve");
    server->say(ana, OpenDirectChat{next_op(), user_of(bo)});
    idle();
    const auto room = ana.last<Done>()->room;
    server->say(bo, OpenDirectChat{next_op(), user_of(ana)});
    idle();
    EXPECT_EQ(bo.last<Done>()->room, room);
    EXPECT_EQ(std::get<RoomAdded>(bo.last<AccountEvents>()->events.back().body).room.peer, user_of(ana));
    EXPECT_EQ(std::get<RoomAdded>(ana.last<AccountEvents>()->events.back().body).room.peer, user_of(bo));
    post(bo, room, "just us");
    server->say(eve, JoinRoom{next_op(), room});
    server->say(ana, LeaveRoom{next_op(), room});
    idle();
    EXPECT_EQ(texts(heard(ana, room)), std::vector<std::string>{"just us"});
    EXPECT_TRUE(heard(eve, room).empty());
    EXPECT_EQ(eve.last<Refused>()->reason, Refusal::no_such_room);
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::cannot_leave);
}

TEST_F(RoomsTest, ADirectChatWithNobodyIsRefused) {
    auto& ana = account("ana");
    server->say(ana, OpenDirectChat{next_op(), UserId(424242)});
    idle();
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::no_such_person);
}

TEST_F(RoomsTest, AResumeBringsWhatWasMissedAndOnlyThat) {
    const auto token = server->make_account("ana");
    auto& ana = server->sign_in(token);
    auto& bo = account("bo");
    const auto room = room_of(ana);
    for (int i = 0; i < 5; ++i) post(bo, room, "seen");
    idle();
    const auto seen = heard(ana, room).back().sequence;
    server->disconnect(ana);
    post_many(bo, room, 700, "missed");  // more than what the room remembers
    for (const auto after : {seen, Sequence(seen.value() + 699)}) {
        auto& back = server->sign_in(token, {0, {}, {}, {{room, after}}});
        const auto events = heard(back, room);
        ASSERT_EQ(events.size(), 700 - (after.value() - seen.value()));
        EXPECT_EQ(events.front().sequence, after.next());
        EXPECT_EQ(events.back().sequence, back.last<Subscribed>()->head);
        server->disconnect(back);
    }
}

TEST_F(RoomsTest, AResumeFromAfterTheHeadIsReset) {
    const auto token = server->make_account("ana");
    const auto room = room_of(server->sign_in(token));
    auto& back = server->sign_in(token, {0, {}, {}, {{room, Sequence(1'000'000)}}});
    ASSERT_TRUE(back.last<RoomReset>());
    EXPECT_EQ(back.last<RoomReset>()->head, back.last<Subscribed>()->head);
}

// Further behind than limits::kSyncEvents: the server says so, and the room is loaded anew; at the bound it is not.
TEST_F(RoomsTest, WhoIsTooFarBehindIsToldSo) {
    const auto token = server->make_account("ana");
    const auto room = room_of(server->sign_in(token));
    auto& bo = account("bo");
    const auto before = heard(bo, room).size();
    post_many(bo, room, static_cast<int>(limits::kSyncEvents), "long ago");
    ASSERT_EQ(heard(bo, room).size(), before + limits::kSyncEvents);
    const auto head = heard(bo, room).back().sequence;
    const Sequence within(head.value() - limits::kSyncEvents);
    const Sequence beyond(within.value() - 1);
    auto& far = server->sign_in(token, {0, {}, {}, {{room, beyond}}});
    ASSERT_EQ(far.all<RoomReset>().size(), 1u);
    EXPECT_EQ(far.last<RoomReset>()->head, head);
    EXPECT_TRUE(heard(far, room).empty());
    auto& near = server->sign_in(token, {0, {}, {}, {{room, within}}});
    EXPECT_FALSE(near.last<RoomReset>());
    EXPECT_EQ(heard(near, room).size(), limits::kSyncEvents);
}

// A room that nobody is in any more is forgotten, and is the same again when somebody comes.
TEST_F(RoomsTest, AnEmptyRoomIsForgottenAndComesBackWhole) {
    const auto token = server->make_account("ana");
    auto& ana = server->sign_in(token);
    const auto general = room_of(ana);
    server->say(ana, CreateRoom{next_op(), *RoomName::from("den")});
    idle();
    const auto den = ana.last<Done>()->room;
    post(ana, den, "before");
    idle();
    EXPECT_EQ(server->live_rooms(), 2u);
    server->advance(limits::kRoomIdleTime * 3);
    EXPECT_EQ(server->live_rooms(), 2u) << "she is here";
    server->disconnect(ana);
    server->advance(limits::kRoomIdleTime * 3);
    EXPECT_EQ(server->live_rooms(), 0u);
    auto& back = server->sign_in(token, {0, {}, {}, {{den, Sequence(1)}}});
    EXPECT_EQ(server->live_rooms(), 2u);
    EXPECT_EQ(texts(heard(back, den)), std::vector<std::string>{"before"});
    post(back, den, "after");
    idle();
    EXPECT_EQ(texts(heard(back, den)), (std::vector<std::string>{"before", "after"}));
    EXPECT_TRUE(heard(back, general).empty());
}

TEST_F(RoomsTest, CatchingUpWaitsForTheReaderToTakeItsPages) {
    const auto token = server->make_account("ana");
    const auto room = room_of(server->sign_in(token));
    auto& bo = account("bo");
    post_many(bo, room, 3000, "one of many");
    auto& back = server->connect();
    back.queued = limits::kReadPauseAbove + 1;
    server->say(back, Hello{});
    server->say(back, Resume{1, token, {}, {{room, Sequence(1)}}});
    idle();
    EXPECT_FALSE(back.last<Welcome>());
    EXPECT_TRUE(heard(back, room).empty());
    EXPECT_TRUE(back.paused);
    back.queued = 0;
    server->drained(back);
    idle();
    EXPECT_FALSE(back.paused);
    const auto events = heard(back, room);
    ASSERT_GE(events.size(), 3000u);
    for (std::size_t i = 1; i < events.size(); ++i) ASSERT_EQ(events[i].sequence, events[i - 1].sequence.next());
}

// Beats and what is watched have no rate of their own: a million of them would take the shard from everybody else.
TEST_F(RoomsTest, WhoSendsFramesWithoutEndIsReadMoreSlowlyAndLosesNone) {
    const auto token = server->make_account("ana");
    server->limit_rates();
    auto& ana = server->sign_in(token);
    std::uint32_t sent = 0;
    const auto read_more = [&] {
        const auto before = sent;
        while (!ana.paused && sent < before + 10'000) {
            server->say(ana, ClientBeat{++sent});
            server->run_shards();
        }
        return sent - before;
    };
    EXPECT_NEAR(static_cast<double>(read_more()), limits::kFrameRate.burst, 10) << "a few brought her here";
    idle();
    EXPECT_EQ(ana.all<Beat>().size(), sent);
    EXPECT_FALSE(ana.closed);
    server->advance(std::chrono::seconds(1));
    EXPECT_FALSE(ana.paused);
    EXPECT_NEAR(static_cast<double>(read_more()), limits::kFrameRate.per_second, 10);
    ana.queued = limits::kReadPauseAbove + 1;
    server->say(ana, ClientBeat{++sent});
    server->advance(std::chrono::seconds(1));
    EXPECT_TRUE(ana.paused) << "she is behind with her answers too";
    ana.queued = 0;
    server->drained(ana);
    idle();
    EXPECT_FALSE(ana.paused);
    read_more();
    ana.queued = limits::kReadPauseAbove + 1;
    server->say(ana, ClientBeat{++sent});
    server->run_shards();
    ana.queued = 0;
    server->drained(ana);
    server->run_shards();
    EXPECT_TRUE(ana.paused) << "she has her answers, and is too fast still";
    server->advance(std::chrono::seconds(1));
    EXPECT_FALSE(ana.paused);
}

// Of thirty small frames in one piece two were paid for.
TEST_F(RoomsTest, FramesThatCameWithTheOneTooManyMakeTheWaitLonger) {
    const auto token = server->make_account("ana");
    server->limit_rates();
    auto& ana = server->sign_in(token);
    std::uint32_t sent = 0;
    while (!ana.paused && sent < 10'000) {
        server->say(ana, ClientBeat{++sent});
        server->run_shards();
    }
    ASSERT_TRUE(ana.paused);
    const auto more = static_cast<std::uint32_t>(limits::kFrameRate.per_second);
    for (std::uint32_t i = 0; i < more; ++i) server->say(ana, ClientBeat{++sent});
    idle();
    EXPECT_EQ(ana.all<Beat>().size(), sent);
    server->advance(std::chrono::milliseconds(900));
    EXPECT_TRUE(ana.paused);
    server->advance(std::chrono::milliseconds(200));
    EXPECT_FALSE(ana.paused);
}

// Her account hears of leaving and coming back before the room has published either, in some orders of the shards.
TEST_F(RoomsTest, WhoLeavesAndComesBackAtOnceHearsTheRoom) {
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        TemporaryDirectory fresh(TemporaryDirectory::Where::memory);
        auto store = sqlite::SqliteBackend::open(fresh.path());
        ASSERT_TRUE(store.has_value());
        server = std::make_unique<SeededServer>(**store, seed);
        auto& ana = account("ana");
        auto& bo = account("bo");
        const auto room = room_of(ana);
        server->say(ana, LeaveRoom{next_op(), room});
        server->say(ana, JoinRoom{next_op(), room});
        idle();
        post(bo, room, "welcome back");
        idle();
        EXPECT_THAT(texts(heard(ana, room)), testing::Contains("welcome back"));
        server.reset();
    }
}

}  // namespace
}  // namespace parley::support
