#include "scripted_server.hpp"

namespace parley::client {

ScriptedServer::ScriptedServer(Settings settings, std::uint64_t seed) : client(std::move(settings), seed) {}
ScriptedServer::ScriptedServer(ScriptedServer&& other) noexcept = default;
ScriptedServer& ScriptedServer::operator=(ScriptedServer&& other) noexcept = default;
ScriptedServer::~ScriptedServer() = default;

template <AlternativeOf<ServerMessage> Message>
void ScriptedServer::say(const Message& message) {
    say(ServerMessage(message));
}

namespace {

template <class Wanted, class All>
std::vector<Wanted> take(std::vector<All>& all) {
    std::vector<Wanted> found;
    for (auto& one : all)
        if (auto* wanted = std::get_if<Wanted>(&one)) found.push_back(*wanted);
    all.clear();
    return found;
}

}  // namespace

template <AlternativeOf<ClientMessage> Message>
std::vector<Message> ScriptedServer::take_sent() {
    collect();
    return take<Message>(sent);
}

template <AlternativeOf<Notice> News>
std::vector<News> ScriptedServer::take_notices() {
    collect();
    return take<News>(notices);
}

void ScriptedServer::collect() {
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

void ScriptedServer::start() {
    client.start(now);
    collect();
}

void ScriptedServer::open() {
    client.socket_opened(now);
    collect();
}

void ScriptedServer::cut(std::uint16_t code, const std::string& reason) {
    client.socket_closed(now, code, reason);
    collect();
}

void ScriptedServer::say_bytes(const Buffer& bytes) {
    client.frame_received(now, bytes);
    collect();
}

void ScriptedServer::pass(std::int64_t milliseconds) {
    now.monotonic_ms += milliseconds;
    client.time_passed(now);
    collect();
}

void ScriptedServer::pass_to_deadline() {
    const auto due = client.next_deadline();
    ASSERT_TRUE(due.has_value());
    pass(std::max<std::int64_t>(0, *due - now.monotonic_ms));
}

Welcome ScriptedServer::welcome(std::vector<RoomSummary> rooms, UserId user) {
    Welcome message;
    message.user = user;
    message.account = AccountSequence(5);
    message.profiles = ProfileRevision(9);
    for (auto& room : rooms) message.rooms.push_back(room);
    return message;
}

void ScriptedServer::log_in(std::vector<RoomSummary> rooms) {
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

void ScriptedServer::come_back() {
    cut();
    pass_to_deadline();
    open();
    greet();
}

RoomEvent ScriptedServer::posted(std::uint64_t sequence, std::uint64_t ordinal, UserId author, OpId op,
                                 const std::string& text) {
    return RoomEvent{Sequence(sequence),
                     MessagePosted{Ordinal(ordinal), author, op, Timestamp{5}, MessageText::cut(text)}};
}

RoomEvents ScriptedServer::events(std::vector<RoomEvent> list, RoomId room) {
    RoomEvents frame;
    frame.room = room;
    for (auto& event : list) frame.events.push_back(event);
    return frame;
}

Refused ScriptedServer::refused(OpId op, Refusal reason, std::uint32_t retry_after_ms) {
    Refused message;
    message.op = op;
    message.reason = reason;
    message.retry_after_ms = retry_after_ms;
    message.sentence = Sentence::cut(sentence_of(reason));
    return message;
}

namespace {

template <class Type>
using One = std::type_identity<Type>;

[[maybe_unused, gnu::used]] constexpr auto kSaying =
    for_each_alternative(One<ServerMessage>{}, []<class Message>(One<Message>) {
        return static_cast<void (ScriptedServer::*)(const Message&)>(&ScriptedServer::say<Message>);
    });
[[maybe_unused, gnu::used]] constexpr auto kTakingSent = for_each_alternative(
    One<ClientMessage>{}, []<class Message>(One<Message>) { return &ScriptedServer::take_sent<Message>; });
[[maybe_unused, gnu::used]] constexpr auto kTakingNotices =
    for_each_alternative(One<Notice>{}, []<class News>(One<News>) { return &ScriptedServer::take_notices<News>; });

}  // namespace

}  // namespace parley::client
