// Operations and the host's storage: kept before they show and before they are sent, forgotten when they are settled.
#include "kept_records.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class KeptOperations : public testing::Test {
  protected:
    KeptOperations() { server_.log_in({Server::summary()}); }
    OpId post(const std::string& text) {
        const auto op = server_.client.post(Server::kGeneral, text);
        EXPECT_TRUE(op.has_value());
        server_.collect();
        return op.value_or(OpId{});
    }
    Server server_{keeping()};
    KeptRecords records_;
};

TEST_F(KeptOperations, AreNeitherShownNorSentBeforeTheyAreKept) {
    const auto op = post("first");
    EXPECT_THAT(server_.client.state().pending, IsEmpty());
    EXPECT_THAT(server_.take_sent<PostText>(), IsEmpty());
    ASSERT_THAT(server_.keeps, SizeIs(1));
    EXPECT_EQ(server_.keeps[0].operation.op(), op);
    EXPECT_EQ(server_.keeps[0].operation.owner, Server::kAna);
    EXPECT_EQ(server_.client.unsettled_operations(), 1u);
    records_.serve(server_);
    EXPECT_THAT(pending_texts(server_), ElementsAre("first"));
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("first"));
    const auto told = server_.take_notices<OperationPending>();
    ASSERT_THAT(told, SizeIs(1));
    EXPECT_TRUE(told[0].kept);
}

TEST_F(KeptOperations, AreSentInOrderThoughTheSecondIsKeptFirst) {
    const auto first = post("first");
    const auto second = post("second");
    server_.client.operation_kept(second);
    EXPECT_THAT(server_.take_sent<PostText>(), IsEmpty());
    EXPECT_EQ(server_.client.next_deadline().value_or(-1), 0);  // the storage's answer is waited for
    server_.client.operation_kept(first);
    EXPECT_THAT(pending_texts(server_), ElementsAre("first", "second"));
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("first", "second"));
}

TEST_F(KeptOperations, AreForgottenOnTheAnswerOrTheEventWhicheverComesFirst) {
    const auto first = post("first");
    const auto second = post("second");
    records_.serve(server_);
    server_.say(Server::done(first, 1, 1));
    EXPECT_THAT(server_.forgets, ElementsAre(first));
    server_.say(Server::events({Server::posted(1, 1, Server::kAna, first)}));
    EXPECT_THAT(server_.forgets, ElementsAre(first));
    server_.say(Server::events({Server::posted(2, 2, Server::kAna, second)}));
    EXPECT_THAT(server_.forgets, ElementsAre(first, second));
    records_.serve(server_);
    EXPECT_EQ(records_.size(), 0u);
}

TEST_F(KeptOperations, EveryKindOfChangeIsKept) {
    server_.client.join_room(RoomId(5));
    server_.client.create_room("den");
    server_.client.leave_room(RoomId(5));
    server_.client.open_direct_chat(Server::kBo);
    server_.client.set_nick("Ana");
    server_.collect();
    EXPECT_THAT(server_.keeps, SizeIs(5));
    EXPECT_THAT(server_.sent, IsEmpty());
    records_.serve(server_);
    EXPECT_THAT(server_.sent, SizeIs(5));
    EXPECT_THAT(server_.client.state().pending, IsEmpty());
    EXPECT_EQ(records_.orphans().at(0).operations.size(), 5u);
}

TEST_F(KeptOperations, AHostWithoutStorageIsAskedForNothing) {
    Server plain;
    plain.log_in({Server::summary()});
    const auto op = plain.client.post(Server::kGeneral, "first");
    EXPECT_THAT(texts_of(plain.take_sent<PostText>()), ElementsAre("first"));
    plain.say(Server::done(*op, 1, 1));
    EXPECT_THAT(plain.keeps, IsEmpty());
    EXPECT_THAT(plain.forgets, IsEmpty());
    EXPECT_THAT(plain.others_forgotten_for, IsEmpty());
    EXPECT_FALSE(plain.client.state().storage_failing);
}

TEST_F(KeptOperations, WithoutRoomInTheStorageTheyAreSentAllTheSameAndItIsSaidOnce) {
    const auto first = post("first");
    server_.client.operation_not_kept(first, "quota");
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("first"));
    EXPECT_TRUE(server_.client.state().storage_failing);
    server_.keeps.clear();
    const auto second = post("second");  // is asked for again, and not waited for
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("second"));
    ASSERT_THAT(server_.keeps, SizeIs(1));
    server_.client.operation_not_kept(second, "quota");
    EXPECT_THAT(pending_texts(server_), ElementsAre("first", "second"));
}

TEST_F(KeptOperations, AFailureIsToldOnceAndAgainAfterItWorkedInBetween) {
    for (int i = 0; i < 3; ++i) server_.client.operation_not_kept(post("lost"), "quota");
    EXPECT_THAT(server_.take_notices<StorageFailed>(), SizeIs(1));
    server_.client.operation_kept(post("kept"));
    EXPECT_FALSE(server_.client.state().storage_failing);
    server_.client.operation_not_kept(post("lost"), "quota");
    EXPECT_THAT(server_.take_notices<StorageFailed>(), SizeIs(1));
}

TEST_F(KeptOperations, AStorageThatDoesNotAnswerIsNotWaitedForLongerThanItsTime) {
    server_.now.monotonic_ms += 20'000;  // nothing was told for a while: the clock starts when the client hears of it
    post("first");
    server_.pass(0);
    EXPECT_THAT(server_.take_sent<PostText>(), IsEmpty());
    EXPECT_EQ(server_.client.next_deadline(), server_.now.monotonic_ms + limits::kStoreAnswer.count() * 1'000);
    server_.pass(2'999);
    EXPECT_THAT(server_.take_sent<PostText>(), IsEmpty());
    server_.pass(1);
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("first"));
    EXPECT_TRUE(server_.client.state().storage_failing);
    EXPECT_NE(server_.client.next_deadline().value_or(0), 0);
}

TEST_F(KeptOperations, AResultIsConfirmedOnlyWhenARestartWouldNotSendItAgain) {
    std::vector<OpId> ops;
    for (int i = 0; i < 16; ++i) ops.push_back(post("text"));
    records_.serve(server_);
    server_.sent.clear();
    for (std::size_t i = 0; i < 16; ++i) server_.say(Server::done(ops[i], i + 1, i + 1));
    EXPECT_THAT(server_.take_sent<ConfirmResults>(), IsEmpty());
    for (std::size_t i = 1; i < 16; ++i) server_.client.operation_forgotten(ops[i]);
    EXPECT_THAT(server_.take_sent<ConfirmResults>(), IsEmpty());
    server_.client.operation_forgotten(ops[0]);
    EXPECT_EQ(server_.take_one<ConfirmResults>().through, 16u);
}

TEST_F(KeptOperations, AStorageThatForgetsNothingDoesNotStopTheSending) {
    const auto first = post("first");
    const auto second = post("second");
    records_.serve(server_);
    server_.say(Server::done(first, 1, 1));
    server_.client.operation_not_kept(first, "cannot be removed");
    server_.sent.clear();
    server_.say(Server::refused(second, Refusal::confirm_first, 10));
    EXPECT_EQ(server_.take_one<ConfirmResults>().through, 1u);
}

TEST_F(KeptOperations, AFinalRefusalIsKeptAndItsRetryTakesItsPlace) {
    const auto op = post("too late");
    records_.serve(server_);
    server_.say(Server::refused(op, Refusal::not_a_member));
    records_.serve(server_);
    ASSERT_TRUE(records_.holds(op));
    EXPECT_EQ(records_.orphans()[0].operations[0].refused, Refusal::not_a_member);
    server_.sent.clear();
    const auto again = server_.client.retry(op);
    ASSERT_TRUE(again);
    server_.collect();
    ASSERT_THAT(server_.keeps, SizeIs(1));
    EXPECT_EQ(server_.keeps[0].instead_of, op);
    EXPECT_THAT(server_.take_sent<PostText>(), IsEmpty());
    records_.serve(server_);
    EXPECT_FALSE(records_.holds(op));
    EXPECT_TRUE(records_.holds(*again));
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("too late"));
    server_.say(Server::refused(*again, Refusal::not_a_member));
    EXPECT_TRUE(server_.client.discard(*again));
    records_.serve(server_);
    EXPECT_EQ(records_.size(), 0u);
}

// A delete still works on a disk without room: the kept record went, and a reload found nothing.
TEST_F(KeptOperations, ARetryThatIsNotKeptLeavesTheRecordOfWhatItRetries) {
    server_.log_in({Server::summary()});
    const auto op = server_.client.post(Server::kGeneral, "many careful words");
    records_.serve(server_);
    server_.say(Server::refused(*op, Refusal::not_a_member));
    records_.serve(server_);
    ASSERT_TRUE(records_.holds(*op));
    server_.cut();
    const auto again = server_.client.retry(*op);
    server_.collect();
    server_.keeps.clear();
    server_.client.operation_not_kept(*again, "no room");
    records_.serve(server_);
    EXPECT_TRUE(records_.holds(*op));
    server_.pass_to_deadline();
    server_.open();
    server_.greet();
    server_.say(Server::welcome({Server::summary()}));
    server_.say(Server::done(*again, 1, 1));
    records_.serve(server_);
    EXPECT_EQ(records_.size(), 0u);
}

TEST_F(KeptOperations, ARetryBeyondTheBoundLosesNothing) {
    const auto failed = post("failed");
    records_.serve(server_);
    server_.say(Server::refused(failed, Refusal::not_a_member));
    for (std::size_t i = 0; i < limits::kOutboxEntries; ++i) server_.client.post(Server::kGeneral, "x");
    ASSERT_EQ(server_.client.post(Server::kGeneral, "one too many"), std::nullopt);
    EXPECT_EQ(server_.client.retry(failed), std::nullopt);
    records_.serve(server_);
    EXPECT_EQ(server_.client.state().pending.front().op, failed);
    EXPECT_EQ(server_.client.state().pending.front().stage, PendingMessage::Stage::failed);
}

// The server knows only that it was settled: it may have been refused, and nobody was told.
TEST_F(KeptOperations, WhatHasExpiredIsNeverTakenForSent) {
    const auto op = post("who knows what became of it");
    records_.serve(server_);
    server_.say(Server::refused(op, Refusal::op_expired));
    records_.serve(server_);
    ASSERT_EQ(server_.client.state().pending.size(), 1u);
    EXPECT_EQ(server_.client.state().pending[0].stage, PendingMessage::Stage::failed);
    EXPECT_EQ(server_.client.state().pending[0].refusal, Refusal::op_expired);
    EXPECT_EQ(records_.size(), 1u) << "also after a restart";
    EXPECT_EQ(server_.client.unsettled_operations(), 0u) << "it is not sent again by itself";
    EXPECT_TRUE(server_.client.retry(op)) << "only if its person wants to";
}

TEST_F(KeptOperations, WhatHasExpiredAndIsHeardAfterAllWasSent) {
    const auto op = post("its event comes behind the answer");
    records_.serve(server_);
    server_.say(Server::refused(op, Refusal::op_expired));
    records_.serve(server_);
    server_.say(Server::events({Server::posted(1, 1, Server::kAna, op)}));
    records_.serve(server_);
    EXPECT_THAT(server_.client.state().pending, IsEmpty());
    EXPECT_EQ(records_.size(), 0u);
}

TEST_F(KeptOperations, SigningOutForgetsEverybody) {
    post("never sent");
    server_.client.log_out();
    server_.collect();
    EXPECT_EQ(server_.others_forgotten_for.back(), UserId());
    EXPECT_EQ(server_.client.unsettled_operations(), 0u);
    EXPECT_THAT(server_.client.state().pending, IsEmpty());
}

TEST_F(KeptOperations, ASessionEndedByTheServerLeavesWhatWasNotSent) {
    server_.others_forgotten_for.clear();
    post("not sent yet");
    records_.serve(server_);
    server_.say(LoggedOut{});
    EXPECT_THAT(server_.others_forgotten_for, IsEmpty());
    EXPECT_EQ(server_.views_forgotten, 1);
    EXPECT_EQ(records_.size(), 1u);
}

TEST_F(KeptOperations, SomebodyElseSendsNothingOfHers) {
    post("of ana");
    records_.serve(server_);
    server_.say(LoggedOut{});
    server_.client.log_in("bo", "password");
    server_.pass_to_deadline();
    server_.open();
    server_.greet();
    server_.sent.clear();
    auto welcome = Server::welcome({Server::summary()}, Server::kBo);
    welcome.token = Server::token();
    server_.say(welcome);
    EXPECT_EQ(server_.others_forgotten_for.back(), Server::kBo);
    EXPECT_THAT(server_.take_sent<PostText>(), IsEmpty());
    EXPECT_THAT(server_.client.state().pending, IsEmpty());
}

TEST_F(KeptOperations, TypingIsToldAgainRightAfterAPost) {
    server_.client.typing(Server::kGeneral, server_.now);
    EXPECT_THAT(server_.take_sent<ReportTyping>(), SizeIs(1));
    server_.client.typing(Server::kGeneral, server_.now);
    EXPECT_THAT(server_.take_sent<ReportTyping>(), IsEmpty());
    post("said");
    server_.client.typing(Server::kGeneral, server_.now);
    EXPECT_THAT(server_.take_sent<ReportTyping>(), SizeIs(1));
}

}  // namespace
}  // namespace parley::client
