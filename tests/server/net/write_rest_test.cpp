#include "net/write_rest.hpp"

#include <gtest/gtest.h>

namespace parley::net {
namespace {

using namespace std::chrono_literals;

constexpr shard::MonotonicTime kBegan(1h);

TEST(WriteRest, IsNoneAfterAShortWrite) {
    WriteRest rest;
    EXPECT_EQ(rest.left(kBegan), 0ns);
    rest.wrote(WriteRest::kMany, kBegan, kBegan + limits::kLongWrite - 1ns);
    EXPECT_EQ(rest.left(kBegan + limits::kLongWrite), 0ns);
}

TEST(WriteRest, IsNoneHoweverLongAFewTook) {
    WriteRest rest;
    rest.wrote(WriteRest::kMany - 1, kBegan, kBegan + 1s);
    EXPECT_EQ(rest.left(kBegan + 1s), 0ns);
}

TEST(WriteRest, LastsAMultipleOfWhatWritingTook) {
    WriteRest rest;
    const auto ended = kBegan + 1ms;
    rest.wrote(WriteRest::kMany, kBegan, ended);
    EXPECT_EQ(rest.left(ended), limits::kRestPerWrite * 1ms);
    EXPECT_EQ(rest.left(ended + 1ms), (limits::kRestPerWrite - 1) * 1ms);
    EXPECT_EQ(rest.left(ended + limits::kRestPerWrite * 1ms), 0ns);
    EXPECT_EQ(rest.left(ended + 1h), 0ns);
}

TEST(WriteRest, IsBounded) {
    WriteRest rest;
    rest.wrote(WriteRest::kMany, kBegan, kBegan + 1s);
    EXPECT_EQ(rest.left(kBegan + 1s), limits::kMostRest);
}

// Shutting down waits for nothing.
TEST(WriteRest, IsOverWhenItIsEnded) {
    WriteRest rest;
    rest.wrote(WriteRest::kMany, kBegan, kBegan + 1s);
    rest.end();
    EXPECT_EQ(rest.left(kBegan + 1s), 0ns);
}

}  // namespace
}  // namespace parley::net
