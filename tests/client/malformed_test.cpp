// A server that makes no sense: the client closes with 1002 and comes back after a back-off; it never falls over.
#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;

TEST(Malformed, AnUnreadableFrameClosesAndComesBackWithABackOff) {
    Server server;
    server.log_in({Server::summary()});
    for (int i = 0; i < 8; ++i) {
        server.say_bytes({std::byte{3}, std::byte{1}});  // a Welcome cut off
        ASSERT_EQ(server.closes.size(), static_cast<std::size_t>(i + 1));
        EXPECT_EQ(server.closes.back().code, CloseCode::protocol_error);
        EXPECT_EQ(server.client.state().connection, ConnectionState::reconnecting);
        server.pass_to_deadline();
        server.open();
    }
    server.say_bytes({std::byte{3}, std::byte{1}});
    EXPECT_GT(*server.client.next_deadline(), server.now.monotonic_ms);  // no tight loop
}

TEST(Malformed, AMessageThatIsNotKnownIsSkipped) {
    Server server;
    server.log_in({Server::summary()});
    server.say_bytes({std::byte{250}, std::byte{1}, std::byte{2}});
    EXPECT_TRUE(server.closes.empty());
    EXPECT_EQ(server.client.state().connection, ConnectionState::connected);
}

TEST(Malformed, FramesAfterTheEndAreIgnored) {
    Server server;
    server.log_in({Server::summary()});
    server.cut();
    server.say(Server::events({Server::posted(1, 1)}));
    EXPECT_TRUE(server.take_notices<MessageArrived>().empty());
}

// Brings the client back whenever a frame has made it close, so that the next frame is read by a connected client.
void keep_connected(Server& server) {
    if (server.client.state().connection == ConnectionState::connected) return;
    if (!server.client.state().logged_in()) server.client.log_in("ana", "password");
    server.client.network_returned(server.now);
    if (server.client.state().connection == ConnectionState::offline) server.client.start(server.now);
    server.collect();
    server.open();
    server.greet();
    auto welcome = Server::welcome({Server::summary()});
    welcome.token = Server::token();
    server.say(welcome);
    server.notices.clear();
    server.sent.clear();
}

TEST(Malformed, AllShortFramesAreSurvived) {
    Server server;
    server.log_in({Server::summary()});
    std::size_t applied = 0;
    const auto say = [&](const Buffer& frame) {
        // All are decoded; of those that cannot be read, which all take one way, only some close the connection.
        if (!decode_server(frame).ok() && frame[1] != std::byte{7}) return;
        keep_connected(server);
        server.say_bytes(frame);
        ++applied;
    };
    for (unsigned tag = 0; tag <= 20; ++tag) {
        for (unsigned second = 0; second < 256; ++second) {
            say({static_cast<std::byte>(tag), static_cast<std::byte>(second)});
            for (unsigned third = 0; third < 256; ++third)
                say({static_cast<std::byte>(tag), static_cast<std::byte>(second), static_cast<std::byte>(third)});
        }
    }
    keep_connected(server);
    EXPECT_EQ(server.client.state().connection, ConnectionState::connected);
    EXPECT_GT(applied, 1'000u);
}

TEST(Malformed, EveryTruncationIsAnError) {
    const std::vector<ServerMessage> messages{
        Server::welcome({Server::summary(Server::kGeneral, 300, 200)}),
        Server::events({Server::posted(1, 1), Server::posted(2, 2)}), Server::subscribed(300, 7),
        Server::refused(OpId{OutboxId(4), 1}, Refusal::busy), Server::done(OpId{OutboxId(4), 1}, 1, 1)};
    for (const auto& message : messages) {
        const auto whole = encode(message);
        for (std::size_t size = 0; size < whole.size(); ++size) {
            Server server;
            server.log_in({Server::summary()});
            server.say_bytes(Buffer(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
            ASSERT_EQ(server.closes.size(), 1u) << name_of(message) << " cut at " << size;
        }
    }
}

TEST(Malformed, AnyMessageInAnyStateIsSurvived) {
    const std::vector<ServerMessage> messages{Greeting{1, 5, {}, Registration::open},
                                              Profiles{},
                                              Server::welcome({Server::summary()}),
                                              Server::subscribed(9, 9),
                                              Server::events({Server::posted(9, 9)}),
                                              RoomReset{Server::kGeneral, Sequence(1), Ordinal(1), {}},
                                              AccountEvents{},
                                              Server::done(OpId{OutboxId(1), 9}),
                                              Server::refused(OpId{OutboxId(1), 9}, Refusal::busy),
                                              History{},
                                              RoomDirectory{},
                                              Members{},
                                              PresenceChanged{},
                                              Typing{Server::kGeneral, {Server::kBo}},
                                              Beat{},
                                              LoggedOut{}};
    for (const auto& first : messages) {
        for (const auto& second : messages) {
            Server server;
            server.client.log_in("ana", "password");
            server.start();
            server.say(first);
            server.open();
            server.say(first);
            server.say(second);
            server.greet();
            server.say(second);
            server.say(first);
            server.pass(100'000);
            EXPECT_FALSE(server.client.state().must_reload);
        }
    }
}

}  // namespace
}  // namespace parley::client
