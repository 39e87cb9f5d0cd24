#include "protocol/codec.hpp"

#include "protocol/frame_archive.hpp"
#include "protocol/variant_list.hpp"

namespace parley {

static_assert(numbers_are_unique(std::type_identity<ClientMessage>{}), "two client messages have one tag");
static_assert(numbers_are_unique(std::type_identity<ServerMessage>{}), "two server messages have one tag");
static_assert(numbers_are_unique(std::type_identity<RoomEventBody>{}), "two room events have one kind");
static_assert(numbers_are_unique(std::type_identity<AccountEventBody>{}), "two account events have one kind");

// A Resume is read before its sender is known: its positions are an id and a varint each.
static_assert(limits::kClientFrameBeforeLogin >= 64 + limits::kRoomsListed * 18, "a Resume may not fit");

namespace {

template <class Variant>
Buffer encode_tagged(const Variant& message) {
    Buffer bytes;
    bytes.reserve(128);
    std::visit(
        [&](const auto& body) {
            FrameWriter writer(bytes);
            writer.fixed(body.kTag);
            writer(body);
        },
        message);
    return bytes;
}

template <class Variant>
Decoded<Variant> decode_tagged(std::span<const std::byte> frame) {
    Decoded<Variant> result;
    if (frame.empty()) {
        result.error = DecodeError::empty;
        return result;
    }
    result.tag = std::to_integer<std::uint8_t>(frame[0]);
    if (!read_numbered(result.tag, frame.subspan(1), limits::kDecodeBudget, result.message, result.error))
        result.error = DecodeError::unknown_tag;
    return result;
}

}  // namespace

Buffer encode(const ClientMessage& message) {
    return encode_tagged(message);
}
Buffer encode(const ServerMessage& message) {
    return encode_tagged(message);
}
Decoded<ClientMessage> decode_client(std::span<const std::byte> frame) {
    return decode_tagged<ClientMessage>(frame);
}
Decoded<ServerMessage> decode_server(std::span<const std::byte> frame) {
    return decode_tagged<ServerMessage>(frame);
}

Buffer encode_event_body(const RoomEventBody& body) {
    Buffer bytes;
    std::visit(
        [&](const auto& event) {
            FrameWriter writer(bytes);
            if constexpr (requires { event.kKind; }) writer(event);
        },
        body);
    return bytes;
}

Decoded<RoomEventBody> decode_event_body(std::uint8_t kind, std::span<const std::byte> bytes) {
    Decoded<RoomEventBody> result;
    result.tag = kind;
    result.error = read_body(kind, bytes, limits::kDecodeBudget, result.message);
    return result;
}

std::uint8_t kind_of(const RoomEventBody& body) {
    return std::visit([](const auto& event) { return kind_number(event); }, body);
}

std::optional<OpId> op_of(const ClientMessage& message) {
    return std::visit(
        [](const auto& body) -> std::optional<OpId> {
            if constexpr (requires { body.op; }) return body.op;
            return std::nullopt;
        },
        message);
}

}  // namespace parley
