// The checksum of one page of a database: the last 8 bytes of the page, over all bytes before them and the page's
// number, so that a page that was written to another one's place does not fit there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace parley::sqlite {

inline constexpr std::size_t kPageChecksumBytes = 8;  // the reserved bytes of a page, as byte 20 of the file says
inline constexpr std::size_t kSmallestPage = 512;     // SQLite's bounds; always a power of two
inline constexpr std::size_t kLargestPage = 65'536;

[[nodiscard]] bool is_page_size(std::size_t size);

// XXH3 (64 bits) with the number as its seed. REQUIRES: is_page_size(page.size()); the first page has number 1.
void write_checksum(std::span<std::byte> page, std::uint32_t number);
[[nodiscard]] bool checksum_fits(std::span<const std::byte> page, std::uint32_t number);

}  // namespace parley::sqlite
