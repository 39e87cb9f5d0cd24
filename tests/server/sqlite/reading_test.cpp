#include "open_store.hpp"

#include "protocol/limits.hpp"

namespace parley::sqlite {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class Reading : public testing::Test, public OpenStore {
  protected:
    void post_many(std::size_t count, std::size_t bytes = 5) {
        ASSERT_TRUE(writer->begin());
        for (std::size_t i = 0; i < count; ++i) {
            const std::string text(bytes, static_cast<char>('a' + i % 26));
            const store::AppendMessage post{
                {ana, {OutboxId(900 + i / 1'000), i + 1}, 1}, room, MessageText::cut(text), kNow};
            ASSERT_TRUE(writer->apply(post, effects)->done());
        }
        ASSERT_TRUE(writer->commit());
    }
    std::vector<std::uint64_t> ordinals(HistoryDirection direction, std::uint64_t at, std::size_t limit) {
        std::vector<std::uint64_t> found;
        const auto history = reader->history(room, direction, Ordinal(at), limit).value();
        for (const auto& message : history.messages) found.push_back(message.ordinal.value());
        return found;
    }

    UserId ana = register_person("ana");
    RoomId room = create_room(ana, "garden");
};

TEST_F(Reading, HistoryGoesBackAndForthAndAround) {
    post_many(10);
    EXPECT_THAT(ordinals(HistoryDirection::before, 0, 3), ElementsAre(8, 9, 10)) << "0: the latest";
    EXPECT_THAT(ordinals(HistoryDirection::before, 4, 3), ElementsAre(1, 2, 3));
    EXPECT_THAT(ordinals(HistoryDirection::before, 3, 9), ElementsAre(1, 2));
    EXPECT_THAT(ordinals(HistoryDirection::before, 1, 9), IsEmpty());
    EXPECT_THAT(ordinals(HistoryDirection::after, 0, 2), ElementsAre(1, 2));
    EXPECT_THAT(ordinals(HistoryDirection::after, 8, 9), ElementsAre(9, 10));
    EXPECT_THAT(ordinals(HistoryDirection::after, 10, 9), IsEmpty());
    EXPECT_THAT(ordinals(HistoryDirection::around, 5, 4), ElementsAre(4, 5, 6, 7));
    EXPECT_THAT(ordinals(HistoryDirection::around, 1, 4), ElementsAre(1, 2, 3, 4));
    EXPECT_THAT(ordinals(HistoryDirection::around, 10, 4), ElementsAre(9, 10));
    EXPECT_THAT(ordinals(HistoryDirection::around, 5, 1), ElementsAre(5));
    EXPECT_THAT(ordinals(HistoryDirection::before, ~0ull, 2), ElementsAre(9, 10));
    EXPECT_THAT(ordinals(HistoryDirection::after, ~0ull, 2), IsEmpty());
}

TEST_F(Reading, HistoryAtATimeIsAroundTheFirstMessageFromThenOn) {
    for (std::int64_t n = 1; n <= 10; ++n)
        apply(store::AppendMessage{operation(ana), room, MessageText::cut("x"), {kNow.milliseconds + n * 100}});
    const auto at = [&](std::int64_t ms, std::size_t limit) {
        std::vector<std::uint64_t> found;
        const auto history = reader->history_at(room, {kNow.milliseconds + ms}, Ordinal(1), limit).value();
        EXPECT_EQ(history.last_ordinal, Ordinal(10));
        for (const auto& message : history.messages) found.push_back(message.ordinal.value());
        return found;
    };
    EXPECT_THAT(at(500, 1), ElementsAre(5)) << "at that very moment";
    EXPECT_THAT(at(501, 1), ElementsAre(6));
    EXPECT_THAT(at(501, 4), ElementsAre(5, 6, 7, 8));
    EXPECT_THAT(at(-900, 1), ElementsAre(1));
    EXPECT_THAT(at(9'000, 1), ElementsAre(10)) << "nothing was said since: the last";
    EXPECT_THAT(reader->history_at(create_room(ana, "empty"), kNow, Ordinal(1), 5)->messages, IsEmpty());
    EXPECT_THAT(reader->history_at(RoomId(1), kNow, Ordinal(1), 5)->messages, IsEmpty());
}

TEST_F(Reading, HistoryHoldsMessagesAsTheyAre) {
    const auto op = operation(ana);
    apply(store::AppendMessage{op, room, MessageText::cut("tab\there 🦊 'quoted' \"twice\"; --"), kNow});
    const auto history = reader->history(room, HistoryDirection::before, {}, 10).value();
    EXPECT_EQ(history.head, Sequence(3));
    EXPECT_EQ(history.last_ordinal, Ordinal(1));
    EXPECT_THAT(history.messages, ElementsAre(Message{Ordinal(1), Sequence(3), Sequence(3), ana, kNow,
                                                      MessageText::cut("tab\there 🦊 'quoted' \"twice\"; --")}));
}

TEST_F(Reading, HistoryIsCutByItsBounds) {
    post_many(150);
    EXPECT_THAT(ordinals(HistoryDirection::before, 0, 100'000), SizeIs(limits::kHistoryPage));
    EXPECT_THAT(ordinals(HistoryDirection::before, 0, 0), SizeIs(1));
    const auto large = reader->history(RoomId(1), HistoryDirection::before, {}, 10).value();
    EXPECT_EQ(large.head, Sequence()) << "a room that does not exist is empty";
}

TEST_F(Reading, HistoryIsCutByItsBytes) {
    post_many(60, limits::kMessageText);
    const auto fit = limits::kHistoryBytes / limits::kMessageText;
    const auto before = ordinals(HistoryDirection::before, 0, 100);
    EXPECT_THAT(before, SizeIs(fit));
    EXPECT_EQ(before.back(), 60u) << "the nearest are kept";
    const auto after = ordinals(HistoryDirection::after, 0, 100);
    EXPECT_THAT(after, SizeIs(fit));
    EXPECT_EQ(after.front(), 1u);
    const auto around = ordinals(HistoryDirection::around, 30, 100);
    EXPECT_THAT(around, SizeIs(fit / 2 * 2));
    EXPECT_EQ(around.front(), 30u - fit / 2 + 1);
}

TEST_F(Reading, EventsAreDenseAndWhole) {
    const auto bo = register_person("bo");
    join(bo, room);
    const auto op = operation(bo);
    apply(store::AppendMessage{op, room, MessageText::cut("hello"), kNow});
    apply(store::LeaveRoom{operation(bo), room, kNow});
    const auto all = reader->events_after(room, {}).value();
    EXPECT_EQ(all.head, Sequence(5));
    EXPECT_THAT(
        all.events,
        ElementsAre(RoomEvent{Sequence(1), RoomCreated{ana, RoomKind::channel, RoomName::cut("garden"), kNow}},
                    RoomEvent{Sequence(2), MemberJoined{ana, kNow}}, RoomEvent{Sequence(3), MemberJoined{bo, kNow}},
                    RoomEvent{Sequence(4), MessagePosted{Ordinal(1), bo, op.op, kNow, MessageText::cut("hello")}},
                    RoomEvent{Sequence(5), MemberLeft{bo, kNow}}));
    EXPECT_THAT(reader->events_after(room, Sequence(4))->events, SizeIs(1));
    EXPECT_THAT(reader->events_after(room, Sequence(5))->events, IsEmpty());
    EXPECT_THAT(reader->events_after(room, Sequence(~0ull))->events, IsEmpty());
    EXPECT_EQ(reader->events_after(RoomId(1), {})->head, Sequence());
}

TEST_F(Reading, EventsAreCutByNumberAndBytes) {
    post_many(limits::kSyncPage + 10);
    EXPECT_THAT(reader->events_after(room, {})->events, SizeIs(limits::kSyncPage));
    const auto rest = reader->events_after(room, Sequence(limits::kSyncPage)).value();
    EXPECT_EQ(rest.events.front().sequence, Sequence(limits::kSyncPage + 1));
    EXPECT_EQ(rest.events.back().sequence, rest.head);
}

TEST_F(Reading, LongEventsAreCutByTheirBytes) {
    post_many(40, limits::kMessageText);
    const auto events = reader->events_after(room, {})->events;
    EXPECT_LE(events.size(), limits::kHistoryBytes / limits::kMessageText + 4);
    EXPECT_GE(events.size(), limits::kHistoryBytes / limits::kMessageText);
}

TEST_F(Reading, TheDirectoryIsReadInPages) {
    for (const char* name : {"pond", "attic", "cellar"}) create_room(ana, name);
    const auto names = [&](const char* after, std::size_t limit) {
        std::vector<std::string> found;
        const auto page = reader->directory(RoomName::cut(after), limit).value();
        for (const auto& entry : page.rooms) found.push_back(entry.name.str());
        return found;
    };
    EXPECT_THAT(names("", 100), ElementsAre("attic", "cellar", "garden", "general", "pond"));
    EXPECT_THAT(names("", 2), ElementsAre("attic", "cellar"));
    EXPECT_TRUE(reader->directory({}, 2)->more);
    EXPECT_THAT(names("cellar", 3), ElementsAre("garden", "general", "pond"));
    EXPECT_FALSE(reader->directory(RoomName::cut("cellar"), 3)->more);
    EXPECT_EQ(reader->directory({}, 1)->rooms[0].members, 1u);
}

TEST_F(Reading, APersonIsReadWithHerRooms) {
    const auto person = reader->person(ana)->value();
    EXPECT_EQ(person.profile.account.view(), "ana");
    EXPECT_EQ(person.account, AccountSequence(2));
    EXPECT_THAT(person.rooms, SizeIs(2));
    EXPECT_FALSE(reader->person(UserId(1))->has_value());
    EXPECT_FALSE(reader->room(RoomId(1))->has_value());
}

TEST_F(Reading, AReaderSeesWhatIsCommittedAndNothingElse) {
    ASSERT_TRUE(writer->begin());
    ASSERT_TRUE(
        writer->apply(store::AppendMessage{operation(ana), room, MessageText::cut("not yet"), kNow}, effects)->done());
    EXPECT_THAT(ordinals(HistoryDirection::before, 0, 10), IsEmpty());
    ASSERT_TRUE(writer->commit());
    EXPECT_THAT(ordinals(HistoryDirection::before, 0, 10), ElementsAre(1));
}

}  // namespace
}  // namespace parley::sqlite
