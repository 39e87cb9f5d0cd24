#include "server_fixture.hpp"

namespace parley::support {
namespace {

class SignInTest : public ServerFixture {
  protected:
    MemoryConnection& greeted() {
        auto& connection = server->connect();
        server->say(connection, Hello{});
        idle();
        return connection;
    }
};

TEST_F(SignInTest, HelloIsAnsweredByAGreeting) {
    auto& connection = greeted();
    ASSERT_TRUE(connection.last<Greeting>());
    EXPECT_EQ(connection.last<Greeting>()->version, kOurVersions.highest);
    EXPECT_EQ(connection.last<Greeting>()->connection, net::number_of(connection.id()));
    EXPECT_EQ(connection.last<Greeting>()->registration, Registration::open);
}

TEST_F(SignInTest, AVersionOutsideTheRangeIsToldToReload) {
    auto& connection = server->connect();
    server->say(connection, Hello{{200, 201}, {}});
    idle();
    EXPECT_EQ(connection.last<Refused>()->reason, Refusal::wrong_version);
    EXPECT_EQ(connection.closed, CloseCode::wrong_version);
}

TEST_F(SignInTest, NothingComesBeforeHello) {
    auto& connection = server->connect();
    server->say(connection, ListRooms{1, {}});
    idle();
    EXPECT_EQ(connection.last<Refused>()->reason, Refusal::hello_first);
    EXPECT_EQ(connection.closed, CloseCode::protocol_error);
}

TEST_F(SignInTest, ATokenSignsInWithRoomsAndProfiles) {
    auto& ana = account("ana");
    ASSERT_TRUE(ana.last<Welcome>());
    ASSERT_EQ(ana.last<Welcome>()->rooms.size(), 1u);
    EXPECT_EQ(ana.last<Welcome>()->rooms[0].name.view(), "general");
    EXPECT_FALSE(ana.last<Welcome>()->token);
    ASSERT_EQ(ana.last<Profiles>()->profiles.size(), 1u);
    EXPECT_EQ(ana.last<Profiles>()->profiles[0].account.view(), "ana");
    ASSERT_EQ(ana.all<Subscribed>().size(), 1u);
    EXPECT_EQ(ana.last<Subscribed>()->head, ana.last<Welcome>()->rooms[0].head);
    EXPECT_EQ(ana.message_limit, limits::kClientFrame);
}

TEST_F(SignInTest, AnUnknownTokenIsRefusedAndTheConnectionMayTryAgain) {
    auto& connection = server->sign_in(Token{});
    EXPECT_EQ(connection.last<Refused>()->reason, Refusal::token_not_valid);
    EXPECT_FALSE(connection.closed);
    server->say(connection, Resume{2, server->make_account("ana"), {}, {}});
    idle();
    EXPECT_TRUE(connection.last<Welcome>());
}

TEST_F(SignInTest, ASecondLoginOnOneConnectionIsRefused) {
    const auto token = server->make_account("ana");
    auto& ana = server->sign_in(token);
    server->say(ana, Resume{5, token, {}, {}});
    idle();
    EXPECT_EQ(ana.last<Refused>()->reason, Refusal::already_logged_in);
    EXPECT_EQ(ana.last<Refused>()->request, 5u);
}

TEST_F(SignInTest, EveryMessageThatNeedsALoginIsRefusedWithoutOne) {
    auto& connection = greeted();
    const std::vector<ClientMessage> messages{LogOut{1},
                                              CreateRoom{next_op(), *RoomName::from("x")},
                                              JoinRoom{next_op(), RoomId(1)},
                                              LeaveRoom{next_op(), RoomId(1)},
                                              ListRooms{},
                                              OpenDirectChat{next_op(), UserId(1)},
                                              PostText{next_op(), RoomId(1), *MessageText::from("x")},
                                              LoadHistory{},
                                              LoadHistoryAt{},
                                              SyncRoom{},
                                              ListMembers{},
                                              ReportPresence{},
                                              ReportTyping{},
                                              MarkRead{},
                                              SetNick{next_op(), *Nick::from("x")},
                                              ConfirmResults{}};
    for (const auto& message : messages) {
        connection.received.clear();
        server->say(connection, message);
        idle();
        ASSERT_EQ(connection.received.size(), 1u) << name_of(message);
        EXPECT_EQ(connection.last<Refused>()->reason, Refusal::not_logged_in) << name_of(message);
    }
}

TEST_F(SignInTest, WhoDoesNotSignInIsClosed) {
    auto& connection = greeted();
    auto& ana = account("ana");
    server->advance(limits::kLoginTime + std::chrono::seconds(1));
    EXPECT_EQ(connection.closed, CloseCode::login_too_slow);
    EXPECT_FALSE(ana.closed);
}

TEST_F(SignInTest, SigningOutEndsEveryConnectionOfTheTokenAndTheToken) {
    const auto token = server->make_account("ana");
    auto& one = server->sign_in(token);
    auto& two = server->sign_in(token);
    server->say(one, LogOut{9});
    idle();
    EXPECT_EQ(one.last<LoggedOut>()->request, 9u);
    EXPECT_FALSE(one.closed);
    EXPECT_EQ(two.last<LoggedOut>()->request, 0u);
    EXPECT_TRUE(two.closed);
    auto& three = server->sign_in(token);
    EXPECT_EQ(three.last<Refused>()->reason, Refusal::token_not_valid);
}

TEST_F(SignInTest, ASecondHelloEndsTheConnection) {
    auto& ana = account("ana");
    server->say(ana, Hello{});
    idle();
    EXPECT_EQ(ana.closed, CloseCode::protocol_error);
}

// Logging out twice while another login is under way must not let a third one in beside it: the connection would stay
// in the rooms' audience after it is gone.
TEST_F(SignInTest, LoginsThatOvertakeEachOtherLeaveNothingBehind) {
    const auto token = server->make_account("ana");
    auto& bo = account("bo");
    for (std::uint64_t round = 0; round < 300; ++round) {
        auto& ana = server->sign_in(server->make_account("ana" + std::to_string(round)));
        server->say(ana, LogOut{1});
        server->run_steps(round % 5);
        server->say(ana, LogOut{2});
        for (RequestId request = 3; request < 6; ++request) {
            server->run_steps(round / 5 % 12);
            server->say(ana, Resume{request, token, {}, {}});
        }
        idle();
        server->disconnect(ana);
        post(bo, room_of(bo), "is anybody still listening?");
        ASSERT_NO_THROW(idle()) << "round " << round;
        server->say(bo, ConfirmResults{OutboxId(77), last_op});
    }
}

TEST_F(SignInTest, TheOldestDeviceMakesRoomForTheNewest) {
    const auto token = server->make_account("ana");
    auto& oldest = server->sign_in(token);
    for (std::size_t i = 1; i < limits::kDevicesPerPerson; ++i) EXPECT_TRUE(server->sign_in(token).last<Welcome>());
    EXPECT_FALSE(oldest.closed);
    auto& newest = server->sign_in(token);
    EXPECT_TRUE(oldest.closed);
    EXPECT_TRUE(newest.last<Welcome>());
    EXPECT_FALSE(newest.closed);
}

TEST_F(SignInTest, OnlyProfilesAboveTheKnownRevisionComeWithAResume) {
    const auto token = server->make_account("ana");
    const auto known = server->sign_in(token).last<Welcome>()->profiles;
    static_cast<void>(server->make_account("bo"));
    auto& again = server->sign_in(token, {0, {}, known, {}});
    ASSERT_EQ(again.all<Profiles>().size(), 1u);
    ASSERT_EQ(again.last<Profiles>()->profiles.size(), 1u);
    EXPECT_EQ(again.last<Profiles>()->profiles[0].account.view(), "bo");
}

}  // namespace
}  // namespace parley::support
