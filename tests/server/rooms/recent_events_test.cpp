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

std::string words_of(const RoomEvent& event) {
    if (const auto* edited = std::get_if<MessageEdited>(&event.body)) return edited->text.str();
    return std::get<MessagePosted>(event.body).text.str();
}

RoomEvent posted_as(std::uint64_t sequence, std::uint64_t ordinal, const char* text) {
    MessagePosted message;
    message.ordinal = Ordinal(ordinal);
    message.text = MessageText::cut(text);
    return {Sequence(sequence), message};
}
RoomEvent edited(std::uint64_t sequence, std::uint64_t ordinal, const char* text) {
    return {Sequence(sequence), MessageEdited{Ordinal(ordinal), {}, {}, {}, MessageText::cut(text)}};
}

TEST(RecentEvents, HaveTheWordsThatTheirMessageHasByNow) {
    RecentEvents recent;
    recent.add(posted_as(1, 1, "a slip"));
    recent.add(posted_as(2, 2, "another"));
    recent.add(edited(3, 1, "better said"));
    auto events = recent.after(Sequence(0));
    EXPECT_EQ(words_of(events[0]), "better said");
    EXPECT_EQ(words_of(events[1]), "another");
    EXPECT_EQ(recent.bytes(), 2 * std::string("better said").size() + std::string("another").size());
    recent.add({Sequence(4), MessageDeleted{Ordinal(1), {}, {}, {}}});
    events = recent.after(Sequence(0));
    EXPECT_EQ(words_of(events[0]), "");
    EXPECT_EQ(words_of(events[2]), "");
    EXPECT_EQ(words_of(events[1]), "another");
    EXPECT_EQ(recent.bytes(), std::string("another").size());
}

TEST(RecentEvents, AreBoundedInBytesAlsoWhereAnEditIsLonger) {
    RecentEvents recent;
    const std::string longest(limits::kMessageText, 'x');
    for (std::uint64_t i = 1; i <= 20; ++i) recent.add(posted_as(i, 1, "short"));
    recent.add(edited(21, 1, longest.c_str()));
    EXPECT_LE(recent.bytes(), limits::kRecentBytesPerRoom);
    EXPECT_EQ(recent.after(Sequence(20)).size(), 1u);
}

}  // namespace
}  // namespace parley::rooms
