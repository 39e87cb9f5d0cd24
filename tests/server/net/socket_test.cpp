// WebSockets over real sockets, as the layers above see them.
#include <gmock/gmock.h>
#include <sys/resource.h>

#include <thread>

#include "net/acceptor.hpp"
#include "net/descriptor.hpp"
#include "net/write_rest.hpp"
#include "protocol/limits.hpp"
#include "served.hpp"

namespace parley::net {
namespace {

using namespace std::chrono_literals;

class Socket : public testing::Test {
  protected:
    [[nodiscard]] RawClient opened(int receive_buffer = 0, const std::string& further_fields = "") {
        auto client = served_.client(receive_buffer);
        EXPECT_EQ(client.open_websocket(further_fields), 101u);
        return client;
    }
    // The connection does its work: it answers.
    static void expect_echo(RawClient& client) {
        client.send_message("echo");
        EXPECT_EQ(client.read_frame().payload, "echo");
    }

    Served served_;
};

TEST_F(Socket, EchoesAndClosesInOrder) {
    auto client = opened();
    expect_echo(client);
    client.send_frame(0x89, "ping");
    const auto pong = client.read_frame();
    EXPECT_EQ(pong.opcode, 10);
    EXPECT_EQ(pong.payload, "ping");
    client.send_close(1000);
    EXPECT_EQ(client.read_close_code(), 1000);
    EXPECT_TRUE(client.is_ended());
    served_.journal().wait_for("closed 1000");
    EXPECT_EQ(served_.counts().frames_in, 1u);
}

TEST_F(Socket, TakesFramesThatCameWithTheRequest) {
    auto client = served_.client();
    client.send(RawClient::upgrade() + RawClient::frame(0x82, "echo 1") + RawClient::frame(0x89, "p") +
                RawClient::frame(0x82, "echo 2"));
    EXPECT_EQ(client.read_reply().status, 101u);
    EXPECT_EQ(client.read_frame().payload, "echo 1");
    EXPECT_EQ(client.read_frame().opcode, 10);
    EXPECT_EQ(client.read_frame().payload, "echo 2");
}

TEST_F(Socket, TakesFragmentsByteByByte) {
    auto client = opened();
    for (const char byte : RawClient::frame(0x02, "echo ") + RawClient::frame(0x80, "whole")) client.send({&byte, 1});
    EXPECT_EQ(client.read_frame().payload, "echo whole");
}

// Each had a system call for each frame: a large room cost twice as much.
TEST_F(Socket, WhatManyAreToldOneAfterTheOtherGoesOutTogether) {
    constexpr int kFrames = 20;
    std::vector<RawClient> clients;
    while (clients.size() < 2 * WriteRest::kMany + 20) clients.push_back(opened());
    slow_down(200us);
    const auto before = served_.counts();
    clients.front().send_message("tell " + std::to_string(kFrames));
    for (int frame = 0; frame < kFrames; ++frame) ASSERT_EQ(clients.front().read_frame().payload, "told");
    served_.settle();
    slow_down(0ns);
    const auto after = served_.counts();
    const auto frames = after.frames_out - before.frames_out;
    EXPECT_GE(frames, kFrames * WriteRest::kMany) << "those of her shard";
    EXPECT_LE(after.writes - before.writes, frames / 4);
}

TEST_F(Socket, NeverNegotiatesCompression) {
    auto client = served_.client();
    client.send(RawClient::upgrade("Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"));
    const auto reply = client.read_reply();
    EXPECT_EQ(reply.status, 101u);
    EXPECT_EQ(reply.field("sec-websocket-extensions"), "");
    client.send_frame(0xc2, "compressed");
    EXPECT_EQ(client.read_close_code(), 1002);
}

TEST_F(Socket, RefusesForeignPages) {
    for (const auto* origin : {"http://evil.example", "null", "", "http://localhost.evil.example"}) {
        auto client = served_.client();
        EXPECT_EQ(client.open_websocket("Origin: " + std::string(origin) + "\r\n"), 403u) << origin;
    }
    EXPECT_EQ(served_.client().open_websocket("Origin: http://localhost\r\n"), 101u);
    auto client = served_.client();
    client.send(RawClient::upgrade("Sec-WebSocket-Version: 8\r\n"));
    const auto reply = client.read_reply();
    EXPECT_EQ(reply.status, 426u);
    EXPECT_EQ(reply.field("sec-websocket-version"), "13");
}

TEST_F(Socket, ClosesViolationsWithTheirCode) {
    auto text = opened();
    text.send_frame(0x81, "text");
    EXPECT_EQ(text.read_close_code(), 1003);
    auto unmasked = opened();
    unmasked.send(std::string("\x82\x02hi", 4));
    EXPECT_EQ(unmasked.read_close_code(), 1002);
    auto big = opened();
    big.send_message(std::string(limits::kClientFrameBeforeLogin + 1, 'x'));
    EXPECT_EQ(big.read_close_code(), 1009);
    auto announced = opened();
    announced.send(std::string("\x82\xff\x00\x00\x00\x00\x7f\xff\xff\xff\x00\x00\x00\x00", 14));
    EXPECT_EQ(announced.read_close_code(), 1009);
}

// Our last words reach a client that is still sending.
TEST_F(Socket, IsHeardByAClientThatGoesOnSending) {
    auto client = opened();
    const std::string rest(100'000, 'x');
    client.send(RawClient::frame(0x82, rest));
    client.send(rest);
    EXPECT_EQ(client.read_close_code(), 1009);
}

TEST_F(Socket, RaisesItsMessageLimit) {
    auto client = opened();
    client.send_message("limit 65536");
    EXPECT_EQ(client.read_frame().payload, "limited");
    const auto long_message = "echo " + std::string(60'000, 'x');
    client.send_message(long_message);
    EXPECT_EQ(client.read_frame().payload, long_message);
}

TEST_F(Socket, TellsWhoIsThere) {
    auto client = served_.client();
    client.send(
        RawClient::upgrade("User-Agent: test\x80" + std::string(300, 'a') + "\r\nX-Forwarded-For: 1.2.3.4\r\n"));
    EXPECT_EQ(client.read_reply().status, 101u);
    client.send_message("peer");
    EXPECT_EQ(client.read_frame().payload, "127.0.0.1|test?" + std::string(limits::kUserAgent - 5, 'a') + "|LHF");
}

TEST_F(Socket, ClosesOnlyTheConnectionWhoseHandlerThrew) {
    auto other = opened();
    auto client = opened();
    client.send_message("throw");
    EXPECT_EQ(client.read_close_code(), 1011);
    served_.journal().wait_for("closed 1011");
    auto opening = opened(0, "User-Agent: throw at me\r\n");
    EXPECT_EQ(opening.read_close_code(), 1011);
    auto refused = opened(0, "User-Agent: refuse me\r\n");
    EXPECT_EQ(refused.read_close_code(), 1011);
    expect_echo(other);
    EXPECT_EQ(served_.counts().handler_exceptions, 2u);
}

TEST_F(Socket, SendsEverythingQueuedBeforeItsCloseAndNothingAfter) {
    auto client = opened();
    client.send_message("burst");
    for (int number = 0; number < 1000; ++number) ASSERT_EQ(client.read_frame().payload, std::to_string(number));
    const auto last = client.read_frame();
    EXPECT_EQ(last.close_code(), 1008);
    client.send_close(1008);
    EXPECT_TRUE(client.is_ended());
    served_.journal().wait_for("closed 1008");
}

TEST_F(Socket, GathersWhatOneTurnQueues) {
    auto client = opened();
    served_.settle();
    const auto before = served_.counts().bytes_out;
    client.send_message("flood 8 20");
    for (int count = 0; count < 20; ++count) EXPECT_EQ(client.read_frame().payload.size(), 8192u);
    served_.settle();
    EXPECT_EQ(served_.counts().bytes_out - before, 20u * (8192 + 4));
    EXPECT_EQ(served_.journal().count("queued " + std::to_string(20 * 8196)), 1u);
}

TEST_F(Socket, HoldsMessagesBackWhileReadingIsPaused) {
    auto client = opened();
    const std::string padding(300, 'x');
    client.send(RawClient::frame(0x82, "pause") + RawClient::frame(0x82, "echo 1 " + padding) +
                RawClient::frame(0x82, "echo 2"));
    EXPECT_EQ(client.read_frame().payload, "echo 1 " + padding);
    EXPECT_EQ(client.read_frame().payload, "echo 2");
    EXPECT_THAT(
        served_.journal().all(),
        testing::ElementsAre("paused", "resumed", "frame " + ("echo 1 " + padding).substr(0, 40), "frame echo 2"));
}

TEST_F(Socket, CutsASlowReaderAndLeavesTheOthersUnharmed) {
    auto other = opened();
    auto slow = opened(4096);
    while (served_.counts().cut_slow == 0) {
        if (!slow.still_takes(RawClient::frame(0x82, "flood 64 8"))) break;
        expect_echo(other);
    }
    EXPECT_EQ(slow.read_close_code(), 1013);
    served_.journal().wait_for("closed 1013");
    EXPECT_EQ(served_.counts().cut_slow, 1u);
    expect_echo(other);
}

TEST_F(Socket, CutsAReaderThatNeverReads) {
    auto slow = opened(4096);
    while (served_.counts().cut_slow == 0 && slow.still_takes(RawClient::frame(0x82, "flood 64 8"))) served_.settle();
    let_time_pass(limits::kCloseTime);
    served_.journal().wait_for("closed 1013");
    let_time_pass(limits::kCloseTime);
    while (served_.counts().open_sockets > 0) served_.settle();
    EXPECT_EQ(served_.counts().open_websockets, 0u);
}

// Each keeps within its own bound; together they are more than the shard may hold.
TEST(OutboxMemory, IsBoundedForAllConnectionsTogether) {
    FrontSettings settings;
    settings.outbox_memory = limits::kConnectionOutbox / 2;
    Served served(settings);
    auto honest = served.client();
    EXPECT_EQ(honest.open_websocket(), 101u);
    std::vector<RawClient> slow;
    for (int count = 0; count < 6; ++count) {
        slow.push_back(served.client(4096));
        EXPECT_EQ(slow.back().open_websocket(), 101u);
    }
    while (served.counts().cut_slow == 0) {
        for (auto& client : slow) {
            if (client.still_takes(RawClient::frame(0x82, "pile 60 4"))) served.settle();
        }
    }
    EXPECT_GT(served.counts().cut_for_memory, 0u);
    honest.send_message("echo");
    EXPECT_EQ(honest.read_frame().payload, "echo");
}

TEST_F(Socket, SaysWhenAFullQueueHasDrained) {
    auto client = opened(4096);
    // More than the system takes at once, less than the bound.
    client.send_message("flood 60 16");
    for (int count = 0; count < 16; ++count) EXPECT_EQ(client.read_frame().payload.size(), 60u * 1024);
    served_.journal().wait_for("drained");
    expect_echo(client);
}

// A megabyte in one frame is above the bound with its header, and not the reader's fault.
TEST_F(Socket, SendsTheLargestFrameAlone) {
    auto client = opened();
    client.send_message("flood 1024 1");
    EXPECT_EQ(client.read_frame().payload.size(), 1024u * 1024);
    expect_echo(client);
    EXPECT_EQ(served_.counts().cut_slow, 0u);
}

TEST_F(Socket, CutsAStalledReader) {
    auto slow = opened(4096);
    // Stays below the bound of bytes: what the system has not taken waits.
    slow.send_message("flood 60 16");
    while (served_.counts().bytes_out == 0) served_.settle();
    while (served_.counts().cut_slow == 0) {
        if (served_.journal().count("drained") > 0) slow.send_message("flood 60 16");
        let_time_pass(limits::kOutboxStallTime);
        served_.settle();
    }
    EXPECT_EQ(slow.read_close_code(), 1013);
}

TEST_F(Socket, BeatsAndPingsASilentPeer) {
    auto client = opened();
    let_time_pass(limits::kPingEvery);
    EXPECT_EQ(client.read_frame().payload, "beat");
    EXPECT_EQ(client.read_frame().opcode, 9);
    client.send_frame(0x8a, "");
    expect_echo(client);
}

TEST_F(Socket, CutsAMutePeer) {
    auto client = opened();
    auto answering = opened();
    let_time_pass(limits::kPingEvery);
    EXPECT_EQ(answering.read_frame().payload, "beat");
    EXPECT_EQ(answering.read_frame().opcode, 9);
    answering.send_frame(0x8a, "");
    expect_echo(answering);
    let_time_pass(limits::kPeerSilence - limits::kPingEvery + 1s);
    EXPECT_EQ(client.read_close_code(), 4000);
    EXPECT_EQ(served_.counts().cut_mute, 1u);
    answering.send_message("still here");
    auto frame = answering.read_frame();
    while (frame.opcode == 9 || frame.payload == "beat") frame = answering.read_frame();
    EXPECT_EQ(frame.payload, "still here");
}

// A server that was stopped for a while (SIGSTOP, a frozen machine) cut who had been heard of shortly before it
// stopped.
TEST_F(Socket, AsksBeforeItCutsWhenItWasStoppedItself) {
    auto client = opened();
    expect_echo(client);
    let_time_pass(limits::kPeerSilence + 1s);
    EXPECT_EQ(client.read_frame().payload, "beat");
    EXPECT_EQ(client.read_frame().opcode, 9);
    client.send_frame(0x8a, "");
    expect_echo(client);
    EXPECT_EQ(served_.counts().cut_mute, 0u);
}

TEST_F(Socket, CutsAMessageThatTakesTooLong) {
    auto client = opened();
    client.send(RawClient::frame(0x02, "begun"));
    client.send_frame(0x89, "still here");
    EXPECT_EQ(client.read_frame().opcode, 10);
    let_time_pass(limits::kMessageTime + 1s);
    EXPECT_EQ(client.read_close_code(), 1008);
}

TEST_F(Socket, ForgetsAPeerThatVanished) {
    {
        auto client = opened();
        expect_echo(client);
    }
    served_.journal().wait_for("closed 1006");
    while (served_.counts().open_sockets > 0) served_.settle();
    EXPECT_EQ(served_.counts().open_websockets, 0u);
}

TEST_F(Socket, ClosesEveryoneWhenTheServerGoesDown) {
    auto first = opened();
    auto second = opened();
    second.send_message("flood 8 8");
    served_.journal().wait_for("queued " + std::to_string(8 * 8196));
    std::thread closer([this] { served_.close_and_wait(); });
    for (auto* client : {&first, &second}) {
        EXPECT_EQ(client->read_close_code(), 1001);
        client->send_close(1001);
        EXPECT_TRUE(client->is_ended());
    }
    closer.join();
    served_.journal().wait_for("closed 1001", 2);
    EXPECT_EQ(served_.counts().open_sockets, 0u);
    EXPECT_THROW(served_.client(), std::system_error);
}

TEST_F(Socket, DoesNotWaitForPeersThatDoNotAnswerTheEnd) {
    auto client = opened();
    std::thread closer([this] { served_.close_and_wait(); });
    EXPECT_EQ(client.read_close_code(), 1001);
    let_time_pass(limits::kShutdownTime);
    closer.join();
}

#ifndef __SANITIZE_ADDRESS__  // with which the undefined-behaviour checks go, and they need descriptors of their own
// Client and server share this process's descriptors: all but one are taken, and the client has it (THREATS T10).
void live_through_descriptor_exhaustion() {
    const rlimit few{150, 150};
    setrlimit(RLIMIT_NOFILE, &few);
    Served served;
    auto first = served.client();
    bool works = first.open_websocket() == 101;
    std::vector<Descriptor> held;
    for (int number = ::dup(0); number >= 0; number = ::dup(0)) held.emplace_back(number);
    held.pop_back();
    const Descriptor last(::socket(AF_INET, SOCK_STREAM, 0));
    const auto endpoint = asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), served.port());
    works = works && ::connect(last.number(), endpoint.data(), static_cast<socklen_t>(endpoint.size())) == 0;
    while (served.counts().refused_full == 0) served.settle();
    first.send_message("echo");
    works = works && first.read_frame().payload == "echo";
    held.clear();
    works = works && served.client().open_websocket() == 101;
    std::_Exit(works ? 0 : 1);
}

TEST(AcceptorDeathTest, SurvivesRunningOutOfDescriptors) {
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(live_through_descriptor_exhaustion(), testing::ExitedWithCode(0), "");
}
#endif

TEST(Connections, AreAsManyAsTheOpenFilesAllowButNeverMoreThanTheBound) {
    EXPECT_EQ(connections_within(0), 1u);
    EXPECT_EQ(connections_within(limits::kReservedDescriptors), 1u);
    EXPECT_EQ(connections_within(limits::kReservedDescriptors + 2), 2u);
    EXPECT_EQ(connections_within(limits::kReservedDescriptors + limits::kConnections - 1), limits::kConnections - 1);
    EXPECT_EQ(connections_within(limits::kReservedDescriptors + limits::kConnections + 1), limits::kConnections);
}

TEST(AddressCaps, CountEachAddressButLoopback) {
    AddressCaps caps(2);
    EXPECT_TRUE(caps.take("10.0.0.1"));
    EXPECT_TRUE(caps.take("10.0.0.1"));
    EXPECT_FALSE(caps.take("10.0.0.1"));
    EXPECT_TRUE(caps.take("10.0.0.2"));
    caps.give_back("10.0.0.1");
    EXPECT_TRUE(caps.take("10.0.0.1"));
    for (int count = 0; count < 10; ++count) EXPECT_TRUE(caps.take("127.0.0.2") && caps.take("::1"));
    caps.give_back("127.0.0.2");
}

}  // namespace
}  // namespace parley::net
