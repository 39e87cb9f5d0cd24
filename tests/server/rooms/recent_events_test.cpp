#include "rooms/recent_events.hpp"

#include <gtest/gtest.h>

namespace parley::rooms {
namespace {

RoomEvent posted(std::uint64_t sequence, std::size_t bytes = 1) {
    MessagePosted message;
    message.text = MessageText::cut(std::string(bytes, 'x'));
    return {Sequence(sequence), message};
}

TEST(RecentEvents, GiveWhatCameAfterAPlace) {
    RecentEvents recent;
    for (std::uint64_t i = 11; i <= 20; ++i) recent.add(posted(i));
    EXPECT_EQ(recent.after(Sequence(10)).size(), 10u);
    ASSERT_EQ(recent.after(Sequence(18)).size(), 2u);
    EXPECT_EQ(recent.after(Sequence(18)).front().sequence, Sequence(19));
    EXPECT_TRUE(recent.after(Sequence(9)).empty()) << "10 is not there any more: not from here";
    EXPECT_TRUE(recent.after(Sequence(20)).empty());
    EXPECT_TRUE(RecentEvents().after(Sequence(0)).empty());
}

TEST(RecentEvents, AreBoundedInNumber) {
    RecentEvents recent;
    for (std::uint64_t i = 1; i <= limits::kRecentEventsPerRoom + 5; ++i) recent.add(posted(i));
    EXPECT_EQ(recent.size(), limits::kRecentEventsPerRoom);
    EXPECT_TRUE(recent.after(Sequence(4)).empty());
    EXPECT_EQ(recent.after(Sequence(5)).size(), limits::kRecentEventsPerRoom);
}

TEST(RecentEvents, AreBoundedInBytes) {
    RecentEvents recent;
    for (std::uint64_t i = 1; i <= 200; ++i) {
        recent.add(posted(i, limits::kMessageText));
        ASSERT_LE(recent.bytes(), limits::kRecentBytesPerRoom);
    }
    EXPECT_EQ(recent.size(), limits::kRecentBytesPerRoom / limits::kMessageText);
    EXPECT_EQ(recent.after(Sequence(199)).size(), 1u);
}

}  // namespace
}  // namespace parley::rooms
