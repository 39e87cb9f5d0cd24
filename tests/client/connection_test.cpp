#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;

TEST(Connection, LogsInAndKeepsTheSession) {
    Server server;
    server.client.log_in("ana", "password");
    server.start();
    EXPECT_EQ(server.sockets_opened, 1);
    EXPECT_EQ(server.client.state().connection, ConnectionState::connecting);
    server.open();
    EXPECT_EQ(server.take_one<Hello>().versions, kOurVersions);
    server.greet();
    const auto asked = server.take_one<LogIn>();
    EXPECT_EQ(asked.account.str(), "ana");
    EXPECT_EQ(server.client.state().connection_id, 77u);
    auto welcome = Server::welcome({Server::summary()});
    welcome.token = Server::token();
    server.say(welcome);
    EXPECT_EQ(server.client.state().connection, ConnectionState::connected);
    EXPECT_EQ(server.client.state().self, Server::kAna);
    ASSERT_EQ(server.saved.size(), 1u);
    EXPECT_EQ(server.saved[0], (SavedSession{Server::token(), "ana"}));
}

TEST(Connection, RegistersWithAnOutboxOfItsOwnAndConfirmsIt) {
    Server server;
    server.start();
    server.open();
    server.greet();
    EXPECT_EQ(server.client.state().registration, Registration::open);
    server.client.register_account("ana", "password", "code");
    const auto asked = server.take_one<Register>();
    EXPECT_EQ(asked.invite.str(), "code");
    server.say(Server::welcome({}));
    const auto confirmed = server.take_one<ConfirmResults>();
    EXPECT_EQ(confirmed.outbox, asked.op.outbox);
    EXPECT_EQ(confirmed.through, asked.op.number);
}

TEST(Connection, ARegistrationWithoutAnswerIsSentAgainUnderTheSameOp) {
    Server server;
    server.client.register_account("ana", "password");
    server.start();
    server.open();
    server.greet();
    const auto first = server.take_one<Register>();
    server.come_back();
    EXPECT_EQ(server.take_one<Register>(), first);
}

TEST(Connection, ResumesByTokenWithPositions) {
    Server server;
    server.log_in({Server::summary(Server::kGeneral, 4, 3)});
    server.say(Server::events({Server::posted(5, 4)}));
    server.come_back();
    const auto resume = server.take_one<Resume>();
    EXPECT_EQ(resume.token, Server::token());
    EXPECT_EQ(resume.profiles, ProfileRevision(9));
    ASSERT_EQ(resume.positions.size(), 1u);
    EXPECT_EQ(resume.positions[0], (RoomPosition{Server::kGeneral, Sequence(5)}));
}

TEST(Connection, TheProfileRevisionCountsOnlyFromWelcomeOn) {
    Server server;
    server.log_in({});
    Profiles profiles;
    profiles.profiles.push_back(Profile{Server::kBo, AccountName::cut("bo"), Nick::cut("Bo"), ProfileRevision(50)});
    server.say(profiles);
    server.come_back();
    EXPECT_EQ(server.take_one<Resume>().profiles, ProfileRevision(9));
    EXPECT_EQ(server.client.state().person_named("bo")->revision, ProfileRevision(50));
}

TEST(Connection, BackOffStaysInItsBoundsAndGrows) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        Server server({}, seed);
        server.start();
        std::int64_t ceiling = 500;
        for (int attempt = 0; attempt < 12; ++attempt) {
            server.cut();
            const auto wait = *server.client.next_deadline() - server.now.monotonic_ms;
            EXPECT_GE(wait, 0);
            EXPECT_LE(wait, ceiling);
            EXPECT_EQ(server.client.state().next_try, *server.client.next_deadline());
            ceiling = std::min<std::int64_t>(30'000, ceiling * 2);
            server.pass_to_deadline();
        }
        EXPECT_EQ(server.sockets_opened, 13);
    }
}

TEST(Connection, BackOffIsJitteredOverItsWholeRange) {
    std::int64_t shortest = 500;
    std::int64_t longest = 0;
    for (std::uint64_t seed = 1; seed <= 300; ++seed) {
        Server server({}, seed);
        server.start();
        server.cut();
        const auto wait = *server.client.next_deadline() - server.now.monotonic_ms;
        shortest = std::min(shortest, wait);
        longest = std::max(longest, wait);
    }
    EXPECT_LT(shortest, 50);
    EXPECT_GT(longest, 450);
}

TEST(Connection, BackOffStartsAnewAfterAConnectionThatLasted) {
    Server server;
    server.log_in({});
    const auto reconnect = [&](std::int64_t lasting) {
        server.pass(lasting);
        server.cut();
        const auto wait = *server.client.next_deadline() - server.now.monotonic_ms;
        server.pass_to_deadline();
        server.open();
        server.greet();
        server.say(Server::welcome({}));
        return wait;
    };
    std::int64_t longest = 0;
    for (int i = 0; i < 20; ++i) longest = std::max(longest, reconnect(100));
    EXPECT_GT(longest, 2'000);
    EXPECT_LE(longest, 4'000) << "who was connected a moment ago is back soon";
    reconnect(20'000);
    for (int i = 0; i < 20; ++i) EXPECT_LE(reconnect(20'000), 500);
}

TEST(Connection, WhoIsAwayForLongAsksLessOften) {
    Server server;
    server.log_in({});
    server.pass(20'000);
    const auto lost = server.now.monotonic_ms;
    std::int64_t longest = 0;
    for (int attempt = 0; attempt < 200; ++attempt) {
        server.cut();
        const auto wait = *server.client.next_deadline() - server.now.monotonic_ms;
        EXPECT_LE(wait, std::max<std::int64_t>(4'000, (server.now.monotonic_ms - lost) / 8));
        longest = std::max(longest, wait);
        server.pass_to_deadline();
    }
    EXPECT_GT(longest, 20'000);
    EXPECT_LE(longest, 30'000);
}

TEST(Connection, ASilentServerIsGivenUp) {
    Server server;
    server.log_in({});
    server.pass(31'999);
    EXPECT_TRUE(server.closes.empty());
    server.say(Beat{});
    server.pass(31'999);
    EXPECT_TRUE(server.closes.empty());
    server.pass(1);
    ASSERT_EQ(server.closes.size(), 1u);
    EXPECT_EQ(server.closes[0].code, CloseCode::mute_peer);
    EXPECT_EQ(server.client.state().connection, ConnectionState::reconnecting);
}

TEST(Connection, ASocketThatNeverOpensIsGivenUp) {
    Server server;
    server.start();
    server.pass(11'999);
    EXPECT_TRUE(server.closes.empty());
    server.pass(1);
    EXPECT_EQ(server.closes.size(), 1u);
    EXPECT_EQ(server.client.state().connection, ConnectionState::reconnecting);
}

TEST(Connection, ASocketThatOpensAndIsNeverGreetedIsGivenUp) {
    Server server;
    server.start();
    server.pass(8'000);
    server.client.socket_opened(server.now);
    server.pass(3'999);
    EXPECT_TRUE(server.closes.empty());
    server.pass(1);
    EXPECT_EQ(server.closes.size(), 1u);
}

TEST(Connection, AResumeThatIsNotAnsweredIsGivenUpSoon) {
    Server server;
    server.log_in({});
    server.come_back();
    ASSERT_EQ(server.take_sent<Resume>().size(), 1u);
    const auto closes = server.closes.size();
    server.pass(11'999);
    EXPECT_EQ(server.closes.size(), closes);
    server.pass(1);
    EXPECT_EQ(server.closes.size(), closes + 1);
    EXPECT_EQ(server.client.state().connection, ConnectionState::reconnecting);
}

TEST(Connection, WhoIsSignedOutIsNotHurriedAfterTheGreeting) {
    Server server;
    server.start();
    server.open();
    server.greet();
    server.pass(31'999);
    EXPECT_TRUE(server.closes.empty());
}

TEST(Connection, AReturningNetworkShortensTheWaitForAnOpening) {
    Server server;
    server.start();
    server.pass(1'000);
    server.client.network_returned(server.now);
    server.pass(4'999);
    EXPECT_TRUE(server.closes.empty());
    server.pass(1);
    EXPECT_EQ(server.closes.size(), 1u);
    EXPECT_TRUE(server.take_sent<ClientBeat>().empty());
}

TEST(Connection, ReturningNetworkTriesAtOnceOrProbes) {
    Server server;
    server.log_in({});
    server.client.network_returned(server.now);
    EXPECT_EQ(server.take_sent<ClientBeat>().size(), 1u);
    server.pass(5'000);
    EXPECT_EQ(server.closes.size(), 1u);
    server.client.network_returned(server.now);
    server.collect();
    EXPECT_EQ(server.sockets_opened, 2);
}

TEST(Connection, ARefusedTokenEndsTheSession) {
    Server server;
    server.log_in({Server::summary()});
    server.come_back();
    Refused refused;
    refused.request = server.take_one<Resume>().request;
    refused.reason = Refusal::token_not_valid;
    server.say(refused);
    EXPECT_EQ(server.take_notices<SessionEnded>().size(), 1u);
    EXPECT_EQ(server.client.state().connection, ConnectionState::offline);
    EXPECT_FALSE(server.client.state().logged_in());
    EXPECT_TRUE(server.client.state().rooms.empty());
    EXPECT_EQ(server.saved.back(), std::nullopt);
    EXPECT_EQ(server.client.next_deadline(), std::nullopt);
    // and she can come back
    server.client.log_in("ana", "password");
    EXPECT_EQ(server.client.next_deadline(), 0);
    server.pass(0);
    EXPECT_EQ(server.sockets_opened, 3);
}

TEST(Connection, ABusyServerIsAskedAgainToResume) {
    Server server;
    server.log_in({});
    server.come_back();
    Refused refused;
    refused.request = server.take_one<Resume>().request;
    refused.reason = Refusal::busy;
    refused.retry_after_ms = 2'000;
    server.say(refused);
    EXPECT_TRUE(server.take_notices<SessionEnded>().empty());
    server.pass(1'999);
    EXPECT_TRUE(server.take_sent<Resume>().empty());
    server.pass(1);
    EXPECT_EQ(server.take_sent<Resume>().size(), 1u);
}

TEST(Connection, AWrongPasswordIsToldAndTheSocketStays) {
    Server server;
    server.client.log_in("ana", "wrong");
    server.start();
    server.open();
    server.greet();
    Refused refused;
    refused.request = server.take_one<LogIn>().request;
    refused.reason = Refusal::wrong_name_or_password;
    refused.sentence = Sentence::cut("no");
    server.say(refused);
    const auto told = server.take_notices<LoginRefused>();
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].reason, Refusal::wrong_name_or_password);
    EXPECT_TRUE(server.closes.empty());
    server.client.log_in("ana", "right");
    EXPECT_EQ(server.take_one<LogIn>().password.str(), "right");
}

TEST(Connection, WrongVersionMeansReload) {
    Server server;
    server.start();
    server.open();
    Refused refused;
    refused.reason = Refusal::wrong_version;
    server.say(refused);
    EXPECT_TRUE(server.client.state().must_reload);
    EXPECT_EQ(server.client.state().connection, ConnectionState::offline);
    EXPECT_EQ(server.client.next_deadline(), std::nullopt);
}

TEST(Connection, AnIdleLoginFormRestsWhenItsConnectionIsClosed) {
    Server server;
    server.start();
    server.open();
    server.greet();
    server.cut(static_cast<std::uint16_t>(CloseCode::login_too_slow));
    EXPECT_EQ(server.client.state().connection, ConnectionState::offline);
    EXPECT_EQ(server.client.next_deadline(), std::nullopt);
    server.client.log_in("ana", "password");
    server.pass(0);
    EXPECT_EQ(server.sockets_opened, 2);
}

TEST(Connection, StoppingClosesAndStaysAway) {
    Server server;
    server.log_in({});
    server.client.stop(server.now);
    server.collect();
    ASSERT_EQ(server.closes.size(), 1u);
    EXPECT_EQ(server.closes[0].code, CloseCode::normal);
    EXPECT_EQ(server.client.next_deadline(), std::nullopt);
    server.pass(100'000);
    EXPECT_EQ(server.sockets_opened, 1);
}

TEST(Connection, LoggingOutForgetsEverything) {
    Server server;
    server.log_in({Server::summary()});
    (void)server.client.post(Server::kGeneral, "secret");
    server.client.log_out();
    EXPECT_EQ(server.take_sent<LogOut>().size(), 1u);
    EXPECT_EQ(server.saved.back(), std::nullopt);
    server.say(LoggedOut{});
    EXPECT_EQ(server.take_notices<SessionEnded>().size(), 1u);
    EXPECT_FALSE(server.client.state().logged_in());
    EXPECT_TRUE(server.client.state().pending.empty());
    EXPECT_EQ(server.client.unsettled_operations(), 0u);
}

TEST(Connection, ALostAnswerToLogOutSignsOutAllTheSame) {
    Server server;
    server.log_in({Server::summary()});
    server.client.log_out();
    server.cut();
    EXPECT_FALSE(server.client.state().logged_in());
    EXPECT_EQ(server.client.state().connection, ConnectionState::offline);
}

TEST(Connection, AWelcomeThatNobodyAskedForIsAnError) {
    Server server;
    server.start();
    server.open();
    server.say(Server::welcome({}));
    ASSERT_EQ(server.closes.size(), 1u);
    EXPECT_EQ(server.closes[0].code, CloseCode::protocol_error);
}

TEST(Connection, ValuesOutOfTheirBoundsAreRefusedAtOnce) {
    Server server;
    server.client.log_in(std::string(33, 'a'), "password");
    server.client.register_account("ana", std::string(1025, 'p'));
    server.client.register_account("ana", "password", std::string(65, 'i'));
    EXPECT_EQ(server.take_notices<LoginRefused>().size(), 3u);
    EXPECT_EQ(server.client.post(Server::kGeneral, std::string(16'001, 'x')), std::nullopt);
    EXPECT_EQ(server.client.set_nick(std::string(129, 'x')), std::nullopt);
    EXPECT_EQ(server.client.create_room(std::string(129, 'x')), std::nullopt);
}

TEST(Connection, AnotherPersonSeesNothingOfTheFirst) {
    Server server;
    server.log_in({Server::summary()});
    server.cut();
    (void)server.client.post(Server::kGeneral, "from ana");
    server.client.log_in("bo", "password");
    server.pass(0);
    server.open();
    server.greet();
    server.sent.clear();
    server.say(Server::welcome({}, Server::kBo));
    EXPECT_TRUE(server.take_sent<PostText>().empty());
    EXPECT_TRUE(server.client.state().pending.empty());
    EXPECT_TRUE(server.client.state().rooms.empty());
}

TEST(Connection, NothingIsTakenBetweenALogOutAndTheNextLogin) {
    Server server;
    EXPECT_FALSE(server.client.post(Server::summary().id, "before anybody came"));
    server.log_in({Server::summary()});
    EXPECT_TRUE(server.client.post(Server::summary().id, "as ana"));
    server.client.log_out();
    EXPECT_FALSE(server.client.post(Server::summary().id, "as whom?"));
    server.client.log_in("bo", "password");
    EXPECT_FALSE(server.client.post(Server::summary().id, "as whom?"));
    EXPECT_FALSE(server.client.join_room(RoomId(5)));
}

// The profiles of a login come before its Welcome, which alone says that somebody else has come.
TEST(Connection, AnotherPersonKeepsTheProfilesOfHerOwnLogin) {
    Server server;
    server.log_in({Server::summary()});
    server.client.log_in("bo", "password");
    server.pass(0);
    server.open();
    server.greet();
    server.say(Profiles{{Profile{Server::kBo, AccountName::cut("bo"), Nick::cut("Bo"), ProfileRevision(1)}}});
    server.say(Server::welcome({}, Server::kBo));
    EXPECT_NE(server.client.state().person(Server::kBo), nullptr);
}

}  // namespace
}  // namespace parley::client
