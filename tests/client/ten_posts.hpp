// A room of ten posts as one client sees it, Ordinal n with Sequence n, and what may happen to them.
#pragma once

#include "scripted_server.hpp"

namespace parley::client {

using Server = ScriptedServer;

inline const Emoji kTada = Emoji::cut("\U0001F389");
inline const Emoji kThumb = Emoji::cut("\U0001F44D");
inline constexpr Timestamp kLater{77};

inline RoomEvent edited(std::uint64_t sequence, std::uint64_t ordinal, const char* text, UserId by = Server::kBo,
                        OpId op = {}) {
    return {Sequence(sequence), MessageEdited{Ordinal(ordinal), by, op, kLater, MessageText::cut(text)}};
}
inline RoomEvent removed(std::uint64_t sequence, std::uint64_t ordinal, UserId by = Server::kBo, OpId op = {}) {
    return {Sequence(sequence), MessageDeleted{Ordinal(ordinal), by, op, kLater}};
}
inline RoomEvent reacted(std::uint64_t sequence, std::uint64_t ordinal, UserId by, const Emoji& emoji, bool on = true,
                         OpId op = {}) {
    return {Sequence(sequence), ReactionChanged{Ordinal(ordinal), by, op, emoji, on}};
}
inline RoomEvent pinned(std::uint64_t sequence, std::uint64_t ordinal, bool on = true) {
    return {Sequence(sequence), PinChanged{Ordinal(ordinal), Server::kBo, {}, kLater, on}};
}

inline Message stored(std::uint64_t ordinal) {
    return {Ordinal(ordinal), Sequence(ordinal), Sequence(ordinal),
            Server::kBo,      Timestamp{5},      MessageText::cut("said " + std::to_string(ordinal))};
}

class TenPosts : public testing::Test {
  protected:
    explicit TenPosts(Settings settings = {}) : server(std::move(settings)) {
        server.log_in({Server::summary(Server::kGeneral, 10, 10)});
    }
    History page(RequestId request, std::uint64_t head, std::vector<Message> messages) {
        History history{request, Server::kGeneral, Sequence(head), Ordinal(10), {}};
        for (auto& message : messages) history.messages.push_back(std::move(message));
        return history;
    }
    std::vector<Message> posts(std::uint64_t first, std::uint64_t last) {
        std::vector<Message> all;
        for (auto n = first; n <= last; ++n) all.push_back(stored(n));
        return all;
    }
    void load(std::uint64_t first = 6, std::uint64_t last = 10) {
        (void)server.client.load_latest(Server::kGeneral);
        server.say(page(server.take_one<LoadHistory>().request, 10, posts(first, last)));
        server.notices.clear();
    }
    void hear(std::vector<RoomEvent> list) { server.say(Server::events(std::move(list))); }
    const Room& room() { return server.general(); }
    const Message& at(std::uint64_t ordinal) { return *room().message(Ordinal(ordinal)); }
    Message shown(std::uint64_t ordinal) { return server.client.state().with_pending(Server::kGeneral, at(ordinal)); }
    Client& client() { return server.client; }

    Server server;
};

}  // namespace parley::client
