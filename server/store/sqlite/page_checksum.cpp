#include "sqlite/page_checksum.hpp"

#include <xxhash.h>

#include <bit>
#include <cstring>

namespace parley::sqlite {

namespace {

// The most significant byte first, on every machine.
XXH64_canonical_t checksum_of(std::span<const std::byte> page, std::uint32_t number) {
    XXH64_canonical_t written;
    XXH64_canonicalFromHash(&written, XXH3_64bits_withSeed(page.data(), page.size() - kPageChecksumBytes, number));
    return written;
}
static_assert(sizeof(XXH64_canonical_t) == kPageChecksumBytes);

}  // namespace

bool is_page_size(std::size_t size) {
    return size >= kSmallestPage && size <= kLargestPage && std::has_single_bit(size);
}

void write_checksum(std::span<std::byte> page, std::uint32_t number) {
    const auto sum = checksum_of(page, number);
    std::memcpy(page.last(kPageChecksumBytes).data(), &sum, sizeof sum);
}

bool checksum_fits(std::span<const std::byte> page, std::uint32_t number) {
    const auto sum = checksum_of(page, number);
    return std::memcmp(page.last(kPageChecksumBytes).data(), &sum, sizeof sum) == 0;
}

}  // namespace parley::sqlite
