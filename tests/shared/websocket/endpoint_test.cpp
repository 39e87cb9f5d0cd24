// The WebSocket endpoint without a socket: two ends joined by strings, and one end against bytes written by hand.
#include "websocket/endpoint.hpp"

#include <gmock/gmock.h>

#include <deque>
#include <stdexcept>

namespace parley::websocket {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr Timeouts kTimeouts{std::chrono::milliseconds(5000), std::chrono::milliseconds(3000)};

// Keeps what an endpoint asks for; made to throw or to stop taking by the test.
class RecordingWire : public Wire {
  public:
    void write(std::string bytes) override { written += bytes; }
    void opened() override { events.emplace_back("opened"); }
    void received(const char* bytes, std::size_t size) override {
        if (throws) throw std::runtime_error("from the owner");
        messages.emplace_back(bytes, size);
        if (stops_after_a_message) takes = false;
    }
    void heard() override { ++frames_heard; }
    [[nodiscard]] bool takes_more() const override { return takes; }
    void closing() override { events.emplace_back("closing"); }
    void closed(std::uint16_t code, const std::string& reason) override {
        events.push_back("closed " + std::to_string(code));
        close_reason = reason;
    }
    std::uint64_t call_after(std::chrono::milliseconds, std::function<void()> call) override {
        calls.push_back(std::move(call));
        return calls.size() - 1;
    }
    void cancel(std::uint64_t call) override { calls.at(call) = nullptr; }
    [[nodiscard]] std::size_t pending_calls() const {
        return static_cast<std::size_t>(
            std::count_if(calls.begin(), calls.end(), [](const auto& call) { return call != nullptr; }));
    }

    std::string written;
    std::vector<std::string> events;
    std::deque<std::string> messages;
    std::string close_reason;
    std::vector<std::function<void()>> calls;
    int frames_heard = 0;
    bool takes = true;
    bool throws = false;
    bool stops_after_a_message = false;
};

// Carries what each has written to the other until both are quiet.
void exchange(RecordingWire& one, Endpoint& at_one, RecordingWire& other, Endpoint& at_other) {
    while (!one.written.empty() || !other.written.empty()) {
        const auto to_other = std::exchange(one.written, {});
        at_other.feed(to_other.data(), to_other.size());
        const auto to_one = std::exchange(other.written, {});
        at_one.feed(to_one.data(), to_one.size());
    }
}

class ServerEnd : public testing::Test {
  protected:
    ServerEnd() {
        endpoint.accept("dGhlIHNhbXBsZSBub25jZQ==");
        handshake = std::exchange(wire.written, {});
    }
    std::size_t feed(const std::string& bytes) { return endpoint.feed(bytes.data(), bytes.size()); }

    // A masked frame; the mask is zero, which leaves the payload readable.
    static std::string frame(int first_byte, const std::string& payload) {
        std::string bytes(1, static_cast<char>(first_byte));
        if (payload.size() < 126) {
            bytes += static_cast<char>(0x80 | payload.size());
        } else {
            bytes += '\xfe';
            bytes += static_cast<char>(payload.size() >> 8);
            bytes += static_cast<char>(payload.size());
        }
        return bytes + std::string(4, '\0') + payload;
    }

    RecordingWire wire;
    Endpoint endpoint{wire, kTimeouts, 1000};
    std::string handshake;
};

TEST_F(ServerEnd, AnswersTheHandshakeOfTheRfc) {
    EXPECT_THAT(handshake, StartsWith("HTTP/1.1 101 Switching Protocols\r\n"));
    EXPECT_THAT(handshake, HasSubstr("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    EXPECT_THAT(handshake, testing::Not(HasSubstr("Server")));
    EXPECT_THAT(wire.events, ElementsAre("opened"));
    EXPECT_TRUE(endpoint.is_open());
}

TEST_F(ServerEnd, GivesMessagesHoweverTheyAreCut) {
    const auto bytes = frame(0x82, "first") + frame(0x02, "se") + frame(0x89, "p") + frame(0x80, "cond");
    for (const char byte : bytes) EXPECT_EQ(feed(std::string(1, byte)), 1u);
    EXPECT_THAT(wire.messages, ElementsAre("first", "second"));
    EXPECT_EQ(wire.written, std::string("\x8a\x01p", 3));
    EXPECT_EQ(wire.frames_heard, 3);
}

TEST_F(ServerEnd, KnowsWhenItIsInsideAMessage) {
    const auto bytes = frame(0x02, "be") + frame(0x80, "gun");
    feed(bytes.substr(0, 7));
    EXPECT_TRUE(endpoint.is_inside_message());
    feed(bytes.substr(7));
    EXPECT_FALSE(endpoint.is_inside_message());
    feed(frame(0x89, "ping").substr(0, 7));
    EXPECT_FALSE(endpoint.is_inside_message());
}

TEST_F(ServerEnd, TakesNoMoreThanTheWireDoes) {
    wire.stops_after_a_message = true;
    const auto one = frame(0x82, std::string(300, 'a'));
    const auto all = one + one + one;
    const auto taken = feed(all);
    EXPECT_GE(taken, one.size());
    EXPECT_LT(taken, one.size() + 256);
    wire.takes = true;
    wire.stops_after_a_message = false;
    EXPECT_EQ(feed(all.substr(taken)), all.size() - taken);
    EXPECT_EQ(wire.messages.size(), 3u);
}

struct Violation {
    std::string name;
    std::string bytes;
    int code;
};

class Violations : public ServerEnd, public testing::WithParamInterface<Violation> {};

TEST_P(Violations, CloseWithTheirCode) {
    EXPECT_EQ(feed(GetParam().bytes + "and more"), GetParam().bytes.size() + 8);
    EXPECT_TRUE(wire.messages.empty());
    ASSERT_GE(wire.written.size(), 4u);
    EXPECT_EQ(wire.written[0], '\x88');
    const int code = static_cast<unsigned char>(wire.written[2]) * 256 + static_cast<unsigned char>(wire.written[3]);
    EXPECT_EQ(code, GetParam().code);
    endpoint.end();
    EXPECT_THAT(wire.events, ElementsAre("opened", "closing", "closed " + std::to_string(GetParam().code)));
}

INSTANTIATE_TEST_SUITE_P(
    All, Violations,
    testing::Values(Violation{"Text", std::string("\x81\x82\0\0\0\0hi", 8), 1003},
                    Violation{"NotMasked", std::string("\x82\x02hi", 4), 1002},
                    Violation{"ReservedBit", std::string("\xc2\x82\0\0\0\0hi", 8), 1002},
                    Violation{"ReservedOpcode", std::string("\x83\x82\0\0\0\0hi", 8), 1002},
                    Violation{"FragmentedPing", std::string("\x09\x81\0\0\0\0p", 7), 1002},
                    Violation{"LongPing", std::string("\x89\xfe\0\x7e\0\0\0\0", 8), 1002},
                    Violation{"ContinuationOfNothing", std::string("\x80\x81\0\0\0\0p", 7), 1002},
                    Violation{"NonMinimalLength", std::string("\x82\xfe\0\x01\0\0\0\0p", 9), 1002},
                    Violation{"TooBigWhenAnnounced", std::string("\x82\xfe\x03\xe9\0\0\0\0", 8), 1009},
                    Violation{"HugeWhenAnnounced", std::string("\x82\xff\x7f\xff\xff\xff\xff\xff\xff\xff\0\0\0\0", 14),
                              1009},
                    Violation{"CloseOfOneByte", std::string("\x88\x81\0\0\0\0p", 7), 1002},
                    Violation{"CloseWithReservedCode", std::string("\x88\x82\0\0\0\0\x03\xed", 8), 1002}),
    [](const auto& one) { return one.param.name; });

TEST_F(ServerEnd, SumsFragmentsForTheLimit) {
    for (int count = 0; count < 3; ++count) feed(frame(count == 0 ? 0x02 : 0x00, std::string(400, 'a')));
    EXPECT_THAT(wire.written.substr(2, 2), "\x03\xf1");
}

TEST_F(ServerEnd, TakesEmptyFragmentsWithoutGrowing) {
    feed(frame(0x02, ""));
    for (int count = 0; count < 10'000; ++count) feed(frame(0x00, ""));
    feed(frame(0x80, "end"));
    EXPECT_THAT(wire.messages, ElementsAre("end"));
}

TEST_F(ServerEnd, AnswersTheClientsClose) {
    feed(frame(0x88,
               "\x03\xe8"
               "bye"));
    EXPECT_EQ(wire.written,
              "\x88\x05\x03\xe8"
              "bye");
    EXPECT_THAT(wire.events, ElementsAre("opened", "closing", "closed 1000"));
    EXPECT_EQ(wire.close_reason, "bye");
    EXPECT_EQ(wire.pending_calls(), 0u);
}

TEST_F(ServerEnd, ReportsItsOwnCodeOnceTheClientHasAnswered) {
    endpoint.close(1001, "going");
    EXPECT_EQ(wire.written, "\x88\x07\x03\xe9going");
    EXPECT_FALSE(endpoint.is_open());
    feed(frame(0x82, "late"));
    EXPECT_TRUE(wire.messages.empty());
    feed(frame(0x88, "\x03\xe9"));
    EXPECT_THAT(wire.events, ElementsAre("opened", "closing", "closed 1001"));
}

TEST_F(ServerEnd, DoesNotWaitForEverForTheAnswer) {
    endpoint.close(1001, "going");
    ASSERT_EQ(wire.pending_calls(), 1u);
    std::exchange(wire.calls.back(), nullptr)();
    EXPECT_THAT(wire.events, ElementsAre("opened", "closing", "closed 1001"));
}

TEST_F(ServerEnd, ReportsAPeerThatVanished) {
    endpoint.end();
    EXPECT_THAT(wire.events, ElementsAre("opened", "closed 1006"));
    endpoint.end();
    endpoint.close(1000, "");
    endpoint.ping();
    EXPECT_EQ(feed("x"), 1u);
    EXPECT_EQ(wire.events.size(), 2u);
    EXPECT_EQ(wire.written, "");
}

TEST_F(ServerEnd, ClosesAfterAnExceptionOfItsOwner) {
    wire.throws = true;
    feed(frame(0x82, "hi") + frame(0x82, "again"));
    EXPECT_THAT(wire.written, StartsWith(std::string("\x88\x10\x03\xf3", 4)));
    endpoint.end();
    EXPECT_THAT(wire.events, ElementsAre("opened", "closing", "closed 1011"));
}

TEST(Endpoint, LeavesNoCallBehind) {
    RecordingWire wire;
    {
        Endpoint endpoint(wire, kTimeouts, 1000);
        endpoint.accept("dGhlIHNhbXBsZSBub25jZQ==");
        endpoint.close(1000, "");
        EXPECT_EQ(wire.pending_calls(), 1u);
    }
    EXPECT_EQ(wire.pending_calls(), 0u);
    EXPECT_THAT(wire.events, ElementsAre("opened", "closing"));
}

class ClientEnd : public testing::Test {
  protected:
    ClientEnd() { EXPECT_TRUE(client.connect("ws://localhost:8080/ws", "parley-test")); }

    [[nodiscard]] std::string key() const {
        const std::string field = "Sec-WebSocket-Key: ";
        return wire.written.substr(wire.written.find(field) + field.size(), 24);
    }

    RecordingWire wire;
    Endpoint client{wire, kTimeouts, 1'000'000};
};

TEST_F(ClientEnd, AsksForAnUpgrade) {
    EXPECT_THAT(wire.written, StartsWith("GET /ws HTTP/1.1\r\n"));
    for (const auto* field : {"Host: localhost:8080\r\n", "Upgrade: websocket\r\n", "Connection: Upgrade\r\n",
                              "Sec-WebSocket-Version: 13\r\n", "User-Agent: parley-test\r\n"}) {
        EXPECT_THAT(wire.written, HasSubstr(field));
    }
    EXPECT_THAT(wire.written, testing::Not(HasSubstr("Extensions")));
    EXPECT_EQ(wire.pending_calls(), 1u);
}

TEST_F(ClientEnd, TalksWithAServerEnd) {
    RecordingWire far;
    Endpoint server(far, kTimeouts, 100'000);
    server.accept(key());
    wire.written.clear();
    exchange(wire, client, far, server);
    EXPECT_THAT(wire.events, ElementsAre("opened"));
    EXPECT_EQ(wire.pending_calls(), 0u);
    const std::string big(90'000, 'x');
    client.send("hello", 5);
    client.send(big.data(), big.size());
    server.send("answer", 6);
    exchange(wire, client, far, server);
    EXPECT_THAT(far.messages, ElementsAre("hello", big));
    EXPECT_THAT(wire.messages, ElementsAre("answer"));
    client.close(1000, "done");
    exchange(wire, client, far, server);
    EXPECT_THAT(far.events, ElementsAre("opened", "closing", "closed 1000"));
    client.end();
    EXPECT_THAT(wire.events, ElementsAre("opened", "closing", "closed 1000"));
}

TEST_F(ClientEnd, GivesFramesThatCameWithTheAnswer) {
    RecordingWire far;
    Endpoint server(far, kTimeouts, 1000);
    server.accept(key());
    const auto bytes = far.written + std::string("\x82\x02hi", 4);
    client.feed(bytes.data(), bytes.size());
    EXPECT_THAT(wire.messages, ElementsAre("hi"));
}

TEST_F(ClientEnd, SaysThatItWasRefused) {
    const std::string answer = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    client.feed(answer.data(), answer.size());
    EXPECT_THAT(wire.events, ElementsAre("closed 1006"));
    EXPECT_THAT(wire.close_reason, HasSubstr("403"));
}

TEST_F(ClientEnd, RefusesAForeignKey) {
    RecordingWire far;
    Endpoint server(far, kTimeouts, 1000);
    server.accept("dGhlIHNhbXBsZSBub25jZQ==");
    client.feed(far.written.data(), far.written.size());
    EXPECT_THAT(wire.events, ElementsAre("closed 1006"));
}

TEST_F(ClientEnd, EndsWhenNoAnswerComes) {
    std::exchange(wire.calls.front(), nullptr)();
    EXPECT_THAT(wire.events, ElementsAre("closed 1006"));
}

TEST_F(ClientEnd, EndsWhenTheServerIsNoHttp) {
    const std::string answer = "220 mail.example.org ESMTP\r\n\r\n";
    client.feed(answer.data(), answer.size());
    client.end();
    EXPECT_THAT(wire.events, ElementsAre("closed 1006"));
}

TEST_F(ClientEnd, CanGiveUpBeforeTheAnswer) {
    client.close(1000, "");
    EXPECT_THAT(wire.events, ElementsAre("closed 1006"));
}

TEST(Endpoint, ConnectsToWebSocketAddressesOnly) {
    for (const auto* url : {"", "localhost", "http//x", "wss://localhost/ws", "ws://localhost:99999/"}) {
        RecordingWire wire;
        Endpoint endpoint(wire, kTimeouts, 1000);
        EXPECT_FALSE(endpoint.connect(url, "")) << url;
        EXPECT_EQ(wire.written, "") << url;
    }
}

}  // namespace
}  // namespace parley::websocket
