// The archive under the codec: integers, varints, bools, enums, lengths, UTF-8, the memory budget.
#include "protocol/frame_archive.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <limits>

namespace parley {
namespace {

Buffer bytes(std::initializer_list<unsigned> values) {
    Buffer buffer;
    for (const auto value : values) buffer.push_back(static_cast<std::byte>(value));
    return buffer;
}

template <class Value>
struct Read {
    Value value{};
    DecodeError error = DecodeError::none;
    std::size_t left = 0;
};

template <class Value>
Read<Value> read(const Buffer& from, std::size_t budget = limits::kDecodeBudget) {
    Read<Value> result;
    FrameReader reader(from, budget);
    reader(result.value);
    result.error = reader.error();
    result.left = reader.left();
    return result;
}

Read<std::uint64_t> read_varint(const Buffer& from) {
    FrameReader reader(from);
    const auto value = reader.varint();
    return {value, reader.error(), reader.left()};
}

TEST(Varint, IsWrittenInItsShortestForm) {
    struct Case {
        std::uint64_t value;
        Buffer written;
    };
    const Case cases[] = {
        {0, bytes({0x00})},
        {1, bytes({0x01})},
        {127, bytes({0x7F})},
        {128, bytes({0x80, 0x01})},
        {300, bytes({0xAC, 0x02})},
        {16'383, bytes({0xFF, 0x7F})},
        {16'384, bytes({0x80, 0x80, 0x01})},
        {0xFFFF'FFFF, bytes({0xFF, 0xFF, 0xFF, 0xFF, 0x0F})},
        {0x7FFF'FFFF'FFFF'FFFF, bytes({0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F})},
        {0x8000'0000'0000'0000, bytes({0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01})},
        {std::numeric_limits<std::uint64_t>::max(),
         bytes({0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01})},
    };
    for (const auto& [value, written] : cases) {
        Buffer buffer;
        FrameWriter(buffer).varint(value);
        EXPECT_EQ(buffer, written) << value;
        const auto back = read_varint(buffer);
        EXPECT_EQ(back.error, DecodeError::none) << value;
        EXPECT_EQ(back.value, value);
        EXPECT_EQ(back.left, 0u);
    }
}

TEST(Varint, InALongerFormThanNeededIsRefused) {
    EXPECT_EQ(read_varint(bytes({0x80, 0x00})).error, DecodeError::out_of_range);
    EXPECT_EQ(read_varint(bytes({0xFF, 0x00})).error, DecodeError::out_of_range);
    EXPECT_EQ(read_varint(bytes({0x81, 0x80, 0x00})).error, DecodeError::out_of_range);
}

TEST(Varint, AboveSixtyFourBitsIsRefused) {
    EXPECT_EQ(read_varint(bytes({0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02})).error,
              DecodeError::out_of_range);
    EXPECT_EQ(read_varint(bytes({0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01})).error,
              DecodeError::out_of_range);
}

TEST(Varint, ThatEndsInTheMiddleIsTruncated) {
    EXPECT_EQ(read_varint({}).error, DecodeError::truncated);
    EXPECT_EQ(read_varint(bytes({0x80})).error, DecodeError::truncated);
    EXPECT_EQ(read_varint(bytes({0xFF, 0xFF, 0xFF})).error, DecodeError::truncated);
}

TEST(FixedIntegers, AreLittleEndian) {
    Buffer buffer;
    FrameWriter writer(buffer);
    writer(std::uint16_t{0x0102}, std::uint32_t{0x03040506}, std::int64_t{-2});
    EXPECT_EQ(buffer, bytes({0x02, 0x01, 0x06, 0x05, 0x04, 0x03, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF}));
    EXPECT_EQ(read<std::int64_t>(bytes({0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF})).value, -2);
}

TEST(Bools, AreZeroOrOne) {
    EXPECT_EQ(read<bool>(bytes({0})).value, false);
    EXPECT_EQ(read<bool>(bytes({1})).value, true);
    for (unsigned byte = 2; byte < 256; ++byte)
        EXPECT_EQ(read<bool>(bytes({byte})).error, DecodeError::out_of_range) << byte;
}

template <class Enum>
std::size_t values_taken() {
    std::size_t taken = 0;
    for (unsigned byte = 0; byte < 256; ++byte) {
        const auto result = read<Enum>(bytes({byte}));
        EXPECT_EQ(result.error, is_known(static_cast<Enum>(byte)) ? DecodeError::none : DecodeError::out_of_range)
            << byte;
        taken += result.error == DecodeError::none;
    }
    return taken;
}

TEST(Enums, OutOfRangeAreRefused) {
    EXPECT_EQ(values_taken<RoomKind>(), 4u);
    EXPECT_EQ(values_taken<Presence>(), 4u);
    EXPECT_EQ(values_taken<Registration>(), 3u);
    EXPECT_EQ(values_taken<HistoryDirection>(), 3u);
    EXPECT_EQ(values_taken<Refusal>(), 57u);
}

TEST(Optionals, HaveAPresenceByteOfZeroOrOne) {
    EXPECT_EQ(read<std::optional<bool>>(bytes({0})).value, std::nullopt);
    EXPECT_EQ(read<std::optional<bool>>(bytes({1, 1})).value, std::optional(true));
    EXPECT_EQ(read<std::optional<bool>>(bytes({2, 1})).error, DecodeError::out_of_range);
    EXPECT_EQ(read<std::optional<bool>>(bytes({1})).error, DecodeError::truncated);
}

TEST(Texts, MayNotBeLongerThanTheBytesLeft) {
    EXPECT_EQ(read<Text<8>>(bytes({2, 'h', 'i'})).value.str(), "hi");
    EXPECT_EQ(read<Text<8>>(bytes({3, 'h', 'i'})).error, DecodeError::too_long);
    EXPECT_EQ(read<Text<1>>(bytes({2, 'h', 'i'})).error, DecodeError::too_long);
}

TEST(Texts, MustBeUtf8) {
    EXPECT_EQ(read<Text<8>>(bytes({2, 0xC3, 0xA9})).value.str(), "\xC3\xA9");
    EXPECT_EQ(read<Text<8>>(bytes({1, 0xC3})).error, DecodeError::not_utf8);
    EXPECT_EQ(read<Text<8>>(bytes({2, 0xC0, 0x80})).error, DecodeError::not_utf8);
    EXPECT_EQ(read<Text<8>>(bytes({3, 0xED, 0xA0, 0x80})).error, DecodeError::not_utf8);
}

TEST(Lists, MayNotClaimMoreElementsThanBytesAreLeft) {
    using Ids = List<Sequence, 100>;
    EXPECT_EQ(read<Ids>(bytes({2, 5, 6})).value, (Ids{Sequence{5}, Sequence{6}}));
    EXPECT_EQ(read<Ids>(bytes({3, 5, 6})).error, DecodeError::too_long);
    EXPECT_EQ(read<Ids>(bytes({0xFF, 0xFF, 0xFF, 0xFF, 0x0F})).error, DecodeError::too_long);
}

TEST(Budget, IsChargedBeforeMemoryIsTaken) {
    using Ids = List<Sequence, 100>;
    const auto three = bytes({3, 1, 2, 3});
    EXPECT_EQ(read<Ids>(three, 3 * sizeof(Sequence)).error, DecodeError::none);
    EXPECT_EQ(read<Ids>(three, 3 * sizeof(Sequence) - 1).error, DecodeError::over_budget);
    EXPECT_EQ(read<Text<8>>(bytes({2, 'h', 'i'}), 1).error, DecodeError::over_budget);
}

TEST(Budget, BoundsAWholeMessage) {
    RoomEvents events;
    events.room = RoomId{1};
    const auto text = MessageText::cut(std::string(limits::kMessageText, 'a'));
    const auto too_many = limits::kDecodeBudget / limits::kMessageText + 1;
    for (std::size_t i = 1; i <= too_many; ++i) {
        ASSERT_TRUE(events.events.push_back({Sequence{i}, MessagePosted{Ordinal{i}, {}, {}, {}, text}}));
    }
    EXPECT_EQ(decode_server(encode(ServerMessage{events})).error, DecodeError::over_budget);
}

TEST(FirstError, Sticks) {
    const auto from = bytes({2, 9, 9});
    FrameReader reader(from);
    bool flag = false;
    std::uint16_t after = 7;
    reader(flag, after);
    EXPECT_EQ(reader.error(), DecodeError::out_of_range);
    EXPECT_EQ(after, 0);
    EXPECT_EQ(reader.left(), 0u);
}

TEST(Events, OfAnUnknownKindKeepTheirSequenceAndLoseTheirBody) {
    // RoomEvents, room 0, two events: 5 of kind 200 with three bytes, 6 MemberLeft.
    auto frame = bytes({5, 0, 0, 0, 0, 0, 0, 0, 0, 2, 5, 200, 3, 0xDE, 0xAD, 0xFF, 6, 3, 16});
    frame.resize(frame.size() + 16);
    const auto decoded = decode_server(frame);
    ASSERT_EQ(decoded.error, DecodeError::none);
    const auto& events = std::get<RoomEvents>(decoded.message).events;
    ASSERT_EQ(events.size(), 2u);
    EXPECT_EQ(events[0], (RoomEvent{Sequence{5}, UnknownRoomEvent{200}}));
    EXPECT_EQ(events[1], (RoomEvent{Sequence{6}, MemberLeft{}}));
}

TEST(Events, MustFillTheirLengthExactly) {
    const auto with_length = [](unsigned length) {
        auto frame = bytes({5, 0, 0, 0, 0, 0, 0, 0, 0, 1, 6, 3, length});
        frame.resize(frame.size() + length);
        return decode_server(frame).error;
    };
    EXPECT_EQ(with_length(15), DecodeError::truncated);
    EXPECT_EQ(with_length(16), DecodeError::none);
    EXPECT_EQ(with_length(17), DecodeError::trailing_bytes);
}

TEST(EventBodies, ComeBackFromTheFormTheStoreKeeps) {
    const RoomEventBody joined = MemberJoined{UserId{7}, Timestamp{9}};
    const auto body = encode_event_body(joined);
    const auto decoded = decode_event_body(kind_of(joined), body);
    EXPECT_EQ(decoded.error, DecodeError::none);
    EXPECT_TRUE(decoded.message == joined);
    EXPECT_EQ(decode_event_body(kind_of(joined), std::span(body).first(body.size() - 1)).error, DecodeError::truncated);
    EXPECT_EQ(std::get<UnknownRoomEvent>(decode_event_body(200, body).message).kind, 200);
}

}  // namespace
}  // namespace parley
