// Every fault is planted, in the store or in the logs, and found; a run without one is judged clean.
#include "audit/report.hpp"
#include "audited_run.hpp"

namespace parley::audit {
namespace {

using testing::HasSubstr;

using AuditTest = AuditedRun;

TEST_F(AuditTest, ARunWithoutFaultsIsClean) {
    clean_posts(1, kPosts);
    EXPECT_EQ(judge(), none());
    EXPECT_TRUE(last.verdict.is_clean());
    EXPECT_EQ(last.evidence.acknowledged, kPosts);
    EXPECT_EQ(last.evidence.seen, 2 * kPosts);
    EXPECT_EQ(last.evidence.stored, kPosts);
    EXPECT_EQ(last.evidence.logs_never_whole, 0u);
}

TEST_F(AuditTest, FindsAnAcknowledgedMessageThatIsNotStored) {
    clean_posts(1, kPosts);
    sent(99);
    log->acknowledged(ana, room, op(99), Sequence(500));
    EXPECT_EQ(judge(), only(Fault::lost));
    EXPECT_THAT(last.verdict.cases(Fault::lost), ElementsAre(HasSubstr("000000000000004d/99")));
    EXPECT_FALSE(last.verdict.is_clean());
}

TEST_F(AuditTest, FindsAMessageThatWasSettledWithoutAPlaceAndIsNowhere) {
    clean_posts(1, kPosts);
    sent(77);
    EXPECT_EQ(judge(), only(Fault::lost));
    EXPECT_THAT(last.verdict.cases(Fault::lost), ElementsAre(HasSubstr("000000000000004d/77, sent by log:ana")));
}

TEST_F(AuditTest, WhatWasSentAndRefusedOrIsStillWaitedForIsNotLost) {
    clean_posts(1, kPosts);
    sent(77);
    log->refused(ana, op(77), Refusal::not_a_member);
    log->whole();
    sent(78);
    EXPECT_EQ(judge(false), none());
}

TEST_F(AuditTest, WhatOneRunSentAndALaterOneWasRefusedIsNotLost) {
    clean_posts(1, kPosts);
    sent(77);
    auto later = EventLog::create(directory.path() / "later");
    ASSERT_TRUE(later);
    later->refused(later->add_client("ana"), op(77), Refusal::not_a_member);
    ASSERT_TRUE(log->finish());
    ASSERT_TRUE(later->finish());
    const auto result = audit({directory.path() / "later", directory.path() / "log"}, data());
    ASSERT_TRUE(result);
    EXPECT_EQ(result->verdict.count(Fault::lost), 0u);
}

TEST_F(AuditTest, FindsTheLastMessageThatAReaderNeverSaw) {
    clean_posts(1, kPosts - 1);
    sent(kPosts);
    acknowledged(kPosts);
    EXPECT_EQ(judge(), only(Fault::unseen, 2));
}

TEST_F(AuditTest, FindsAMessageThatAReaderSkippedThoughItsAnswerWasLost) {
    clean_posts(1, 3);
    sent(4);
    seen(ana, 4);
    clean_posts(5, kPosts);
    EXPECT_EQ(judge(false), only(Fault::unseen));
    EXPECT_THAT(last.verdict.cases(Fault::unseen), ElementsAre(HasSubstr("log:bo never saw")));
}

TEST_F(AuditTest, AReaderNeedNotSeeWhatWasBeforeItCameAndAfterItLeft) {
    const auto cy = log->add_client("cy");
    const auto di = log->add_client("di");
    clean_posts(1, 3);
    log->entered(cy, room, at(3));
    log->entered(di, room, at(3));
    clean_posts(4, 6);
    for (std::uint64_t number = 4; number <= 6; ++number) seen(cy, number);
    seen(di, 4);
    log->left(cy, room, at(7));
    log->left(di, room, Sequence());  // taken out at a place that it does not know
    clean_posts(7, kPosts);
    EXPECT_EQ(judge(), none());
}

TEST_F(AuditTest, FindsWhatAReaderMissedBeforeItLeft) {
    const auto cy = log->add_client("cy");
    log->entered(cy, room, before());
    clean_posts(1, kPosts);
    seen(cy, 1);
    log->left(cy, room, at(3));
    EXPECT_EQ(judge(), only(Fault::unseen)) << "the second";
}

TEST_F(AuditTest, WhatLiesBehindAResetIsNotMissed) {
    clean_posts(1, 3);
    for (std::uint64_t number = 4; number <= 6; ++number) {
        sent(number);
        seen(ana, number);
        acknowledged(number);
    }
    log->reset(bo, room, at(6));
    clean_posts(7, kPosts);
    EXPECT_EQ(judge(), none());
    EXPECT_EQ(last.evidence.resets, 1u);
}

TEST_F(AuditTest, WhatALogThatIsNotWholeDoesNotSayIsNoFault) {
    clean_posts(1, kPosts - 1);
    sent(kPosts);
    acknowledged(kPosts);
    EXPECT_EQ(judge(false), none());
    EXPECT_EQ(last.evidence.logs_never_whole, 1u);
}

TEST_F(AuditTest, FindsWhatWasMissedBeforeTheLogWasLastWhole) {
    clean_posts(1, kPosts - 2);
    sent(kPosts - 1);
    acknowledged(kPosts - 1);
    log->whole();
    sent(kPosts);
    acknowledged(kPosts);
    EXPECT_EQ(judge(false), only(Fault::unseen, 2)) << "of the last one nothing is known";
}

TEST_F(AuditTest, FindsAnOperationStoredTwice) {
    clean_posts(1, kPosts);
    sql("UPDATE messages SET number = 3 WHERE ordinal = 4");
    auto counts = only(Fault::dup_stored);
    counts[static_cast<std::size_t>(Fault::disagree)] = 2;  // both readers saw another one there
    counts[static_cast<std::size_t>(Fault::lost)] = 1;      // and the fourth is nowhere
    EXPECT_EQ(judge(), counts);
}

TEST_F(AuditTest, FindsAnOperationThatWasAppliedAgainAfterItsResend) {
    clean_posts(1, kPosts);
    apply(store::AppendMessage{{user, op(50), 50}, room, MessageText::cut("hi"), {}});
    sql("UPDATE messages SET number = 10 WHERE number = 50");
    EXPECT_EQ(judge(), only(Fault::dup_stored));
}

TEST_F(AuditTest, FindsAMessageSeenTwice) {
    clean_posts(1, kPosts);
    log->seen(bo, room, op(5), at(5), false);
    EXPECT_EQ(judge(), only(Fault::dup_seen));
    EXPECT_THAT(last.verdict.cases(Fault::dup_seen), ElementsAre(HasSubstr("log:bo saw #general")));
}

TEST_F(AuditTest, FindsAReaderWhoseSequenceWentDown) {
    clean_posts(1, 3);
    for (std::uint64_t number = 4; number <= 5; ++number) {
        sent(number);
        seen(ana, number);
        acknowledged(number);
    }
    seen(bo, 5);
    seen(bo, 4);
    clean_posts(6, kPosts);
    EXPECT_EQ(judge(), only(Fault::reordered));
}

TEST_F(AuditTest, FindsAnOutboxWhoseSecondMessageIsStoredBeforeItsFirst) {
    sql("UPDATE messages SET number = 50 WHERE ordinal = 4");
    sql("UPDATE messages SET number = 4 WHERE ordinal = 5");
    sql("UPDATE messages SET number = 5 WHERE ordinal = 4");
    std::swap(sequences[3], sequences[4]);
    clean_posts(1, 3);
    for (const std::uint64_t number : {5u, 4u}) {
        sent(number);
        seen(ana, number);
        acknowledged(number);
        seen(bo, number);
    }
    clean_posts(6, kPosts);
    EXPECT_EQ(judge(), only(Fault::reordered));
    EXPECT_THAT(last.verdict.cases(Fault::reordered), ElementsAre(HasSubstr("000000000000004d/5 is stored at")));
}

TEST_F(AuditTest, OneOutboxMayReachTwoRoomsInAnyOrder) {
    const auto outcome =
        apply(store::CreateRoom{{user, {OutboxId(2), 1}, 1}, RoomId(555), RoomName::cut("other"), Timestamp{}});
    ASSERT_TRUE(outcome.done());
    const auto early = apply(store::AppendMessage{{user, op(20), 20}, room, MessageText::cut("hi"), {}});
    const auto late = apply(store::AppendMessage{{user, op(19), 19}, RoomId(555), MessageText::cut("hi"), {}});
    clean_posts(1, kPosts);
    sent(20);
    log->seen(ana, room, op(20), early.result.sequence, true);
    log->seen(bo, room, op(20), early.result.sequence, true);
    log->acknowledged(ana, room, op(20), early.result.sequence);
    log->sent(ana, RoomId(555), op(19));
    log->acknowledged(ana, RoomId(555), op(19), late.result.sequence);
    EXPECT_EQ(judge(), none());
}

TEST_F(AuditTest, FindsAPlaceThatTheStoreDoesNotHold) {
    const auto unheard = [&] { clean_posts(1, kPosts); };
    unheard();
    sql("DELETE FROM events WHERE kind <> 1");  // the joining, at place 1
    EXPECT_EQ(judge(), only(Fault::holes));
    EXPECT_THAT(last.verdict.cases(Fault::holes), ElementsAre(HasSubstr("no events 1 to 1")));
}

TEST_F(AuditTest, FindsAnEndThatIsCutOff) {
    clean_posts(1, kPosts);
    sql("UPDATE rooms SET head = head + 2");
    EXPECT_EQ(judge(), only(Fault::holes, 2));
}

TEST_F(AuditTest, FindsAPostWhoseMessageIsGone) {
    clean_posts(1, kPosts - 1);
    sql("DELETE FROM messages WHERE ordinal = 10");
    EXPECT_EQ(judge(), only(Fault::holes));
}

TEST_F(AuditTest, FindsAStoredMessageThatNobodySent) {
    clean_posts(1, kPosts - 1);
    seen(ana, kPosts);
    seen(bo, kPosts);
    EXPECT_EQ(judge(), only(Fault::phantom));
}

TEST_F(AuditTest, FindsASeenMessageThatNobodySentOrStored) {
    clean_posts(1, kPosts);
    log->seen(bo, room, op(500), Sequence(500), true);
    EXPECT_EQ(judge(), only(Fault::phantom));
}

TEST_F(AuditTest, WhatWasThereBeforeTheRunIsNoPhantom) {
    log->base(room, at(3));
    clean_posts(4, kPosts);
    const auto cy = log->add_client("cy");
    log->entered(cy, room, at(kPosts));
    // Ana and bo came before those: they are missed by them, but not phantoms.
    EXPECT_EQ(judge(), only(Fault::unseen, 6));
}

TEST_F(AuditTest, FindsAPlaceWithTwoOperations) {
    clean_posts(1, kPosts);
    const auto cy = log->add_client("cy");
    log->entered(cy, room, at(9));
    log->seen(cy, room, op(2), at(10), true);
    EXPECT_EQ(judge(), only(Fault::disagree));
}

TEST_F(AuditTest, FindsAnAnswerThatNamesAnotherPlaceThanTheStore) {
    clean_posts(1, kPosts);
    log->acknowledged(ana, room, op(4), at(5));
    EXPECT_EQ(judge(), only(Fault::disagree));
}

TEST_F(AuditTest, FindsWhatWasShownAndIsNotThereAnyMore) {
    clean_posts(1, kPosts);
    sent(60);
    log->seen(bo, room, op(60), at(kPosts).next(), true);
    auto counts = only(Fault::disagree);
    counts[static_cast<std::size_t>(Fault::lost)] = 1;
    EXPECT_EQ(judge(), counts);
}

TEST_F(AuditTest, WarnsOfWhatWasRefusedAndIsStored) {
    clean_posts(1, kPosts);
    log->refused(ana, op(3), Refusal::not_a_member);
    EXPECT_EQ(judge(), only(Fault::refused_yet_stored));
    EXPECT_TRUE(last.verdict.is_clean()) << "it is a warning";
}

TEST_F(AuditTest, ManyLogsAreJudgedTogether) {
    auto other = EventLog::create(directory.path() / "other");
    ASSERT_TRUE(other);
    const auto cy = other->add_client("cy");
    other->entered(cy, room, before());
    for (std::uint64_t number = 1; number < kPosts; ++number) other->seen(cy, room, op(number), at(number), true);
    clean_posts(1, kPosts);
    ASSERT_TRUE(log->finish());
    ASSERT_TRUE(other->finish());
    const auto result = audit({directory.path() / "log", directory.path() / "other"}, data());
    ASSERT_TRUE(result);
    EXPECT_EQ(result->verdict.count(Fault::unseen), 1u);
    EXPECT_THAT(result->verdict.cases(Fault::unseen), ElementsAre(HasSubstr("other:cy")));
}

TEST_F(AuditTest, TheProgramSaysItByItsExitCodeAndInJson) {
    clean_posts(1, kPosts);
    ASSERT_TRUE(log->finish());
    const auto files = (directory.path() / "log").string() + " --data " + data().string();
    EXPECT_EQ(program(files), 0) << printed();
    EXPECT_THAT(printed(), HasSubstr("clean"));
    EXPECT_EQ(program(files + " --json"), 0);
    EXPECT_THAT(printed(), HasSubstr("\"clean\": true"));
    sql("UPDATE rooms SET head = head + 1");
    EXPECT_EQ(program(files + " --json"), 1);
    EXPECT_THAT(printed(), HasSubstr("\"holes\": 1"));
    EXPECT_EQ(program((directory.path() / "nowhere").string() + " --data " + data().string()), 2);
    EXPECT_THAT(printed(), HasSubstr("nowhere is not a file"));
    EXPECT_EQ(program((directory.path() / "log").string() + " --data " + directory.path().string()), 2);
    EXPECT_THAT(printed(), HasSubstr("parley.db cannot be read"));
    EXPECT_EQ(program("--json"), 2);
}

}  // namespace
}  // namespace parley::audit
