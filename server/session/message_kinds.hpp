// What a session must know of a message without knowing what it does: whether it logs in, its request id, its rate.
#pragma once

#include <optional>
#include <type_traits>

#include "protocol/client_messages.hpp"
#include "protocol/rates.hpp"

namespace parley::session {

// What everybody in a room hears of at once.
template <class Message>
concept SpeaksInRoom = std::same_as<Message, PostText> || std::same_as<Message, EditText> ||
    std::same_as<Message, DeleteMessage> || std::same_as<Message, SetReaction> || std::same_as<Message, SetPin>;

template <class Message>
concept LogsIn = std::same_as<Message, Register> || std::same_as<Message, LogIn> || std::same_as<Message, Resume>;

inline bool is_login(const ClientMessage& message) {
    return std::visit([]<class M>(const M&) { return LogsIn<M>; }, message);
}

inline RequestId request_of(const ClientMessage& message) {
    return std::visit(
        []<class M>(const M& body) -> RequestId {
            if constexpr (requires { body.request; }) return body.request;
            return 0;
        },
        message);
}

// Nothing: not counted here (logins have limits of their own; beats and confirmations are bounded by what they answer).
inline std::optional<RateKind> rate_kind_of(const ClientMessage& message) {
    return std::visit(
        []<class M>(const M& body) -> std::optional<RateKind> {
            if constexpr (LogsIn<M>) return std::nullopt;
            if constexpr (SpeaksInRoom<M>) return RateKind::post;
            if constexpr (requires { body.op; }) return RateKind::change;
            if constexpr (requires { body.request; }) return RateKind::query;
            if constexpr (std::same_as<M, ReportTyping> || std::same_as<M, ReportPresence>) return RateKind::notice;
            return std::nullopt;
        },
        message);
}

}  // namespace parley::session
