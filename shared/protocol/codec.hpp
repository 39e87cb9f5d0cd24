// Bytes to messages and back: the one place that knows both. Stateless, any thread. Nothing throws; a frame that is not
// exactly one message, whole and within its bounds, is an error with a reason.
// The format is on one page: shared/protocol/README.md.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "protocol/client_messages.hpp"
#include "protocol/server_messages.hpp"

namespace parley {

using Buffer = std::vector<std::byte>;

enum class DecodeError : std::uint8_t {
    none = 0,
    empty,           // no byte at all
    unknown_tag,     // a message of another version: refused by the server, skipped by the client
    truncated,       // the frame ends inside a field
    trailing_bytes,  // the frame goes on after the message
    too_long,        // a text or list above its bound, or above the bytes left
    not_utf8,
    out_of_range,  // a bool, enum or varint that has no such value
    over_budget,   // more memory than one message may take
};
[[nodiscard]] std::string_view name_of(DecodeError error);

template <class Message>
struct Decoded {
    Message message{};
    DecodeError error = DecodeError::none;
    std::uint8_t tag = 0;  // the first byte, where there is one
    [[nodiscard]] bool ok() const { return error == DecodeError::none; }
};

[[nodiscard]] Buffer encode(const ClientMessage& message);
[[nodiscard]] Buffer encode(const ServerMessage& message);
[[nodiscard]] Decoded<ClientMessage> decode_client(std::span<const std::byte> frame);
[[nodiscard]] Decoded<ServerMessage> decode_server(std::span<const std::byte> frame);

// One room event without its sequence, kind or length: how the store keeps what is not a message.
[[nodiscard]] Buffer encode_event_body(const RoomEventBody& body);
[[nodiscard]] Decoded<RoomEventBody> decode_event_body(std::uint8_t kind, std::span<const std::byte> bytes);
[[nodiscard]] std::uint8_t kind_of(const RoomEventBody& body);

// The OpId of a change, or nothing for a query or notice.
[[nodiscard]] std::optional<OpId> op_of(const ClientMessage& message);
[[nodiscard]] std::string_view name_of(const ClientMessage& message);
[[nodiscard]] std::string_view name_of(const ServerMessage& message);

}  // namespace parley
