#include "composing/telling.hpp"

#include <gtest/gtest.h>

namespace parley::composing {
namespace {

class TellingTest : public testing::Test {
  protected:
    TellingTest() {
        chat.self = UserId(1);
        auto& room = chat.rooms[kRoom];
        room.id = kRoom;
        room.members_loaded = true;
        for (std::uint64_t user = 1; user <= 30; ++user)
            room.members[UserId(user)] = user <= 11 ? Presence::online : Presence::offline;
    }
    static constexpr RoomId kRoom{7};
    client::ChatState chat;
};

TEST_F(TellingTest, AllIsEverybodyElseAndHereWhoIsOnline) {
    EXPECT_EQ(called_by(chat, kRoom, "look <!all>").people, 29u);
    EXPECT_TRUE(called_by(chat, kRoom, "look <!all>").are_many());
    EXPECT_EQ(called_by(chat, kRoom, "look <!here>").people, 10u);
    EXPECT_FALSE(called_by(chat, kRoom, "look <!here>").may_be_many());
    EXPECT_TRUE(called_by(chat, kRoom, "<!here> <!all>").all);
}

TEST_F(TellingTest, ByNameOrInCodeNobodyIsCalledTogether) {
    EXPECT_FALSE(called_by(chat, kRoom, "look, <@2>").anybody);
    EXPECT_FALSE(called_by(chat, kRoom, "`<!all>`").may_be_many());
    EXPECT_FALSE(called_by(chat, RoomId(8), "<!all>").anybody);
    chat.rooms[kRoom].kind = RoomKind::direct;
    EXPECT_FALSE(called_by(chat, kRoom, "<!all>").anybody);
}

TEST_F(TellingTest, WhoIsInTheRoomMayNotBeKnown) {
    chat.rooms[kRoom].members_loaded = false;
    const auto called = called_by(chat, kRoom, "<!all>");
    EXPECT_TRUE(called.may_be_many());
    EXPECT_FALSE(called.are_many());
    EXPECT_FALSE(called.people);
}

}  // namespace
}  // namespace parley::composing
