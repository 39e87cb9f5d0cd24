#include <gmock/gmock.h>

#include <condition_variable>
#include <future>

#include "auth/password_pool.hpp"

namespace parley::auth {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(Passwords, EqualOnesAreStoredDifferently) {
    const Passwords passwords(least_cost());
    const auto one = passwords.hash("correct horse");
    const auto other = passwords.hash("correct horse");
    EXPECT_THAT(one, StartsWith("$argon2id$"));
    EXPECT_NE(one, other);
    EXPECT_TRUE(passwords.check("correct horse", one).matches);
    EXPECT_TRUE(passwords.check("correct horse", other).matches);
    EXPECT_FALSE(passwords.check("correct hors", one).matches);
}

TEST(Passwords, TheDefaultCostIsTheOneOfTheThreatModel) {
    const Passwords passwords;
    EXPECT_THAT(passwords.hash("correct horse"), HasSubstr("m=65536,t=3,p=1"));
}

TEST(Passwords, OneComposedAndOneDecomposedAreTheSame) {
    const Passwords passwords(least_cost());
    const auto hash = passwords.hash("caf\u00e9 au lait");
    EXPECT_TRUE(passwords.check("cafe\u0301 au lait", hash).matches);
    EXPECT_FALSE(passwords.check("cafe au lait", hash).matches);
}

TEST(Passwords, AreNeverCut) {
    const Passwords passwords(least_cost());
    std::string longest(limits::kPassword, 'x');
    const auto hash = passwords.hash(longest);
    ASSERT_THAT(hash, Not(IsEmpty()));
    EXPECT_TRUE(passwords.check(longest, hash).matches);
    longest.back() = 'y';
    EXPECT_FALSE(passwords.check(longest, hash).matches);
    longest += 'y';
    EXPECT_THAT(passwords.hash(longest), IsEmpty());
    EXPECT_FALSE(passwords.check(longest, hash).matches);
}

TEST(Passwords, AnOldCostIsRaisedAtTheNextLogin) {
    const Passwords old(least_cost());
    const Passwords now({64 * 1024, 2});
    const auto hash = old.hash("correct horse");
    const auto check = now.check("correct horse", hash);
    ASSERT_TRUE(check.matches);
    EXPECT_THAT(check.better_hash, HasSubstr("m=64,t=2,p=1"));
    EXPECT_TRUE(now.check("correct horse", check.better_hash).matches);
    EXPECT_THAT(now.check("correct horse", check.better_hash).better_hash, IsEmpty());
    EXPECT_THAT(now.check("wrong horse", hash).better_hash, IsEmpty());
}

TEST(Passwords, AnUnknownNameNeverMatches) {
    const Passwords passwords(least_cost());
    EXPECT_FALSE(passwords.check("correct horse", "").matches);
    EXPECT_FALSE(passwords.check("", "").matches);
    EXPECT_FALSE(passwords.check("correct horse", "$argon2id$ruined").matches);
}

TEST(PasswordPool, AnswersHashesAndChecks) {
    PasswordPool pool(least_cost());
    std::promise<std::string> hashed;
    ASSERT_TRUE(pool.hash("correct horse", [&](std::string hash) { hashed.set_value(std::move(hash)); }));
    const auto hash = hashed.get_future().get();
    std::promise<bool> right;
    std::promise<bool> wrong;
    ASSERT_TRUE(pool.verify("correct horse", hash, [&](PasswordCheck check) { right.set_value(check.matches); }));
    ASSERT_TRUE(pool.verify("wrong horse", hash, [&](PasswordCheck check) { wrong.set_value(check.matches); }));
    EXPECT_TRUE(right.get_future().get());
    EXPECT_FALSE(wrong.get_future().get());
}

TEST(PasswordPool, RefusesWhatItsQueueCannotHold) {
    PasswordPool pool(least_cost(), 1, 3);
    std::promise<void> started;
    std::promise<void> may_go_on;
    auto go_on = may_go_on.get_future().share();
    ASSERT_TRUE(pool.hash("first", [&](const std::string&) {
        started.set_value();
        go_on.wait();
    }));
    started.get_future().wait();
    std::vector<std::promise<void>> done(3);
    for (auto& each : done) EXPECT_TRUE(pool.hash("queued", [&](const std::string&) { each.set_value(); }));
    EXPECT_FALSE(pool.hash("too many", [](const std::string&) { ADD_FAILURE() << "was refused"; }));
    EXPECT_EQ(pool.waiting(), 3u);
    may_go_on.set_value();
    for (auto& each : done) each.get_future().wait();
}

TEST(PasswordPool, ComputesWithoutThreadsWhenToldTo) {
    PasswordPool pool(least_cost(), 0);
    std::string hash;
    ASSERT_TRUE(pool.hash("secret", [&](std::string made) { hash = std::move(made); }));
    EXPECT_TRUE(hash.empty());
    EXPECT_TRUE(pool.run_one());
    bool matches = false;
    ASSERT_TRUE(pool.verify("secret", hash, [&](const PasswordCheck& check) { matches = check.matches; }));
    EXPECT_TRUE(pool.run_one());
    EXPECT_TRUE(matches);
    EXPECT_FALSE(pool.run_one());
}

TEST(PasswordPool, DropsWhatWaitsWhenItStops) {
    auto held = std::make_shared<int>(0);
    PasswordPool pool(least_cost(), 1, 8);
    std::promise<void> started;
    std::promise<void> may_go_on;
    auto go_on = may_go_on.get_future().share();
    ASSERT_TRUE(pool.hash("first", [&](const std::string&) {
        started.set_value();
        go_on.wait();
    }));
    started.get_future().wait();
    ASSERT_TRUE(pool.hash("queued", [held](const std::string&) { ADD_FAILURE() << "must not run"; }));
    std::thread stopper([&] { pool.stop(); });
    while (held.use_count() > 1) std::this_thread::yield();  // dropped while the first still runs
    may_go_on.set_value();
    stopper.join();
    EXPECT_FALSE(pool.hash("late", [](const std::string&) {}));
}

}  // namespace
}  // namespace parley::auth
