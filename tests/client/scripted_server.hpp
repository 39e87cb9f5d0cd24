// A client and the server's side of its connection, both driven by the test, message by message. Time is a number.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "client/client.hpp"

namespace parley::client {

class ScriptedServer {
  public:
    explicit ScriptedServer(Settings settings = {}, std::uint64_t seed = 1) : client(std::move(settings), seed) {}

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

    void collect() {
        for (auto& effect : client.take_effects()) {
            if (auto* frame = std::get_if<SendFrame>(&effect)) {
                const auto decoded = decode_client(frame->bytes);
                ASSERT_TRUE(decoded.ok()) << name_of(decoded.error);
                sent.push_back(decoded.message);
            } else if (auto* close = std::get_if<CloseSocket>(&effect)) {
                closes.push_back(*close);
            } else if (auto* save = std::get_if<SaveSession>(&effect)) {
                saved.push_back(save->session);
            } else if (auto* keep = std::get_if<KeepOperation>(&effect)) {
                keeps.push_back(std::move(*keep));
            } else if (auto* forget = std::get_if<ForgetOperation>(&effect)) {
                forgets.push_back(forget->op);
            } else if (auto* release = std::get_if<ReleaseOutbox>(&effect)) {
                released.push_back(release->outbox);
            } else if (auto* others = std::get_if<ForgetOthers>(&effect)) {
                others_forgotten_for.push_back(others->keep);
            } else if (std::holds_alternative<ForgetView>(effect)) {
                ++views_forgotten;
            } else {
                ++sockets_opened;
            }
        }
        for (auto& notice : client.take_notices()) notices.push_back(std::move(notice));
    }

    // --- the world
    void start() {
        client.start(now);
        collect();
    }
    void open() {
        client.socket_opened(now);
        collect();
    }
    void cut(std::uint16_t code = 1006, const std::string& reason = "") {
        client.socket_closed(now, code, reason);
        collect();
    }
    void say(const ServerMessage& message) { say_bytes(encode(message)); }
    void say_bytes(const Buffer& bytes) {
        client.frame_received(now, bytes);
        collect();
    }
    void pass(std::int64_t milliseconds) {
        now.monotonic_ms += milliseconds;
        client.time_passed(now);
        collect();
    }
    // To the next moment at which the client wants to be woken, which must be there.
    void pass_to_deadline() {
        const auto due = client.next_deadline();
        ASSERT_TRUE(due.has_value());
        pass(std::max<std::int64_t>(0, *due - now.monotonic_ms));
    }

    // --- what was sent and told, of one type; the rest is forgotten
    template <class Message>
    std::vector<Message> take_sent() {
        collect();
        return take<Message>(sent);
    }
    template <class What>
    std::vector<What> take_notices() {
        collect();
        return take<What>(notices);
    }
    template <class Message>
    Message take_one() {
        auto all = take_sent<Message>();
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? Message{} : all.front();
    }

    // --- common scenes
    void greet() { say(Greeting{1, 77, Text<limits::kClientName>::cut("test"), Registration::open}); }
    static Welcome welcome(std::vector<RoomSummary> rooms, UserId user = kAna) {
        Welcome message;
        message.user = user;
        message.account = AccountSequence(5);
        message.profiles = ProfileRevision(9);
        for (auto& room : rooms) message.rooms.push_back(room);
        return message;
    }
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
    void log_in(std::vector<RoomSummary> rooms) {
        client.log_in("ana", "password");
        start();
        open();
        greet();
        auto message = welcome(rooms);
        message.token = token();
        say(message);
        for (const auto& room : rooms) say(subscribed(room.head.value(), room.last_ordinal.value(), room.id));
        sent.clear();
        notices.clear();
    }
    // The connection is lost and comes back, up to the moment when the client has asked to resume.
    void come_back() {
        cut();
        pass_to_deadline();
        open();
        greet();
    }
    static RoomEvent posted(std::uint64_t sequence, std::uint64_t ordinal, UserId author = kBo, OpId op = {},
                            const std::string& text = "hi") {
        return RoomEvent{Sequence(sequence),
                         MessagePosted{Ordinal(ordinal), author, op, Timestamp{5}, MessageText::cut(text)}};
    }
    static RoomEvents events(std::vector<RoomEvent> list, RoomId room = kGeneral) {
        RoomEvents frame;
        frame.room = room;
        for (auto& event : list) frame.events.push_back(event);
        return frame;
    }
    static Refused refused(OpId op, Refusal reason, std::uint32_t retry_after_ms = 0) {
        Refused message;
        message.op = op;
        message.reason = reason;
        message.retry_after_ms = retry_after_ms;
        message.sentence = Sentence::cut(sentence_of(reason));
        return message;
    }
    static Done done(OpId op, std::uint64_t sequence = 0, std::uint64_t ordinal = 0) {
        return Done{op, kGeneral, Sequence(sequence), Ordinal(ordinal)};
    }
    [[nodiscard]] const Room& general() const { return *client.state().room(kGeneral); }

  private:
    template <class Wanted, class All>
    static std::vector<Wanted> take(std::vector<All>& all) {
        std::vector<Wanted> found;
        for (auto& one : all)
            if (auto* wanted = std::get_if<Wanted>(&one)) found.push_back(*wanted);
        all.clear();
        return found;
    }
};

}  // namespace parley::client
