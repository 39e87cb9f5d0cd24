#include "open_store.hpp"
#include "protocol/limits.hpp"

namespace parley::sqlite {
namespace {

using store::Status;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Timestamp kLater{kNow.milliseconds + 5'000};

class MessageChanges : public testing::Test, public OpenStore {
  protected:
    MessageChanges() {
        join(bo, room);
        post(ana, room, "first words");
        head = reader->room(room)->value().head.value();
    }
    store::Outcome edit(UserId user, const char* text, Ordinal ordinal = Ordinal(1)) {
        return apply(store::EditText{operation(user), room, ordinal, MessageText::cut(text), kLater});
    }
    store::Outcome remove(UserId user) {
        return apply(store::DeleteMessage{operation(user), room, Ordinal(1), kLater});
    }
    store::Outcome react(UserId user, std::string_view emoji, bool on = true) {
        return apply(store::SetReaction{operation(user), room, Ordinal(1), Emoji::cut(emoji), on});
    }
    store::Outcome pin(UserId user, Ordinal ordinal = Ordinal(1), bool on = true) {
        return apply(store::SetPin{operation(user), room, ordinal, on, kLater});
    }
    Message first() { return reader->history(room, HistoryDirection::after, {}, 1)->messages.at(0); }

    UserId ana = register_person("ana");
    UserId bo = register_person("bo");
    RoomId room = create_room(ana, "garden");
    std::uint64_t head = 0;
};

TEST_F(MessageChanges, AnEditIsAnEventAndTheMessageAsOfNow) {
    const auto outcome = edit(ana, "second words");
    EXPECT_EQ(outcome.result, (store::Result{{}, room, Sequence(head + 1), {}}));
    ASSERT_THAT(effects.room_events, SizeIs(1));
    const auto* event = std::get_if<MessageEdited>(&effects.room_events[0].event.body);
    ASSERT_NE(event, nullptr);
    EXPECT_EQ(event->text.view(), "second words");
    EXPECT_THAT(effects.account_events, IsEmpty()) << "an edit raises nobody's unread";
    EXPECT_EQ(first().text.view(), "second words");
    EXPECT_EQ(first().edited, kLater);
    EXPECT_EQ(first().revision, Sequence(head + 1));
    EXPECT_EQ(first().sequence, Sequence(head));
    EXPECT_EQ(reader->room(room)->value().last_ordinal, Ordinal(1));
    EXPECT_EQ(edit(ana, "second words").result.sequence, Sequence(head + 1)) << "what it says already";
    EXPECT_THAT(effects.room_events, IsEmpty());
}

TEST_F(MessageChanges, RefusalsSayWhatIsWrongAndChangeNothing) {
    EXPECT_THAT(edit(bo, "mine?"), is_refused(Refusal::not_your_message));
    EXPECT_THAT(remove(bo), is_refused(Refusal::not_your_message));
    EXPECT_THAT(edit(ana, "where?", Ordinal(2)), is_refused(Refusal::no_such_message));
    EXPECT_THAT(pin(bo, Ordinal(0)), is_refused(Refusal::no_such_message));
    EXPECT_THAT(apply(store::EditText{operation(ana), RoomId(1), Ordinal(1), MessageText::cut("x"), kNow}),
                is_refused(Refusal::no_such_room));
    const auto eve = register_person("eve");
    EXPECT_THAT(react(eve, "x"), is_refused(Refusal::not_a_member));
    EXPECT_EQ(remove(ana).status, Status::committed);
    EXPECT_THAT(edit(ana, "again"), is_refused(Refusal::message_deleted));
    EXPECT_THAT(react(bo, "x"), is_refused(Refusal::message_deleted));
    EXPECT_THAT(pin(bo), is_refused(Refusal::message_deleted));
    EXPECT_THAT(apply(store::AppendMessage{operation(bo), room, MessageText::cut("to what?"), kNow, Ordinal(2)}),
                is_refused(Refusal::no_such_message));
    EXPECT_EQ(reader->room(room)->value().head, Sequence(head + 1));
}

TEST_F(MessageChanges, ADeletionTakesTheWordsOutOfEveryEvent) {
    edit(ana, "second words");
    react(bo, "\U0001F389");
    pin(bo);
    EXPECT_EQ(remove(ana).result.sequence, Sequence(head + 4));
    EXPECT_EQ(remove(ana).result.sequence, Sequence(head + 4)) << "deleted already";
    EXPECT_THAT(effects.room_events, IsEmpty());
    Message left{Ordinal(1), Sequence(head), Sequence(head + 4), ana, kNow, {}};
    left.deleted = true;
    EXPECT_EQ(first(), left);
    EXPECT_THAT(reader->pins(room)->ordinals, IsEmpty());
    const auto events = reader->events_after(room, Sequence(head - 1))->events;
    ASSERT_THAT(events, SizeIs(5));
    EXPECT_TRUE(std::get<MessagePosted>(events[0].body).text.empty());
    EXPECT_TRUE(std::get<MessageEdited>(events[1].body).text.empty());
    EXPECT_TRUE(std::holds_alternative<MessageDeleted>(events[4].body));
    EXPECT_EQ(summary(bo, room).unread, 1u) << "it stays in its place, and counts";
}

TEST_F(MessageChanges, AnEventReadAgainHasTheWordsOfNow) {
    edit(ana, "second words");
    edit(ana, "third words");
    const auto events = reader->events_after(room, Sequence(head - 1))->events;
    ASSERT_THAT(events, SizeIs(3));
    EXPECT_EQ(std::get<MessagePosted>(events[0].body).text.view(), "third words");
    EXPECT_EQ(std::get<MessageEdited>(events[1].body).text.view(), "third words");
}

TEST_F(MessageChanges, ReactionsComeInTheOneOrder) {
    react(bo, "\U0001F44D");
    react(ana, "\U0001F44D");
    react(bo, "\u2764\uFE0F");
    Message expected = first();
    expected.reactions = {{Emoji::cut("\u2764\uFE0F"), {bo}}, {Emoji::cut("\U0001F44D"), {ana, bo}}};
    EXPECT_EQ(first(), expected);
    react(bo, "\u2764\uFE0F", false);
    EXPECT_THAT(first().reactions, SizeIs(1));
    EXPECT_EQ(first().revision, Sequence(head + 4));
    EXPECT_EQ(react(bo, "\u2764\uFE0F", false).result.sequence, Sequence(head + 4)) << "it was not there";
    EXPECT_THAT(effects.room_events, IsEmpty());
}

TEST_F(MessageChanges, ReactionsOfAMessageAreBounded) {
    for (std::size_t i = 0; i < limits::kEmojiPerMessage; ++i)
        EXPECT_EQ(react(ana, std::string(i + 1, 'x')).status, Status::committed);
    EXPECT_THAT(react(ana, "y"), is_refused(Refusal::too_many_reactions));
    EXPECT_EQ(react(bo, "x").status, Status::committed);
    ASSERT_TRUE(writer->begin());
    for (std::size_t i = limits::kEmojiPerMessage + 1; i < limits::kReactionsPerMessage; ++i) {
        const UserId crowd(10'000 + i);
        ASSERT_TRUE(writer
                        ->apply(store::RegisterAccount{{OutboxId(crowd.value()), 1},
                                                       crowd,
                                                       AccountName::cut("crowd-" + std::to_string(i)),
                                                       "hash",
                                                       false,
                                                       kNow},
                                effects)
                        ->done());
        ASSERT_TRUE(writer->apply(store::JoinRoom{operation(crowd), room, kNow}, effects)->done());
        ASSERT_TRUE(
            writer->apply(store::SetReaction{operation(crowd), room, Ordinal(1), Emoji::cut("x"), true}, effects)
                ->done());
    }
    ASSERT_TRUE(writer->commit());
    EXPECT_THAT(react(bo, "xx"), is_refused(Refusal::too_many_reactions));
    EXPECT_EQ(react(bo, "x", false).status, Status::committed);
    EXPECT_EQ(react(bo, "xx").status, Status::committed);
    EXPECT_EQ(content_bytes(first()),
              11 + limits::kEmojiPerMessage * (limits::kEmojiPerMessage + 1) / 2 + limits::kReactionsPerMessage * 8);
}

TEST_F(MessageChanges, PinsOfARoomAreBoundedAndListed) {
    for (std::size_t i = 2; i <= limits::kPinsPerRoom + 1; ++i) {
        post(bo, room, "message");
        EXPECT_EQ(pin(ana, Ordinal(i)).status, Status::committed);
    }
    EXPECT_THAT(pin(ana), is_refused(Refusal::too_many_pins));
    EXPECT_THAT(reader->pins(room)->ordinals, SizeIs(limits::kPinsPerRoom));
    EXPECT_EQ(pin(ana, Ordinal(2)).status, Status::committed) << "pinned already";
    EXPECT_EQ(pin(bo, Ordinal(2), false).status, Status::committed);
    EXPECT_EQ(pin(ana).status, Status::committed);
    EXPECT_EQ(reader->pins(room)->ordinals.front(), Ordinal(1));
    EXPECT_EQ(reader->pins(room)->head, reader->room(room)->value().head);
    EXPECT_THAT(reader->pins(RoomId(1))->ordinals, IsEmpty());
}

TEST_F(MessageChanges, MessagesAreReadByTheirNames) {
    for (int i = 2; i <= 4; ++i) post(bo, room, std::string(120'000, 'x'));  // as long as they may be
    const std::array wanted{Ordinal(4), Ordinal(1), Ordinal(9), Ordinal(), Ordinal(4)};
    const auto found = reader->messages(room, wanted).value();
    ASSERT_THAT(found.messages, SizeIs(2));
    EXPECT_EQ(found.messages[0].ordinal, Ordinal(1));
    EXPECT_EQ(found.messages[1].ordinal, Ordinal(4));
    EXPECT_EQ(found.last_ordinal, Ordinal(4));
    std::vector<Ordinal> many;
    for (std::uint64_t i = 5; i <= 40; ++i) {
        post(bo, room, std::string(limits::kMessageText, 'x'));
        many.push_back(Ordinal(i));
    }
    EXPECT_THAT(reader->messages(room, many)->messages, SizeIs(limits::kHistoryBytes / limits::kMessageText));
    EXPECT_THAT(reader->messages(RoomId(1), many)->messages, IsEmpty());
}

// A reaction to a long message takes no more of a page than its emoji.
TEST_F(MessageChanges, EventsOfLongMessagesDoNotFillAPageWithTheirWords) {
    edit(ana, std::string(limits::kMessageText, 'x').c_str());
    for (int i = 0; i < 40; ++i) react(bo, "x", i % 2 == 0);
    EXPECT_THAT(reader->events_after(room, Sequence(head))->events, SizeIs(41));
}

TEST_F(MessageChanges, ARollbackTakesAllOfThemBack) {
    react(bo, "x");
    const auto before = first();
    ASSERT_TRUE(writer->begin());
    EXPECT_TRUE(
        writer->apply(store::EditText{operation(ana), room, Ordinal(1), MessageText::cut("lost"), kNow}, effects)
            ->done());
    EXPECT_TRUE(writer->apply(store::DeleteMessage{operation(ana), room, Ordinal(1), kNow}, effects)->done());
    writer->rollback();
    EXPECT_EQ(first(), before);
    EXPECT_EQ(edit(ana, "kept").result.sequence, Sequence(head + 2));
}

}  // namespace
}  // namespace parley::sqlite
