// A client and the server's side of its connection, both driven by the test, message by message. Time is a number.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "client/client.hpp"
#include "protocol/alternative_of.hpp"

namespace parley::client {

class ScriptedServer {
  public:
    explicit ScriptedServer(Settings settings = {}, std::uint64_t seed = 1);
    ScriptedServer(ScriptedServer&& other) noexcept;
    ScriptedServer& operator=(ScriptedServer&& other) noexcept;
    ~ScriptedServer();

    Client client;
    Now now{1'000, Timestamp{1'700'000'000'000}};
    std::vector<ClientMessage> sent;  // not yet looked at
    std::vector<Notice> notices;      // not yet looked at
    std::vector<CloseSocket> closes;
    std::vector<std::optional<SavedSession>> saved;
    std::vector<KeepOperation> keeps;  // not answered
    std::vector<OpId> forgets;         // not answered
    std::vector<OutboxId> released;    // not yet looked at
    std::vector<UserId> others_forgotten_for;
    int views_forgotten = 0;
    int sockets_opened = 0;

    static constexpr UserId kAna{11};
    static constexpr UserId kBo{12};
    static constexpr RoomId kGeneral{21};

    void collect();

    // --- the world
    void start();
    void open();
    void cut(std::uint16_t code = 1006, const std::string& reason = "");
    void say(const ServerMessage& message) { say_bytes(encode(message)); }
    template <AlternativeOf<ServerMessage> Message>
    void say(const Message& message);
    void say_bytes(const Buffer& bytes);
    void pass(std::int64_t milliseconds);
    // To the next moment at which the client wants to be woken, which must be there.
    void pass_to_deadline();

    // --- what was sent and told, of one type; the rest is forgotten
    template <AlternativeOf<ClientMessage> Message>
    std::vector<Message> take_sent();
    template <AlternativeOf<Notice> News>
    std::vector<News> take_notices();
    template <class Message>
    Message take_one() {
        auto all = take_sent<Message>();
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? Message{} : all.front();
    }

    // --- common scenes
    void greet() { say(Greeting{1, 77, Text<limits::kClientName>::cut("test"), Registration::open}); }
    static Welcome welcome(std::vector<RoomSummary> rooms, UserId user = kAna);
    static RoomSummary summary(RoomId id = kGeneral, std::uint64_t head = 0, std::uint64_t last = 0) {
        RoomSummary room;
        room.id = id;
        room.name = RoomName::cut("general");
        room.head = Sequence(head);
        room.last_ordinal = Ordinal(last);
        return room;
    }
    static Token token() {
        Token bytes{};
        bytes.fill(std::byte{7});
        return bytes;
    }
    static Subscribed subscribed(std::uint64_t head, std::uint64_t last, RoomId room = kGeneral) {
        return Subscribed{room, Sequence(head), Ordinal(last)};
    }
    void log_in(std::vector<RoomSummary> rooms);
    // The connection is lost and comes back, up to the moment when the client has asked to resume.
    void come_back();
    static RoomEvent posted(std::uint64_t sequence, std::uint64_t ordinal, UserId author = kBo, OpId op = {},
                            const std::string& text = "hi");
    static RoomEvents events(std::vector<RoomEvent> list, RoomId room = kGeneral);
    static Refused refused(OpId op, Refusal reason, std::uint32_t retry_after_ms = 0);
    static Done done(OpId op, std::uint64_t sequence = 0, std::uint64_t ordinal = 0) {
        return Done{op, kGeneral, Sequence(sequence), Ordinal(ordinal)};
    }
    [[nodiscard]] const Room& general() const { return *client.state().room(kGeneral); }
};

}  // namespace parley::client
