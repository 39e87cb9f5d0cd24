#include "open_store.hpp"

#include "protocol/limits.hpp"

namespace parley::sqlite {
namespace {

using store::Status;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class AccountChanges : public testing::Test, public OpenStore {};

TEST_F(AccountChanges, RegisteringMakesAProfileAndJoinsGeneral) {
    const auto ana = register_person("ana");
    const auto room = general();
    EXPECT_THAT(effects.profiles,
                ElementsAre(Profile{ana, AccountName::cut("ana"), Nick::cut("ana"), ProfileRevision(1)}));
    ASSERT_THAT(effects.room_events, SizeIs(1));
    EXPECT_EQ(effects.room_events[0].room, room);
    EXPECT_EQ(effects.room_events[0].event, (RoomEvent{Sequence(1), MemberJoined{ana, kNow}}));
    ASSERT_THAT(effects.account_events, SizeIs(1));
    EXPECT_EQ(effects.account_events[0].event.sequence, AccountSequence(1));
    const auto& added = std::get<RoomAdded>(effects.account_events[0].event.body).room;
    EXPECT_EQ(added.name.view(), "general");
    EXPECT_EQ(added.head, Sequence(1));
    EXPECT_EQ(added, summary(ana, room)) << "the event shows what the list shows";
}

TEST_F(AccountChanges, TheFirstAccountMayBecomeTheOwner) {
    register_person("ana");
    register_person("bo");
    const auto ana = reader->account(AccountName::cut("ana"))->value();
    EXPECT_TRUE(ana.owner);
    EXPECT_EQ(ana.password_hash, "hash");
    EXPECT_FALSE(reader->account(AccountName::cut("bo"))->value().owner);
    EXPECT_FALSE(reader->account(AccountName::cut("nobody"))->has_value());
}

TEST_F(AccountChanges, TheOwnersLinkMakesOneOwner) {
    EXPECT_TRUE(
        apply(store::RegisterAccount{{OutboxId(1), 1}, UserId(1), AccountName::cut("bo"), "hash", false, kNow}).done());
    store::RegisterAccount owner{{OutboxId(2), 1}, UserId(2), AccountName::cut("ana"), "hash", true, kNow};
    owner.only_as_owner = true;
    EXPECT_TRUE(apply(owner).done());
    EXPECT_TRUE(reader->account(owner.account)->value().owner);
    EXPECT_THAT(apply(owner), has_status(Status::earlier)) << "the same registration again";
    store::RegisterAccount other{{OutboxId(3), 1}, UserId(3), AccountName::cut("eve"), "hash", true, kNow};
    other.only_as_owner = true;
    EXPECT_THAT(apply(other), is_refused(Refusal::registration_closed));
}

TEST_F(AccountChanges, ANameIsTakenOnceButItsOwnResendIsNot) {
    const store::RegisterAccount first{{OutboxId(7), 1}, UserId(7), AccountName::cut("ana"), "hash", false, kNow};
    EXPECT_THAT(apply(first), has_status(Status::committed));
    auto resend = first;
    resend.user = UserId(8);  // the caller draws another id each time
    const auto outcome = apply(resend);
    EXPECT_EQ(outcome.status, Status::earlier);
    EXPECT_EQ(outcome.result.user, UserId(7));
    EXPECT_THAT(effects.profiles, IsEmpty());
    auto other = resend;
    other.op.number = 2;
    EXPECT_THAT(apply(other), is_refused(Refusal::name_taken));
}

TEST_F(AccountChanges, ARegistrationThatCannotBeKeptIsRefused) {
    const store::RegisterAccount good{{OutboxId(7), 1}, UserId(7), AccountName::cut("ana"), "hash", false, kNow};
    auto bad = good;
    bad.user = UserId();
    EXPECT_THAT(apply(bad), is_refused(Refusal::malformed));
    bad = good;
    bad.op.number = ~0ull;
    EXPECT_THAT(apply(bad), is_refused(Refusal::malformed));
    bad = good;
    bad.password_hash.clear();
    EXPECT_THAT(apply(bad), is_to_be_retried(Refusal::busy));
    EXPECT_TRUE(apply(good).done());
    bad = good;
    bad.op.number = 2;
    bad.account = AccountName::cut("bo");
    EXPECT_THAT(apply(bad), is_to_be_retried(Refusal::busy)) << "an id that is in use";
}

TEST_F(AccountChanges, OfLookAlikeNamesOneExists) {
    store::RegisterAccount bob{{OutboxId(1), 1}, UserId(1), AccountName::cut("bob"), "hash", false, kNow};
    bob.skeleton = "bob";
    EXPECT_TRUE(apply(bob).done());
    store::RegisterAccount other{{OutboxId(2), 1}, UserId(2), AccountName::cut("b0b"), "hash", false, kNow};
    other.skeleton = "bob";
    EXPECT_THAT(apply(other), is_refused(Refusal::name_taken));
    other.account = AccountName::cut("eve");
    other.skeleton = "eve";
    EXPECT_TRUE(apply(other).done());
    const auto eve = other.user;
    EXPECT_THAT(apply(store::SetNick{operation(eve), Nick::cut("B0B"), "bob"}), is_refused(Refusal::nick_taken));
    EXPECT_TRUE(apply(store::SetNick{operation(bob.user), Nick::cut("B0B"), "bob"}).done()) << "it is his own look";
    EXPECT_TRUE(apply(store::SetNick{operation(eve), Nick::cut("🦊"), ""}).done());
    EXPECT_TRUE(apply(store::SetNick{operation(bob.user), Nick::cut("🦊"), ""}).done())
        << "without a skeleton nothing is compared";
}

TEST_F(AccountChanges, ANickRaisesTheRevision) {
    const auto ana = register_person("ana");
    register_person("bo");
    const auto outcome = apply(store::SetNick{operation(ana), Nick::cut("Ana 🦊"), "ana x"});
    EXPECT_EQ(outcome.status, Status::committed);
    const Profile changed{ana, AccountName::cut("ana"), Nick::cut("Ana 🦊"), ProfileRevision(3)};
    EXPECT_THAT(effects.profiles, ElementsAre(changed));
    EXPECT_THAT(reader->profiles_after(ProfileRevision(2))->profiles, ElementsAre(changed));
    EXPECT_EQ(reader->profiles_after(ProfileRevision(2))->revision, ProfileRevision(3));
    EXPECT_TRUE(apply(store::SetNick{operation(ana), Nick::cut("Ana 🦊"), "ana x"}).done());
    EXPECT_THAT(effects.profiles, IsEmpty()) << "nothing changed";
    EXPECT_THAT(apply(store::SetNick{operation(ana), Nick(), ""}), is_refused(Refusal::nick_not_allowed));
}

TEST_F(AccountChanges, TokensComeAndGo) {
    const auto ana = register_person("ana");
    const store::TokenHash hash{std::byte{7}};
    EXPECT_FALSE(reader->token(hash)->has_value());
    EXPECT_TRUE(apply(store::AddToken{ana, hash, kNow, {kNow.milliseconds + 1'000}}).done());
    EXPECT_EQ(reader->token(hash)->value().user, ana);
    EXPECT_EQ(reader->token(hash)->value().expires, Timestamp{kNow.milliseconds + 1'000});
    EXPECT_TRUE(apply(store::RemoveToken{hash}).done());
    EXPECT_FALSE(reader->token(hash)->has_value());
    EXPECT_TRUE(apply(store::RemoveToken{hash}).done()) << "once more changes nothing";
    EXPECT_THAT(apply(store::AddToken{UserId(1), hash, kNow, kNow}), is_refused(Refusal::no_such_person));
}

TEST_F(AccountChanges, OldAndExpiredTokensMakeRoom) {
    const auto ana = register_person("ana");
    const auto hash_number = [](std::size_t number) {
        return store::TokenHash{std::byte(number >> 8), std::byte(number)};
    };
    apply(store::AddToken{ana, hash_number(9'999), kNow, {kNow.milliseconds + 1}});
    for (std::size_t i = 0; i <= limits::kTokensPerPerson; ++i) {
        const Timestamp now{kNow.milliseconds + 1 + static_cast<std::int64_t>(i)};
        apply(store::AddToken{ana, hash_number(i), now, {now.milliseconds + 1'000'000}});
    }
    EXPECT_FALSE(reader->token(hash_number(9'999))->has_value()) << "expired";
    EXPECT_FALSE(reader->token(hash_number(0))->has_value()) << "the oldest";
    for (std::size_t i = 1; i <= limits::kTokensPerPerson; ++i)
        EXPECT_TRUE(reader->token(hash_number(i))->has_value()) << i;
}

TEST_F(AccountChanges, APasswordHashIsReplaced) {
    const auto ana = register_person("ana");
    EXPECT_TRUE(apply(store::ReplacePasswordHash{ana, "better"}).done());
    EXPECT_EQ(reader->account(AccountName::cut("ana"))->value().password_hash, "better");
    EXPECT_THAT(apply(store::ReplacePasswordHash{UserId(1), "better"}), is_refused(Refusal::no_such_person));
}

}  // namespace
}  // namespace parley::sqlite
