#include "auth/login_limits.hpp"

#include <gmock/gmock.h>

namespace parley::auth {
namespace {

using namespace std::chrono_literals;

// THREATS T21: 10,000 guesses in ten minutes, at most 60 of them evaluated.
TEST(LoginLimits, LetFewGuessesThrough) {
    LoginLimits limits;
    int evaluated = 0;
    for (int i = 0; i < 10'000; ++i) evaluated += limits.take("ana", "192.0.2.7", i * 60ms).count() == 0;
    EXPECT_GE(evaluated, 5);
    EXPECT_LE(evaluated, 60);
    EXPECT_EQ(limits.take("ana", "192.0.2.8", 600s).count(), 0) << "she herself, from her own address, gets in";
}

TEST(LoginLimits, CountAnAddressOverAllItsAccounts) {
    LoginLimits limits;
    int evaluated = 0;
    for (int i = 0; i < 1'000; ++i) evaluated += limits.take("user" + std::to_string(i), "192.0.2.7", 0s).count() == 0;
    EXPECT_EQ(evaluated, 20);
    EXPECT_EQ(limits.take("user", "192.0.2.7", 0s), 36s) << "100 an hour";
}

TEST(LoginLimits, AGoodPasswordClearsTheAccount) {
    LoginLimits limits({1.0 / 60, 2}, {1, 100});
    EXPECT_EQ(limits.take("ana", "192.0.2.7", 0s).count(), 0);
    EXPECT_EQ(limits.take("ana", "192.0.2.7", 0s).count(), 0);
    EXPECT_GT(limits.take("ana", "192.0.2.7", 0s).count(), 0);
    limits.succeeded("ana", "192.0.2.7");
    EXPECT_EQ(limits.take("ana", "192.0.2.7", 0s).count(), 0);
}

TEST(RateBuckets, ForgetWhoWasUsedLongestAgo) {
    RateBuckets buckets({0.001, 1}, 2);
    EXPECT_TRUE(buckets.of("a").take(0s));
    EXPECT_TRUE(buckets.of("b").take(0s));
    EXPECT_FALSE(buckets.of("a").take(0s));
    EXPECT_TRUE(buckets.of("c").take(0s));
    EXPECT_EQ(buckets.size(), 2u);
    EXPECT_FALSE(buckets.of("a").take(0s));
    EXPECT_TRUE(buckets.of("b").take(0s)) << "forgotten, and so full again";
}

}  // namespace
}  // namespace parley::auth
