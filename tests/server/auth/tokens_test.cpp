#include "auth/tokens.hpp"

#include <gmock/gmock.h>

#include <set>

namespace parley::auth {
namespace {

TEST(Tokens, AreDifferentEachTime) {
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i) seen.insert(to_hex(new_token()));
    EXPECT_EQ(seen.size(), 1'000u);
}

// The one of FIPS 180-4 for 32 zero bytes, as every SHA-256 gives it.
TEST(Tokens, AreKeptAsSha256) {
    EXPECT_EQ(to_hex(hash_of(Token{})), "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
}

TEST(Tokens, ComeBackFromHex) {
    const auto token = new_token();
    const auto back = token_from_hex(to_hex(token));
    ASSERT_TRUE(back);
    EXPECT_TRUE(equal_in_constant_time(*back, token));
    auto other = token;
    other[31] ^= std::byte{1};
    EXPECT_FALSE(equal_in_constant_time(other, token));
}

TEST(Tokens, OtherTextIsNoToken) {
    const auto hex = to_hex(new_token());
    for (const auto& text : {std::string(), hex.substr(2), hex + "00", "g" + hex.substr(1), hex.substr(0, 63) + " "}) {
        EXPECT_FALSE(token_from_hex(text)) << text;
    }
}

}  // namespace
}  // namespace parley::auth
