#include "open_store.hpp"

#include "protocol/limits.hpp"

namespace parley::sqlite {
namespace {

using store::Status;
using testing::IsEmpty;

class Operations : public testing::Test, public OpenStore {
  protected:
    store::AppendMessage post_number(std::uint64_t number, std::uint64_t outbox = 50) {
        return {{ana, {OutboxId(outbox), number}, 1'000 + number}, room, MessageText::cut("hello"), kNow};
    }
    std::size_t messages() { return reader->history(room, HistoryDirection::before, {}, 100)->messages.size(); }

    UserId ana = register_person("ana");
    RoomId room = create_room(ana, "garden");
};

TEST_F(Operations, AResendGetsTheFirstResultAndChangesNothing) {
    const auto first = apply(post_number(1));
    for (int i = 0; i < 3; ++i) {
        const auto again = apply(post_number(1));
        EXPECT_EQ(again.status, Status::earlier);
        EXPECT_EQ(again.result, first.result);
        EXPECT_THAT(effects.room_events, IsEmpty());
    }
    EXPECT_EQ(messages(), 1u);
}

TEST_F(Operations, AResendFindsItsResultAfterARestart) {
    const auto first = apply(post_number(1));
    close();
    open();
    EXPECT_THAT(apply(post_number(1)), has_status(Status::earlier));
    EXPECT_EQ(apply(post_number(1)).result, first.result);
}

TEST_F(Operations, TheSameNumberWithOtherContentIsAConflict) {
    apply(post_number(1));
    auto other = post_number(1);
    other.operation.fingerprint = 99;
    EXPECT_THAT(apply(other), is_refused(Refusal::op_conflict));
    EXPECT_THAT(apply(store::RecordRefusal{other.operation, Refusal::text_empty}), is_refused(Refusal::op_conflict));
    EXPECT_THAT(apply(post_number(1)), has_status(Status::earlier)) << "the first one stands";
}

TEST_F(Operations, TheNumberOfTheRegistrationIsTaken) {
    auto post = post_number(1, ana.value());
    EXPECT_THAT(apply(post), is_refused(Refusal::op_conflict));
}

TEST_F(Operations, OfOtherOutboxesAndPeopleAreOthers) {
    const auto bo = register_person("bo");
    join(bo, room);
    EXPECT_THAT(apply(post_number(1, 50)), has_status(Status::committed));
    EXPECT_THAT(apply(post_number(1, 51)), has_status(Status::committed));
    auto his = post_number(1, 50);
    his.operation.user = bo;
    EXPECT_THAT(apply(his), has_status(Status::committed));
}

TEST_F(Operations, MayComeInAnyOrder) {
    for (const std::uint64_t number : {5u, 2u, 9u, 1u, 3u})
        EXPECT_THAT(apply(post_number(number)), has_status(Status::committed)) << number;
    for (const std::uint64_t number : {1u, 2u, 3u, 5u, 9u})
        EXPECT_THAT(apply(post_number(number)), has_status(Status::earlier)) << number;
    EXPECT_EQ(messages(), 5u);
}

TEST_F(Operations, WhatIsConfirmedIsForgottenAndExpired) {
    for (std::uint64_t number = 1; number <= 4; ++number) apply(post_number(number));
    apply(store::ForgetResults{ana, OutboxId(50), 3});
    for (std::uint64_t number = 0; number <= 3; ++number)
        EXPECT_THAT(apply(post_number(number)), is_refused(Refusal::op_expired)) << number;
    EXPECT_THAT(apply(post_number(4)), has_status(Status::earlier));
    EXPECT_THAT(apply(post_number(5)), has_status(Status::committed));
    apply(store::ForgetResults{ana, OutboxId(50), 1});
    EXPECT_THAT(apply(post_number(2)), is_refused(Refusal::op_expired)) << "a confirmation is never taken back";
    EXPECT_EQ(messages(), 5u);
}

TEST_F(Operations, ARefusalByStateIsRemembered) {
    const auto bo = register_person("bo");
    store::AppendMessage early{{bo, {OutboxId(60), 1}, 7}, room, MessageText::cut("let me in"), kNow};
    EXPECT_THAT(apply(early), is_refused(Refusal::not_a_member));
    join(bo, room);
    EXPECT_THAT(apply(early), is_refused(Refusal::not_a_member)) << "the first result, whatever has changed since";
    early.operation.op.number = 2;
    EXPECT_TRUE(apply(early).done());
}

TEST_F(Operations, ARefusalOfTheServersIsRemembered) {
    const auto empty = post_number(1);
    EXPECT_THAT(apply(store::RecordRefusal{empty.operation, Refusal::text_empty}), is_refused(Refusal::text_empty));
    EXPECT_THAT(apply(empty), is_refused(Refusal::text_empty));
    EXPECT_TRUE(apply(post_number(2)).done());
    EXPECT_THAT(apply(store::RecordRefusal{post_number(2).operation, Refusal::text_empty}), has_status(Status::earlier))
        << "a resend of what was done gets its first result";
}

TEST_F(Operations, ARetryableRefusalIsNotRemembered) {
    EXPECT_THAT(apply(store::RecordRefusal{post_number(1).operation, Refusal::too_fast}),
                is_to_be_retried(Refusal::too_fast));
    EXPECT_THAT(apply(post_number(1)), has_status(Status::committed));
}

TEST_F(Operations, TooManyWithoutConfirmationAreHeldOff) {
    ASSERT_TRUE(writer->begin());
    for (std::uint64_t number = 1; number <= limits::kUnconfirmedPerOutbox; ++number) {
        ASSERT_TRUE(writer->apply(post_number(number), effects)->done());
    }
    ASSERT_TRUE(writer->commit());
    const auto next = post_number(limits::kUnconfirmedPerOutbox + 1);
    EXPECT_THAT(apply(next), is_to_be_retried(Refusal::confirm_first));
    EXPECT_THAT(apply(post_number(1)), has_status(Status::earlier)) << "a known one is still answered";
    apply(store::ForgetResults{ana, OutboxId(50), 1});
    EXPECT_THAT(apply(next), has_status(Status::committed));
}

// Found by the simulation: in another room those after it were done while the first waited, took every place, and could
// not be confirmed before it.
TEST_F(Operations, ThoseAfterTheFirstUnsettledOneDoNotKeepItOut) {
    ASSERT_TRUE(writer->begin());
    for (std::uint64_t number = 3; number <= limits::kUnconfirmedPerOutbox + 2; ++number) {
        ASSERT_TRUE(writer->apply(post_number(number), effects)->done());
    }
    ASSERT_TRUE(writer->commit());
    EXPECT_THAT(apply(post_number(limits::kUnconfirmedPerOutbox + 3)), is_to_be_retried(Refusal::confirm_first));
    EXPECT_THAT(apply(post_number(2)), has_status(Status::committed));
    EXPECT_THAT(apply(post_number(1)), has_status(Status::committed));
}

// Every tab has an outbox, and few tell that they have heard the last answer: of each person the latest are kept.
TEST_F(Operations, OfOutboxesLongUnusedExpireAndAreNeverDoneTwice) {
    apply(post_number(1));
    apply(post_number(2));
    constexpr std::uint64_t kFirst = 1'000;
    const auto last = kFirst + limits::kOutboxesPerPerson - 3;  // beside 50 and the one that made the room
    for (auto outbox = kFirst; outbox <= last; ++outbox) apply(post_number(1, outbox));
    EXPECT_THAT(apply(post_number(2)), has_status(Status::earlier)) << "there is room for one more";
    apply(post_number(1, last + 1));
    apply(post_number(1, last + 2));
    EXPECT_THAT(apply(post_number(1)), is_refused(Refusal::op_expired));
    EXPECT_THAT(apply(post_number(2)), is_refused(Refusal::op_expired));
    EXPECT_THAT(apply(post_number(1, kFirst)), has_status(Status::earlier)) << "used later";
    EXPECT_THAT(apply(post_number(3)), has_status(Status::committed)) << "what is new is done";
}

// The first was of a room that was still being read when the server died; the second, of another room, was done.
TEST_F(Operations, ANumberThatNeverCameDoesNotExpireWithThoseAfterIt) {
    apply(post_number(1));
    apply(post_number(3));
    for (std::uint64_t outbox = 1'000; outbox < 1'000 + 2 * limits::kOutboxesPerPerson; ++outbox)
        apply(post_number(1, outbox));
    EXPECT_THAT(apply(post_number(1)), is_refused(Refusal::op_expired));
    EXPECT_THAT(apply(post_number(3)), has_status(Status::earlier))
        << "its result is not forgotten before the second's";
    const auto last = [&] { return reader->room(room)->value().last_ordinal; };
    const auto before = last();
    EXPECT_THAT(apply(post_number(2)), has_status(Status::committed)) << "it was never done";
    EXPECT_EQ(last(), before.next());
    for (std::uint64_t outbox = 2'000; outbox < 2'000 + limits::kOutboxesPerPerson; ++outbox)
        apply(post_number(1, outbox));
    EXPECT_THAT(apply(post_number(2)), is_refused(Refusal::op_expired)) << "now there is no gap";
    EXPECT_THAT(apply(post_number(3)), is_refused(Refusal::op_expired));
}

// A page of outboxes that cannot expire kept everything older.
TEST_F(Operations, OutboxesWithGapsDoNotKeepThoseBehindThemFromExpiring) {
    for (std::uint64_t outbox = 3'000; outbox < 3'040; ++outbox) apply(post_number(1, outbox));
    for (std::uint64_t outbox = 4'000; outbox < 4'020; ++outbox) apply(post_number(2, outbox));
    for (std::uint64_t outbox = 5'000; outbox < 5'000 + limits::kOutboxesPerPerson; ++outbox)
        apply(post_number(1, outbox));
    for (std::uint64_t outbox = 3'000; outbox < 3'040; ++outbox)
        EXPECT_THAT(apply(post_number(1, outbox)), is_refused(Refusal::op_expired)) << outbox;
    EXPECT_THAT(apply(post_number(2, 4'000)), has_status(Status::earlier));
}

TEST_F(Operations, OfNobodyAreRefused) {
    auto post = post_number(1);
    post.operation.user = UserId(1);
    EXPECT_THAT(apply(post), is_refused(Refusal::no_such_person));
    EXPECT_TRUE(apply(store::ForgetResults{UserId(1), OutboxId(1), 5}).done());
}

TEST_F(Operations, NumbersBeyondWhatCanBeOrderedAreRefused) {
    EXPECT_THAT(apply(post_number(1ull << 63)), is_refused(Refusal::malformed));
    EXPECT_THAT(apply(post_number((1ull << 63) - 1)), has_status(Status::committed));
    EXPECT_THAT(apply(post_number((1ull << 63) - 1)), has_status(Status::earlier));
    apply(store::ForgetResults{ana, OutboxId(50), ~0ull});
    EXPECT_THAT(apply(post_number(7)), is_refused(Refusal::op_expired));
}

// Ids are 64 random bits: the upper half of them is negative to SQLite.
TEST_F(Operations, LargeIdsAreKept) {
    const UserId high(0xFEDC'BA98'7654'3210);
    store::RegisterAccount account{
        {OutboxId(0xFFFF'FFFF'FFFF'FFFF), 1}, high, AccountName::cut("high"), "hash", false, kNow};
    EXPECT_TRUE(apply(account).done());
    const RoomId far(0x8000'0000'0000'0001);
    EXPECT_TRUE(
        apply(store::CreateRoom{{high, {OutboxId(0xFFFF'FFFF'FFFF'FFFF), 2}, ~0ull}, far, RoomName::cut("far"), kNow})
            .done());
    EXPECT_EQ(reader->account(account.account)->value().profile.user, high);
    EXPECT_EQ(reader->account(account.account)->value().registered_by, account.op);
    EXPECT_THAT(reader->room(far)->value().members, testing::ElementsAre(high));
    const auto direct = fresh_room();
    EXPECT_TRUE(apply(store::OpenDirectChat{{high, {OutboxId(1), 3}, 1}, direct, ana, kNow}).done());
    EXPECT_EQ(apply(store::OpenDirectChat{operation(ana), fresh_room(), high, kNow}).result.room, direct);
    EXPECT_EQ(summary(high, direct).peer, ana);
}

}  // namespace
}  // namespace parley::sqlite
