// Edits, deletions, reactions, pins and replies as one client sees them: as events, in pages that race with them, and
// as her own wishes before the server has taken them.
#include "kept_records.hpp"
#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const Emoji kTada = Emoji::cut("\U0001F389");
const Emoji kThumb = Emoji::cut("\U0001F44D");
constexpr Timestamp kLater{77};

RoomEvent edited(std::uint64_t sequence, std::uint64_t ordinal, const char* text, UserId by = Server::kBo,
                 OpId op = {}) {
    return {Sequence(sequence), MessageEdited{Ordinal(ordinal), by, op, kLater, MessageText::cut(text)}};
}
RoomEvent removed(std::uint64_t sequence, std::uint64_t ordinal, UserId by = Server::kBo, OpId op = {}) {
    return {Sequence(sequence), MessageDeleted{Ordinal(ordinal), by, op, kLater}};
}
RoomEvent reacted(std::uint64_t sequence, std::uint64_t ordinal, UserId by, const Emoji& emoji, bool on = true,
                  OpId op = {}) {
    return {Sequence(sequence), ReactionChanged{Ordinal(ordinal), by, op, emoji, on}};
}
RoomEvent pinned(std::uint64_t sequence, std::uint64_t ordinal, bool on = true) {
    return {Sequence(sequence), PinChanged{Ordinal(ordinal), Server::kBo, {}, kLater, on}};
}

Message stored(std::uint64_t ordinal) {
    return {Ordinal(ordinal), Sequence(ordinal), Sequence(ordinal),
            Server::kBo,      Timestamp{5},      MessageText::cut("said " + std::to_string(ordinal))};
}

// A room of ten posts, Ordinal n with Sequence n.
class MessageChanges : public testing::Test {
  protected:
    explicit MessageChanges(Settings settings = {}) : server(std::move(settings)) {
        server.log_in({Server::summary(Server::kGeneral, 10, 10)});
    }
    History page(RequestId request, std::uint64_t head, std::vector<Message> messages) {
        History history{request, Server::kGeneral, Sequence(head), Ordinal(10), {}};
        for (auto& message : messages) history.messages.push_back(std::move(message));
        return history;
    }
    std::vector<Message> posts(std::uint64_t first, std::uint64_t last) {
        std::vector<Message> all;
        for (auto n = first; n <= last; ++n) all.push_back(stored(n));
        return all;
    }
    void load(std::uint64_t first = 6, std::uint64_t last = 10) {
        (void)server.client.load_latest(Server::kGeneral);
        server.say(page(server.take_one<LoadHistory>().request, 10, posts(first, last)));
        server.notices.clear();
    }
    void hear(std::vector<RoomEvent> list) { server.say(Server::events(std::move(list))); }
    const Room& room() { return server.general(); }
    const Message& at(std::uint64_t ordinal) { return *room().message(Ordinal(ordinal)); }
    Message shown(std::uint64_t ordinal) { return server.client.state().with_pending(Server::kGeneral, at(ordinal)); }
    Client& client() { return server.client; }

    Server server;
};

TEST_F(MessageChanges, AnEditChangesWhatIsLoadedAndRaisesNoUnread) {
    load();
    const auto unread = room().unread;
    hear({edited(11, 9, "better said")});
    EXPECT_EQ(at(9).text.view(), "better said");
    EXPECT_EQ(at(9).edited, kLater);
    EXPECT_EQ(at(9).revision, Sequence(11));
    EXPECT_EQ(room().unread, unread);
    EXPECT_EQ(room().last_ordinal, Ordinal(10));
    const auto told = server.take_notices<MessageChanged>();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_EQ(told[0].sequence, Sequence(11));
    EXPECT_TRUE(told[0].live);
}

TEST_F(MessageChanges, ADeletedMessageStaysWithoutWordsReactionsOrPin) {
    load();
    hear({Server::posted(11, 11)});
    const auto unread = room().unread;
    hear({removed(12, 11)});
    EXPECT_EQ(room().unread, unread) << "it keeps its place among what is unread";
    hear({reacted(13, 9, Server::kAna, kTada), pinned(14, 9), edited(15, 9, "better said"), removed(16, 9)});
    Message left{Ordinal(9), Sequence(9), Sequence(16), Server::kBo, Timestamp{5}, {}};
    left.deleted = true;
    EXPECT_EQ(at(9), left);
    EXPECT_THAT(room().timeline.messages(), SizeIs(6));
}

TEST_F(MessageChanges, ReactionsAreASetInTheOneOrder) {
    load();
    hear({reacted(11, 9, Server::kBo, kThumb), reacted(12, 9, Server::kBo, kTada), reacted(13, 9, Server::kAna, kTada),
          reacted(14, 9, Server::kAna, kTada)});
    ASSERT_THAT(at(9).reactions, SizeIs(2));
    EXPECT_EQ(at(9).reactions[0], (Reaction{kTada, {Server::kAna, Server::kBo}}));
    EXPECT_EQ(at(9).reactions[1], (Reaction{kThumb, {Server::kBo}}));
    hear({reacted(15, 9, Server::kBo, kThumb, false), reacted(16, 9, Server::kBo, kThumb, false)});
    EXPECT_THAT(at(9).reactions, SizeIs(1));
    EXPECT_EQ(at(9).revision, Sequence(16));
}

TEST_F(MessageChanges, MoreReactionsThanThereMayBeDoNoHarm) {
    load();
    std::vector<RoomEvent> many;
    for (std::uint64_t i = 0; i <= limits::kEmojiPerMessage; ++i)
        many.push_back(reacted(11 + i, 9, Server::kBo, Emoji::cut(std::string(i + 1, 'x'))));
    hear(many);
    EXPECT_THAT(at(9).reactions, SizeIs(limits::kEmojiPerMessage));
}

TEST_F(MessageChanges, OfWhatIsNotLoadedNothingIsKept) {
    load();
    hear({edited(11, 2, "not here"), removed(12, 3), reacted(13, 4, Server::kBo, kTada), pinned(14, 999)});
    EXPECT_EQ(room().message(Ordinal(2)), nullptr);
    EXPECT_EQ(room().applied, Sequence(14));
    EXPECT_THAT(server.take_notices<MessageChanged>(), SizeIs(4));
}

// The page was read with them: their events come behind it.
TEST_F(MessageChanges, WhatAPageHoldsAlreadyIsNotAppliedAgain) {
    (void)client().load_latest(Server::kGeneral);
    auto ahead = stored(9);
    ahead.revision = Sequence(12);
    ahead.text = MessageText::cut("third");
    ahead.reactions = {{kTada, {Server::kBo}}};
    server.say(page(server.take_one<LoadHistory>().request, 12, {ahead, stored(10)}));
    hear({edited(11, 9, "second"), reacted(12, 9, Server::kAna, kTada, false)});
    EXPECT_EQ(at(9), ahead);
    hear({edited(13, 9, "fourth")});
    EXPECT_EQ(at(9).text.view(), "fourth");
}

// The page was read before them: they came first.
TEST_F(MessageChanges, WhatCameBeforeAnOlderPageIsAppliedToIt) {
    load();
    (void)client().load_older(Server::kGeneral);
    const auto asked = server.take_one<LoadHistory>();
    hear({edited(11, 4, "better said"), removed(12, 5), reacted(13, 3, Server::kAna, kTada), pinned(14, 3)});
    server.say(page(asked.request, 10, posts(1, 5)));
    EXPECT_EQ(at(4).text.view(), "better said");
    EXPECT_TRUE(at(5).deleted);
    EXPECT_TRUE(at(5).text.empty());
    EXPECT_THAT(at(3).reactions, SizeIs(1));
    EXPECT_TRUE(at(3).pinned);
    EXPECT_EQ(at(3).revision, Sequence(14));
}

// Both: the page holds the first of two changes.
TEST_F(MessageChanges, APageIsMadeWholeFromWhereItWasRead) {
    load();
    (void)client().load_older(Server::kGeneral);
    const auto asked = server.take_one<LoadHistory>();
    hear({reacted(11, 4, Server::kBo, kTada), reacted(12, 4, Server::kBo, kTada, false), edited(13, 4, "last")});
    auto half = stored(4);
    half.revision = Sequence(11);
    half.reactions = {{kTada, {Server::kBo}}};
    server.say(page(asked.request, 11, {half, stored(5)}));
    EXPECT_THAT(at(4).reactions, IsEmpty());
    EXPECT_EQ(at(4).text.view(), "last");
    EXPECT_EQ(at(4).revision, Sequence(13));
}

TEST_F(MessageChanges, AMessageThatArrivedWhileItsPageWasReadIsChangedToo) {
    (void)client().load_latest(Server::kGeneral);
    const auto asked = server.take_one<LoadHistory>();
    hear({Server::posted(11, 11), edited(12, 11, "changed at once")});
    server.say(page(asked.request, 10, posts(8, 10)));
    EXPECT_EQ(at(11).text.view(), "changed at once");
    EXPECT_EQ(at(11).revision, Sequence(12));
}

TEST_F(MessageChanges, ChangesBehindAHoleWaitForIt) {
    load();
    hear({edited(12, 9, "second")});
    EXPECT_EQ(at(9).text.view(), "said 9");
    hear({edited(11, 9, "first")});
    EXPECT_EQ(at(9).text.view(), "second");
    EXPECT_EQ(at(9).revision, Sequence(12));
}

TEST_F(MessageChanges, WhatIsBesideTheTimelineIsKeptAsOfNow) {
    load();
    EXPECT_NE(client().load_messages(Server::kGeneral, {Ordinal(2), Ordinal(9), Ordinal(3)}), 0u);
    const auto asked = server.take_one<LoadMessages>();
    EXPECT_THAT(asked.ordinals.items(), ElementsAre(Ordinal(2), Ordinal(3))) << "the ninth is there";
    hear({edited(11, 2, "while it was read")});
    server.say(Messages{asked.request, Server::kGeneral, Sequence(10), Ordinal(10), {stored(2), stored(3)}});
    EXPECT_THAT(server.take_notices<MessagesLoaded>(), SizeIs(1));
    EXPECT_EQ(at(2).text.view(), "while it was read");
    hear({removed(12, 3)});
    EXPECT_TRUE(at(3).deleted);
    EXPECT_EQ(client().load_messages(Server::kGeneral, {Ordinal(2), Ordinal(3)}), 0u) << "all are there";
    EXPECT_EQ(client().load_messages(RoomId(99), {Ordinal(2)}), 0u);
}

TEST_F(MessageChanges, WhatAnAnswerHadNoRoomForIsAskedForAgain) {
    (void)client().load_messages(Server::kGeneral, {Ordinal(2), Ordinal(3), Ordinal(99)});
    const auto asked = server.take_one<LoadMessages>();
    server.say(Messages{asked.request, Server::kGeneral, Sequence(10), Ordinal(10), {stored(2)}});
    const auto again = server.take_one<LoadMessages>();
    EXPECT_THAT(again.ordinals.items(), ElementsAre(Ordinal(3))) << "the last one does not exist";
    server.say(Messages{again.request, Server::kGeneral, Sequence(10), Ordinal(10), {}});
    EXPECT_THAT(server.take_sent<LoadMessages>(), IsEmpty()) << "a server that gives nothing is not asked for ever";
}

TEST_F(MessageChanges, OnlySoManyAreKeptBesideTheTimeline) {
    for (std::uint64_t first = 1'000; room().beside.size() < limits::kMessagesBeside; first += 100) {
        std::vector<Ordinal> some;
        Messages answer{0, Server::kGeneral, Sequence(10), Ordinal(5'000), {}};
        for (auto n = first; n < first + 100; ++n) {
            some.push_back(Ordinal(n));
            answer.messages.push_back(stored(n));
        }
        answer.request = client().load_messages(Server::kGeneral, some);
        server.say(answer);
    }
    const auto request = client().load_messages(Server::kGeneral, {Ordinal(1)});
    server.say(Messages{request, Server::kGeneral, Sequence(10), Ordinal(5'000), {stored(1)}});
    EXPECT_THAT(room().beside, SizeIs(1));
    EXPECT_NE(room().message(Ordinal(1)), nullptr);
}

TEST_F(MessageChanges, PinsAreListedOnceAndThenFollowed) {
    load();
    const auto request = client().list_pins(Server::kGeneral);
    hear({pinned(11, 7), pinned(12, 8)});
    server.say(Pins{request, Server::kGeneral, Sequence(11), {Ordinal(3), Ordinal(7)}});
    EXPECT_TRUE(room().pins_loaded);
    EXPECT_THAT(server.take_notices<PinsLoaded>(), SizeIs(1));
    EXPECT_THAT(room().pins, ElementsAre(Ordinal(3), Ordinal(7), Ordinal(8)));
    hear({pinned(13, 3, false), removed(14, 7), pinned(15, 9)});
    EXPECT_THAT(room().pins, ElementsAre(Ordinal(8), Ordinal(9)));
}

TEST_F(MessageChanges, APinsListThatIsAheadIsNotTurnedBack) {
    const auto request = client().list_pins(Server::kGeneral);
    server.say(Pins{request, Server::kGeneral, Sequence(12), {Ordinal(3)}});
    hear({pinned(11, 5), pinned(12, 5, false)});
    EXPECT_THAT(room().pins, ElementsAre(Ordinal(3)));
}

TEST_F(MessageChanges, AResetDropsWhatIsBesideAndWhatWasReadBeforeIt) {
    (void)client().load_messages(Server::kGeneral, {Ordinal(2)});
    const auto first = server.take_one<LoadMessages>();
    server.say(Messages{first.request, Server::kGeneral, Sequence(10), Ordinal(10), {stored(2)}});
    const auto pins = client().list_pins(Server::kGeneral);
    const auto second = client().load_messages(Server::kGeneral, {Ordinal(3)});
    server.say(RoomReset{Server::kGeneral, Sequence(30'000), Ordinal(20'000), {}});
    EXPECT_THAT(room().beside, IsEmpty());
    server.say(Messages{second, Server::kGeneral, Sequence(10), Ordinal(10), {stored(3)}});
    server.say(Pins{pins, Server::kGeneral, Sequence(10), {Ordinal(3)}});
    EXPECT_THAT(room().beside, IsEmpty());
    EXPECT_FALSE(room().pins_loaded);
}

// She left, and was let in again before the answer came.
TEST_F(MessageChanges, WhatWasReadBeforeSheLeftIsNotKept) {
    const auto request = client().load_messages(Server::kGeneral, {Ordinal(3)});
    server.say(AccountEvents{{{AccountSequence(6), RoomRemoved{Server::kGeneral}},
                              {AccountSequence(7), RoomAdded{Server::summary(Server::kGeneral, 14, 10)}}}});
    server.say(Messages{request, Server::kGeneral, Sequence(10), Ordinal(10), {stored(3)}});
    EXPECT_THAT(room().beside, IsEmpty());
}

TEST_F(MessageChanges, MoreChangesThanCanBeKeptForAPageDropIt) {
    load();
    (void)client().load_older(Server::kGeneral);
    const auto asked = server.take_one<LoadHistory>();
    std::vector<RoomEvent> some;
    for (std::uint64_t i = 0; i <= limits::kClientHeldEvents; ++i) {
        some.push_back(pinned(11 + i, 2, i % 2 == 0));
        if (some.size() == 1'000) hear(std::exchange(some, {}));
    }
    hear(some);
    EXPECT_THAT(server.take_notices<RoomWasReset>(), SizeIs(1));
    server.say(page(asked.request, 10, posts(1, 5)));
    EXPECT_TRUE(room().timeline.empty()) << "the page is too old to be put right";
    EXPECT_EQ(room().applied, Sequence(11 + limits::kClientHeldEvents));
}

// --- her own wishes

TEST_F(MessageChanges, HerWishesAreShownAtOnceAndTheTruthStays) {
    load();
    ASSERT_TRUE(client().edit(Server::kGeneral, Ordinal(9), "wished"));
    ASSERT_TRUE(client().react(Server::kGeneral, Ordinal(9), kTada.view(), true));
    ASSERT_TRUE(client().pin(Server::kGeneral, Ordinal(9), true));
    EXPECT_EQ(shown(9).text.view(), "wished");
    EXPECT_EQ(shown(9).reactions[0], (Reaction{kTada, {Server::kAna}}));
    EXPECT_TRUE(shown(9).pinned);
    EXPECT_EQ(at(9).text.view(), "said 9");
    EXPECT_TRUE(client().state().has_pending_changes(Server::kGeneral, Ordinal(9)));
    EXPECT_FALSE(client().state().has_pending_changes(Server::kGeneral, Ordinal(8)));
    ASSERT_TRUE(client().remove(Server::kGeneral, Ordinal(9)));
    EXPECT_TRUE(shown(9).deleted);
    EXPECT_TRUE(shown(9).text.empty());
    EXPECT_THAT(server.take_sent<EditText>(), SizeIs(1));
}

TEST_F(MessageChanges, TheEventOrTheAnswerSettlesAWishWhicheverComesFirst) {
    load();
    const auto by_event = *client().react(Server::kGeneral, Ordinal(9), kTada.view(), true);
    hear({reacted(11, 9, Server::kAna, kTada, true, by_event)});
    EXPECT_THAT(client().state().pending_changes, IsEmpty());
    server.say(Server::done(by_event, 11));
    const auto by_answer = *client().pin(Server::kGeneral, Ordinal(9), false);
    server.say(Server::done(by_answer, 11));
    EXPECT_THAT(client().state().pending_changes, IsEmpty());
    EXPECT_THAT(server.take_notices<OperationDone>(), SizeIs(2));
    EXPECT_EQ(client().unsettled_operations(), 0u);
}

// Another person may use the same OpId: it is another operation.
TEST_F(MessageChanges, TheEventOfAnotherPersonSettlesNothing) {
    load();
    const auto op = *client().react(Server::kGeneral, Ordinal(9), kTada.view(), true);
    hear({reacted(11, 9, Server::kBo, kTada, true, op)});
    EXPECT_THAT(client().state().pending_changes, SizeIs(1));
}

TEST_F(MessageChanges, ARefusedWishIsShownNoMore) {
    load();
    const auto op = *client().react(Server::kGeneral, Ordinal(9), kTada.view(), true);
    server.say(Server::refused(op, Refusal::too_many_reactions));
    EXPECT_EQ(shown(9), at(9));
    EXPECT_THAT(client().state().pending_changes, IsEmpty());
    EXPECT_THAT(server.take_notices<OperationRefused>(), SizeIs(1));
}

TEST_F(MessageChanges, TheWordsOfARefusedEditAreNotLost) {
    load();
    const auto op = *client().edit(Server::kGeneral, Ordinal(9), "much work");
    server.say(Server::refused(op, Refusal::not_your_message));
    EXPECT_EQ(shown(9), at(9)) << "as it was";
    ASSERT_THAT(client().state().pending_changes, SizeIs(1));
    EXPECT_EQ(client().state().pending_changes[0].failed, Refusal::not_your_message);
    EXPECT_FALSE(client().state().has_pending_changes(Server::kGeneral, Ordinal(9)));
    server.sent.clear();
    const auto again = client().retry(op);
    ASSERT_TRUE(again);
    EXPECT_NE(*again, op);
    EXPECT_EQ(server.take_one<EditText>().text.view(), "much work");
    EXPECT_EQ(shown(9).text.view(), "much work");
    server.say(Server::refused(*again, Refusal::message_deleted));
    EXPECT_TRUE(client().discard(*again));
    EXPECT_FALSE(client().discard(*again));
    EXPECT_THAT(client().state().pending_changes, IsEmpty());
}

TEST_F(MessageChanges, ARetryableRefusalKeepsTheWishAndItsOrder) {
    load();
    const auto first = *client().react(Server::kGeneral, Ordinal(9), kTada.view(), true);
    const auto second = *client().react(Server::kGeneral, Ordinal(9), kTada.view(), false);
    server.sent.clear();
    server.say(Server::refused(first, Refusal::too_fast, 100));
    server.say(Server::refused(second, Refusal::behind_a_refused_one));
    EXPECT_THAT(client().state().pending_changes, SizeIs(2));
    EXPECT_THAT(shown(9).reactions, IsEmpty());
    server.pass_to_deadline();
    const auto sent = server.take_sent<SetReaction>();
    ASSERT_FALSE(sent.empty());
    EXPECT_EQ(sent[0].op, first);
}

TEST_F(MessageChanges, AWishOfAMessageThatIsDeletedMeanwhileIsNotShown) {
    load();
    ASSERT_TRUE(client().edit(Server::kGeneral, Ordinal(9), "too late"));
    hear({removed(11, 9)});
    EXPECT_EQ(shown(9), at(9));
}

TEST_F(MessageChanges, WhatIsTooLongIsNotTaken) {
    EXPECT_FALSE(client().edit(Server::kGeneral, Ordinal(9), std::string(limits::kMessageText + 1, 'x')));
    EXPECT_FALSE(client().react(Server::kGeneral, Ordinal(9), std::string(limits::kEmoji + 1, 'x'), true));
    EXPECT_THAT(client().state().pending_changes, IsEmpty());
}

TEST_F(MessageChanges, AReplyNamesWhatItAnswersFromTheFirstMoment) {
    load();
    const auto op = client().reply(Server::kGeneral, Ordinal(9), "an answer");
    ASSERT_TRUE(op);
    ASSERT_THAT(client().state().pending, SizeIs(1));
    EXPECT_EQ(client().state().pending[0].reply_to, Ordinal(9));
    EXPECT_EQ(server.take_one<PostText>().reply_to, Ordinal(9));
    server.say(Server::refused(*op, Refusal::not_a_member));
    (void)client().retry(*op);
    EXPECT_EQ(server.take_one<PostText>().reply_to, Ordinal(9));
    RoomEvent event{Sequence(11), MessagePosted{Ordinal(11), Server::kBo, {}, {}, MessageText::cut("x"), Ordinal(9)}};
    hear({event});
    EXPECT_EQ(at(11).reply_to, Ordinal(9));
}

// --- across the end of the program

class KeptChanges : public MessageChanges {
  protected:
    static Settings keeping() {
        Settings settings;
        settings.keeps_operations = true;
        return settings;
    }
    KeptChanges() : MessageChanges(keeping()) {}
};

TEST_F(KeptChanges, AWishIsShownOnceItIsKept) {
    load();
    const auto op = *client().edit(Server::kGeneral, Ordinal(9), "wished");
    EXPECT_EQ(shown(9), at(9));
    server.collect();
    ASSERT_THAT(server.keeps, SizeIs(1));
    client().operation_kept(op);
    EXPECT_EQ(shown(9).text.view(), "wished");
    EXPECT_THAT(server.take_notices<OperationPending>(), SizeIs(1));
    server.say(Server::done(op, 11));
    EXPECT_THAT(server.forgets, ElementsAre(op));
}

TEST_F(KeptChanges, AnotherClientAdoptsAndShowsThem) {
    load();
    const OutboxId gone(5);
    const auto saved = [&](std::uint64_t number, ClientMessage change, std::optional<Refusal> refused = {}) {
        const auto bytes = bytes_of(
            SavedOperation{Server::kAna, Timestamp{static_cast<std::int64_t>(number)}, refused, std::move(change)});
        return saved_operation_from(bytes).value();
    };
    SavedOutbox orphan{gone,
                       {saved(1, EditText{{gone, 1}, Server::kGeneral, Ordinal(9), MessageText::cut("refused")},
                              Refusal::not_your_message),
                        saved(2, SetReaction{{gone, 2}, Server::kGeneral, Ordinal(9), kTada, true}),
                        saved(3, DeleteMessage{{gone, 3}, Server::kGeneral, Ordinal(8)}),
                        saved(4, SetPin{{gone, 4}, Server::kGeneral, Ordinal(7), true})}};
    EXPECT_EQ(client().adopt(orphan), Adoption::taken);
    EXPECT_THAT(client().state().pending_changes, SizeIs(4));
    EXPECT_EQ(shown(9).text.view(), "said 9");
    EXPECT_THAT(shown(9).reactions, SizeIs(1));
    EXPECT_TRUE(shown(8).deleted);
    EXPECT_TRUE(shown(7).pinned);
    server.collect();
    EXPECT_THAT(server.sent, SizeIs(3)) << "the refused one is hers to retry";
}

TEST_F(KeptChanges, TheRecordOfARefusedEditHoldsItsWordsAndWhy) {
    load();
    const auto op = *client().edit(Server::kGeneral, Ordinal(9), "much work");
    client().operation_kept(op);
    server.collect();
    server.keeps.clear();
    server.say(Server::refused(op, Refusal::message_deleted));
    ASSERT_THAT(server.keeps, SizeIs(1));
    EXPECT_EQ(server.keeps[0].operation.refused, Refusal::message_deleted);
    EXPECT_EQ(std::get<EditText>(server.keeps[0].operation.change).text.view(), "much work");
    EXPECT_THAT(server.forgets, IsEmpty());
    const auto reaction = *client().react(Server::kGeneral, Ordinal(9), kTada.view(), true);
    client().operation_kept(reaction);
    server.say(Server::refused(reaction, Refusal::message_deleted));
    EXPECT_THAT(server.forgets, ElementsAre(reaction)) << "nothing of it is worth keeping";
}

TEST_F(KeptChanges, TheSavedViewHoldsMessagesAsTheyAreNow) {
    load();
    hear({edited(11, 9, "better said"), reacted(12, 10, Server::kBo, kTada), removed(13, 8)});
    const auto view = saved_view_from(bytes_of(client().view_to_save().value())).value();
    ASSERT_THAT(view.rooms.items(), SizeIs(1));
    const auto& messages = view.rooms[0].messages;
    EXPECT_EQ(messages[messages.size() - 1], at(10));
    EXPECT_EQ(messages[messages.size() - 2], at(9));
    EXPECT_EQ(messages[messages.size() - 3], at(8));
}

}  // namespace
}  // namespace parley::client
