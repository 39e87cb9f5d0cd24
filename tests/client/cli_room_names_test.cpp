// What parley-cli calls rooms, and which room it takes a name for.
#include "cli/room_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parley::cli {
namespace {

using testing::IsEmpty;
using testing::UnorderedElementsAre;

class RoomNames : public testing::Test {
  protected:
    void have(std::uint64_t id, std::string_view name, RoomKind kind = RoomKind::channel) {
        client::Room room;
        room.id = RoomId(id);
        room.kind = kind;
        room.name = RoomName::cut(name);
        state_.rooms[room.id] = room;
    }
    [[nodiscard]] std::uint64_t meant(std::string_view word) const {
        const auto* room = room_meant(state_, word);
        return room == nullptr ? 0 : room->id.value();
    }
    [[nodiscard]] std::string called(std::uint64_t id) const {
        return room_called(state_, state_.rooms.at(RoomId(id)).name.view(), RoomId(id));
    }
    client::ChatState state_;
};

TEST_F(RoomNames, ANameMeansTheOneRoomThatHasIt) {
    have(5, "general");
    have(7, "plans");
    have(8, "plans", RoomKind::thread);
    EXPECT_EQ(called(5), "general");
    EXPECT_EQ(called(7), "plans");
    EXPECT_EQ(meant("general"), 5u);
    EXPECT_EQ(meant("plans"), 7u);
    EXPECT_EQ(meant("den"), 0u);
    EXPECT_THAT(namesakes(state_, "plans"), IsEmpty());
}

TEST_F(RoomNames, ANameThatRoomsShareMeansNoneOfThem) {
    have(5, "general");
    have(4611686018427387904, "general");
    EXPECT_EQ(called(5), "general~5");
    EXPECT_EQ(called(4611686018427387904), "general~4611686018427387904");
    EXPECT_EQ(meant("general"), 0u);
    EXPECT_EQ(meant("general~5"), 5u);
    EXPECT_EQ(meant("general~4611686018427387904"), 4611686018427387904u);
    EXPECT_THAT(namesakes(state_, "general"), UnorderedElementsAre("general~5", "general~4611686018427387904"));
    EXPECT_THAT(namesakes(state_, "general~5"), IsEmpty());
}

TEST_F(RoomNames, ANumberIsGoodForAnyRoomThatIsCalledSo) {
    have(5, "general");
    have(7, "plans", RoomKind::direct);
    EXPECT_EQ(meant("general~5"), 5u);
    for (const auto* word : {"plans~5", "general~6", "general~", "general~x", "general~5x", "~5", "general~5~5", "~",
                             "general~-5", "general~18446744073709551621", "plans~7"})
        EXPECT_EQ(meant(word), 0u) << word;
}

TEST_F(RoomNames, ARoomThatIsStillToComeIsCalledAsItWillBe) {
    have(5, "general");
    EXPECT_EQ(room_called(state_, "general", RoomId(9)), "general~9");
    EXPECT_EQ(room_called(state_, "plans", RoomId(9)), "plans");
}

}  // namespace
}  // namespace parley::cli
