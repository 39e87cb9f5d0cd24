// The checksum of one page, by itself.
#include "sqlite/page_checksum.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <random>
#include <vector>

namespace parley::sqlite {
namespace {

constexpr std::size_t kPage = 4'096;

TEST(PageChecksum, KnowsEveryBitAndThePlace) {
    std::mt19937 chance(1);
    std::vector<std::byte> page(kPage);
    for (auto& byte : page) byte = static_cast<std::byte>(chance());
    write_checksum(page, 7);
    EXPECT_TRUE(checksum_fits(page, 7));
    EXPECT_FALSE(checksum_fits(page, 8));
    for (std::size_t bit = 0; bit < kPage * 8; ++bit) {
        const auto flip = std::byte{1} << static_cast<int>(bit % 8);
        page[bit / 8] ^= flip;
        ASSERT_FALSE(checksum_fits(page, 7)) << "bit " << bit;
        page[bit / 8] ^= flip;
    }
    std::fill(page.begin(), page.end(), std::byte{0});
    for (std::uint32_t number = 0; number < 10'000; ++number) ASSERT_FALSE(checksum_fits(page, number)) << number;
}

TEST(PageChecksum, IsWrittenTheSameOnEveryMachine) {
    std::vector<std::byte> page(kSmallestPage, std::byte{'x'});
    write_checksum(page, 1);
    std::vector<int> written;
    for (auto at = kSmallestPage - kPageChecksumBytes; at < kSmallestPage; ++at)
        written.push_back(std::to_integer<int>(page[at]));
    EXPECT_THAT(written, testing::ElementsAre(0x4A, 0x92, 0x25, 0x45, 0x44, 0xCB, 0xEB, 0x2F));
}

}  // namespace
}  // namespace parley::sqlite
