// Every message, from its sample: round trip, every truncation, every trailing byte, every bound at its edge.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/plain_wire.hpp"
#include "support/samples.hpp"

namespace parley {
namespace {

using support::PlainWire;
using support::Sample;

template <class Message>
Decoded<Message> decode(std::span<const std::byte> frame) {
    if constexpr (std::is_same_v<Message, ClientMessage>) {
        return decode_client(frame);
    } else {
        return decode_server(frame);
    }
}

template <class Message>
class MessageCodec : public testing::Test {
  public:
    [[nodiscard]] static std::vector<Sample<Message>> samples() {
        if constexpr (std::is_same_v<Message, ClientMessage>) {
            return support::client_samples();
        } else {
            return support::server_samples();
        }
    }
};
using Directions = testing::Types<ClientMessage, ServerMessage>;
TYPED_TEST_SUITE(MessageCodec, Directions);

TYPED_TEST(MessageCodec, EveryMessageComesBackEqual) {
    for (const auto& sample : this->samples()) {
        const auto decoded = decode<TypeParam>(encode(sample.message));
        EXPECT_EQ(decoded.error, DecodeError::none) << sample.name;
        EXPECT_TRUE(decoded.message == sample.message) << sample.name;
    }
}

TYPED_TEST(MessageCodec, TheBytesAreThoseOfTheWirePage) {
    for (const auto& sample : this->samples()) {
        EXPECT_EQ(encode(sample.message), PlainWire::bytes_of(sample.message)) << sample.name;
    }
}

TYPED_TEST(MessageCodec, EveryTruncationIsRefused) {
    for (const auto& sample : this->samples()) {
        const auto whole = encode(sample.message);
        for (std::size_t length = 0; length < whole.size(); ++length) {
            const auto decoded = decode<TypeParam>(std::span(whole).first(length));
            EXPECT_FALSE(decoded.ok()) << sample.name << " cut to " << length << " of " << whole.size();
        }
    }
}

TYPED_TEST(MessageCodec, EveryTrailingByteIsRefused) {
    for (const auto& sample : this->samples()) {
        auto frame = encode(sample.message);
        frame.push_back({});
        for (unsigned byte = 0; byte < 256; ++byte) {
            frame.back() = static_cast<std::byte>(byte);
            EXPECT_EQ(decode<TypeParam>(frame).error, DecodeError::trailing_bytes) << sample.name << " and " << byte;
        }
    }
}

TYPED_TEST(MessageCodec, EveryBoundHoldsAtItsEdge) {
    std::size_t edges = 0;
    for (const auto& sample : this->samples()) {
        for (std::size_t field = 0; field < PlainWire::bounded_fields_of(sample.message); ++field, ++edges) {
            const auto longest = PlainWire::bytes_of(sample.message, PlainWire::Stretch{field, 0});
            const auto taken = decode<TypeParam>(longest);
            EXPECT_EQ(taken.error, DecodeError::none) << sample.name << ", bounded field " << field << " at its bound";
            EXPECT_EQ(encode(taken.message), longest) << sample.name << ", bounded field " << field;
            const auto longer = PlainWire::bytes_of(sample.message, PlainWire::Stretch{field, 1});
            EXPECT_EQ(decode<TypeParam>(longer).error, DecodeError::too_long)
                << sample.name << ", bounded field " << field << " one above";
        }
    }
    EXPECT_GE(edges, 10u);
}

TYPED_TEST(MessageCodec, AnUnknownTagIsSaidWithItsNumber) {
    std::set<unsigned> known;
    for (const auto& sample : this->samples()) known.insert(std::to_integer<unsigned>(encode(sample.message)[0]));
    for (unsigned tag = 0; tag < 256; ++tag) {
        if (known.contains(tag)) continue;
        const std::byte frame[] = {static_cast<std::byte>(tag), std::byte{0}};
        const auto decoded = decode<TypeParam>(frame);
        EXPECT_EQ(decoded.error, DecodeError::unknown_tag) << tag;
        EXPECT_EQ(decoded.tag, tag);
    }
}

TYPED_TEST(MessageCodec, AnEmptyFrameIsRefused) {
    EXPECT_EQ(decode<TypeParam>({}).error, DecodeError::empty);
}

// Whatever one changed byte does, what is taken can be written again and read back as the same.
TYPED_TEST(MessageCodec, AnyChangedByteIsRefusedOrReadsAsItWouldBeWritten) {
    for (const auto& sample : this->samples()) {
        const auto whole = encode(sample.message);
        for (std::size_t at = 1; at < whole.size(); ++at) {
            for (unsigned byte = 0; byte < 256; ++byte) {
                auto frame = whole;
                frame[at] = static_cast<std::byte>(byte);
                const auto decoded = decode<TypeParam>(frame);
                if (!decoded.ok()) continue;
                const auto again = decode<TypeParam>(encode(decoded.message));
                ASSERT_TRUE(again.ok() && again.message == decoded.message)
                    << sample.name << ", byte " << at << " = " << byte;
            }
        }
    }
}

TEST(MessageNames, AreThoseOfTheTypes) {
    EXPECT_EQ(name_of(ClientMessage{support::sample<PostText>()}), "PostText");
    EXPECT_EQ(name_of(ServerMessage{support::sample<RoomEvents>()}), "RoomEvents");
    for (const auto& sample : support::client_samples())
        EXPECT_THAT(sample.name, testing::StartsWith(std::string(name_of(sample.message))));
}

TEST(MessageOperations, EveryChangeHasAnOpIdAndNothingElse) {
    std::set<std::string> changes;
    for (const auto& sample : support::client_samples()) {
        const auto op = op_of(sample.message);
        if (!op) continue;
        EXPECT_EQ(*op, support::kOp) << sample.name;
        changes.insert(sample.name);
    }
    EXPECT_THAT(changes, testing::UnorderedElementsAre(
                             "Register", "CreateRoom", "JoinRoom", "LeaveRoom", "OpenDirectChat", "PostText", "SetNick",
                             "EditText", "DeleteMessage", "SetReaction", "SetPin", "SetTopic", "InviteToRoom",
                             "RenameRoom", "ChangeRoomSettings", "SetPoster", "SetFavourite", "OpenGroupChat",
                             "SetStatus", "SetAvailability", "SetBlock", "OpenThread"));
}

}  // namespace
}  // namespace parley
