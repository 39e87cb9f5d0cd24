#include "text/direction.hpp"

#include <gtest/gtest.h>

namespace parley::text {
namespace {

TEST(Direction, OnlyWhatIsWrittenFromTheRightIsIsolated) {
    EXPECT_EQ(isolated("Ana"), "Ana");
    EXPECT_EQ(isolated("Ана 安娜 123"), "Ана 安娜 123");
    EXPECT_EQ(isolated(""), "");
    EXPECT_EQ(isolated("ענת"), "\u2068ענת\u2069");
    EXPECT_EQ(isolated("bo عمر"), "\u2068bo عمر\u2069");
    EXPECT_EQ(isolated("x\u202Ey"), "\u2068x\u202Ey\u2069") << "marks of direction too";
}

TEST(Direction, AnyBytesAreRead) {
    EXPECT_FALSE(has_right_to_left("\xFF\xC3\xE2\x80"));
    EXPECT_TRUE(has_right_to_left("\xF0\x90\xA4\x80"));  // Phoenician
}

}  // namespace
}  // namespace parley::text
