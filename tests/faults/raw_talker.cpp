#include "faults/raw_talker.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <stdexcept>

#include "faults/figures.hpp"

namespace parley::faults {

RawTalker::RawTalker(std::uint16_t port) : wire_(port) {
    if (wire_.open_websocket() != 101) throw std::runtime_error("a talker was not let in");
    say(Hello{});
}

RawTalker::RawTalker(std::uint16_t port, const std::string& name, int receive_buffer)
    : wire_(port, receive_buffer), outbox_(std::hash<std::string>{}(name) | 1) {
    if (wire_.open_websocket() != 101) throw std::runtime_error(name + " was not let in");
    say(Hello{});
    say(Register{{outbox_, 1}, *AccountName::from(name), *Password::from("correct horse battery"), {}});
    welcome_ = hear<Welcome>();
    (void)hear<Subscribed>();
    say(WatchRooms{{general()}});
}

void RawTalker::say(const ClientMessage& message) {
    const auto bytes = encode(message);
    wire_.send_message({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

ServerMessage RawTalker::next() {
    for (;;) {
        const auto frame = wire_.read_frame();
        if (frame.opcode < 0 || frame.opcode == 8) throw std::runtime_error("the server ended the connection");
        if (frame.opcode != 2) continue;
        auto decoded = decode_server(std::as_bytes(std::span(frame.payload)));
        if (decoded.ok()) return std::move(decoded.message);
    }
}

bool RawTalker::may_resume(std::uint16_t port, const Token& token) {
    RawTalker talker(port);
    Resume resume;
    resume.request = 3;
    resume.token = token;
    talker.say(resume);
    for (;;) {
        const auto message = talker.next();
        if (std::holds_alternative<Welcome>(message)) return true;
        if (std::holds_alternative<Refused>(message)) return false;
    }
}

// Its subscription and its answer come in either order.
RoomId RawTalker::chat_with(RawTalker& other) {
    if (const auto known = chats_.find(other.self()); known != chats_.end()) return known->second;
    const auto op = next_op();
    say(OpenDirectChat{op, other.self()});
    std::set<RoomId> subscribed;
    std::optional<RoomId> chat;
    while (!chat || !subscribed.contains(*chat)) {
        const auto message = next();
        if (const auto* heard = std::get_if<Subscribed>(&message)) subscribed.insert(heard->room);
        if (const auto* done = std::get_if<Done>(&message); done != nullptr && done->op == op) chat = done->room;
    }
    (void)other.hear<Subscribed>([&](const Subscribed& heard) { return heard.room == *chat; });
    return chats_[other.self()] = *chat;
}

double typing_time_ms(RawTalker& ana, RawTalker& bo) {
    const auto chat = ana.chat_with(bo);
    const auto one_way = [chat](RawTalker& typist, RawTalker& reader) {
        const Stopwatch watch;
        typist.say(ReportTyping{chat});
        (void)reader.hear<Typing>(
            [&](const Typing& typing) { return typing.room == chat && typing.users.items().front() == typist.self(); });
        return watch.milliseconds();
    };
    const auto there = one_way(ana, bo);
    return std::max(there, one_way(bo, ana));
}

}  // namespace parley::faults
