// Edits, deletions, reactions, pins and replies as her own wishes, before the server has taken them, and as they are
// kept.
#include "kept_records.hpp"
#include "ten_posts.hpp"

namespace parley::client {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

using MessageWishes = TenPosts;

TEST_F(MessageWishes, HerWishesAreShownAtOnceAndTheTruthStays) {
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

TEST_F(MessageWishes, TheEventOrTheAnswerSettlesAWishWhicheverComesFirst) {
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
TEST_F(MessageWishes, TheEventOfAnotherPersonSettlesNothing) {
    load();
    const auto op = *client().react(Server::kGeneral, Ordinal(9), kTada.view(), true);
    hear({reacted(11, 9, Server::kBo, kTada, true, op)});
    EXPECT_THAT(client().state().pending_changes, SizeIs(1));
}

TEST_F(MessageWishes, ARefusedWishIsShownNoMore) {
    load();
    const auto op = *client().react(Server::kGeneral, Ordinal(9), kTada.view(), true);
    server.say(Server::refused(op, Refusal::too_many_reactions));
    EXPECT_EQ(shown(9), at(9));
    EXPECT_THAT(client().state().pending_changes, IsEmpty());
    EXPECT_THAT(server.take_notices<OperationRefused>(), SizeIs(1));
}

TEST_F(MessageWishes, TheWordsOfARefusedEditAreNotLost) {
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

TEST_F(MessageWishes, ARetryableRefusalKeepsTheWishAndItsOrder) {
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

TEST_F(MessageWishes, AWishOfAMessageThatIsDeletedMeanwhileIsNotShown) {
    load();
    ASSERT_TRUE(client().edit(Server::kGeneral, Ordinal(9), "too late"));
    hear({removed(11, 9)});
    EXPECT_EQ(shown(9), at(9));
}

TEST_F(MessageWishes, WhatIsTooLongIsNotTaken) {
    EXPECT_FALSE(client().edit(Server::kGeneral, Ordinal(9), std::string(limits::kMessageText + 1, 'x')));
    EXPECT_FALSE(client().react(Server::kGeneral, Ordinal(9), std::string(limits::kEmoji + 1, 'x'), true));
    EXPECT_THAT(client().state().pending_changes, IsEmpty());
}

TEST_F(MessageWishes, AReplyNamesWhatItAnswersFromTheFirstMoment) {
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

class KeptChanges : public TenPosts {
  protected:
    static Settings keeping() {
        Settings settings;
        settings.keeps_operations = true;
        return settings;
    }
    KeptChanges() : TenPosts(keeping()) {}
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
