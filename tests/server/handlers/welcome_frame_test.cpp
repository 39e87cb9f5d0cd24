// What a person is told at the beginning fits one frame, whatever others have made of it.
#include "handlers/welcome_frame.hpp"

#include <gtest/gtest.h>

#include "protocol/codec.hpp"

namespace parley::handlers {
namespace {

// As large as all rooms that somebody may be in can be made.
Welcome largest() {
    Welcome welcome;
    for (std::uint64_t i = 0; i < limits::kRoomsListed; ++i) {
        RoomSummary room;
        room.id = RoomId(UINT64_MAX - i);
        room.name = RoomName::cut(std::string(limits::kRoomName, 'n'));
        room.topic = RoomTopic::cut(std::string(limits::kRoomTopic, 't'));
        room.head = Sequence(1'000'000'000);
        room.last_ordinal = Ordinal(1'000'000'000);
        for (std::uint64_t n = 0; n < limits::kMentionsListed; ++n) room.mentions.push_back(Ordinal(900'000'000 + n));
        for (std::uint64_t n = 0; n < limits::kGroupPeople; ++n) room.people.push_back(UserId(UINT64_MAX - n));
        welcome.rooms.push_back(room);
    }
    return welcome;
}

Welcome told(const Welcome& welcome) {
    const auto bytes = encode(ServerMessage(within_a_frame(welcome)));
    EXPECT_LE(bytes.size(), limits::kServerFrame);
    const auto decoded = decode_server(bytes);
    EXPECT_TRUE(decoded.ok()) << name_of(decoded.error);
    return std::get<Welcome>(decoded.message);
}

TEST(WelcomeFrame, WhatFitsIsToldWhole) {
    auto welcome = largest();
    Welcome few;
    for (std::size_t i = 0; i < 100; ++i) few.rooms.push_back(welcome.rooms[i]);
    EXPECT_EQ(told(few), few);
}

TEST(WelcomeFrame, TheLargestFitsWithAllItsRooms) {
    const auto welcome = told(largest());
    ASSERT_EQ(welcome.rooms.size(), limits::kRoomsListed);
    EXPECT_EQ(welcome.rooms.back().name.view().size(), limits::kRoomName);
    EXPECT_EQ(welcome.rooms.front().mentions.back(), Ordinal(900'000'000 + limits::kMentionsListed - 1))
        << "the newest";
    EXPECT_EQ(welcome.rooms.front().mentions.size(), limits::kMentionsOfMany);
    EXPECT_EQ(welcome.rooms.front().topic, RoomTopic()) << "even so they would be too long";
}

TEST(WelcomeFrame, TheLargestProfilesFitTheirFrame) {
    Profiles message;
    for (std::uint64_t i = 0; i < limits::kProfilesPerFrame; ++i) {
        Profile profile;
        profile.user = UserId(UINT64_MAX - i);
        profile.account = AccountName::cut(std::string(limits::kAccountName, 'a'));
        profile.nick = Nick::cut(std::string(limits::kNick, 'n'));
        profile.status = StatusText::cut(std::string(limits::kStatus, 's'));
        profile.revision = ProfileRevision(UINT64_MAX);
        message.profiles.push_back(profile);
    }
    EXPECT_EQ(message.profiles.size(), limits::kProfilesPerFrame);
    EXPECT_LE(encode(ServerMessage(message)).size(), limits::kServerFrame);
}

}  // namespace
}  // namespace parley::handlers
