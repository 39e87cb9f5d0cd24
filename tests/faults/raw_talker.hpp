// One client that speaks the protocol by hand: for what a whole client hides, as retryable refusals and how long one
// answer takes. Blocking; a test that waits for what never comes is ended by ctest.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "protocol/codec.hpp"
#include "raw_client/raw_client.hpp"

namespace parley::faults {

class RawTalker {
  public:
    // Connected, registered, welcomed.
    RawTalker(std::uint16_t port, const std::string& name, int receive_buffer = 0);

    void say(const ClientMessage& message);
    // The next message of this kind for which the claim holds; others are passed over. Throws if the connection ends.
    template <class Message>
    Message hear(const std::function<bool(const Message&)>& claim = [](const Message&) { return true; }) {
        for (;;) {
            auto message = next();
            if (auto* wanted = std::get_if<Message>(&message); wanted != nullptr && claim(*wanted)) return *wanted;
        }
    }
    [[nodiscard]] ServerMessage next();

    [[nodiscard]] RoomId general() const { return welcome_.rooms.items().front().id; }
    [[nodiscard]] UserId self() const { return welcome_.user; }
    [[nodiscard]] const Token& token() const { return *welcome_.token; }
    // A connection of its own that is welcomed, or refused.
    [[nodiscard]] static bool may_resume(std::uint16_t port, const Token& token);
    // Their direct chat, heard by both; opened the first time.
    [[nodiscard]] RoomId chat_with(RawTalker& other);
    OpId next_op() { return {outbox_, ++last_}; }
    [[nodiscard]] net::RawClient& wire() { return wire_; }

  private:
    explicit RawTalker(std::uint16_t port);  // only greeted

    net::RawClient wire_;
    OutboxId outbox_;
    std::uint64_t last_ = 1;
    Welcome welcome_;
    std::map<UserId, RoomId> chats_;
};

// How long it takes until bo hears that ana types to him, or she that he does: the slower of both. So both read what
// comes.
[[nodiscard]] double typing_time_ms(RawTalker& ana, RawTalker& bo);

}  // namespace parley::faults
