#include "sqlite/log_frames.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace parley::sqlite {

namespace {

// Where things stand, in the log's header and in a frame's.
constexpr std::size_t kLogSaltAt = 16;
constexpr std::size_t kLogChecksumAt = 24;
constexpr std::size_t kFrameSaltAt = 8;
constexpr std::size_t kSaltBytes = 8;
constexpr std::size_t kFrameChecksumAt = 16;
constexpr std::size_t kSummedFrameBytes = 8;  // of a frame's header: the page's number, and the size at a commit

std::uint32_t word_at(std::span<const std::byte> bytes, std::size_t at, bool big_endian) {
    std::uint32_t word = 0;
    std::memcpy(&word, bytes.data() + at, sizeof word);
    const bool swapped = big_endian != (std::endian::native == std::endian::big);
    return swapped ? __builtin_bswap32(word) : word;
}

template <std::size_t Size, class Bytes>
std::array<std::byte, Size> part(const Bytes& bytes, std::size_t at) {
    std::array<std::byte, Size> found;
    std::memcpy(found.data(), bytes.data() + at, Size);
    return found;
}

struct Sums {
    std::uint32_t first;
    std::uint32_t second;

    void add(std::span<const std::byte> bytes, bool big_endian) {
        for (std::size_t at = 0; at < bytes.size(); at += 8) {
            first += word_at(bytes, at, big_endian) + second;
            second += word_at(bytes, at + 4, big_endian) + first;
        }
    }
};

void write_word(std::span<std::byte> bytes, std::size_t at, std::uint32_t word) {
    for (std::size_t i = 0; i < 4; ++i) bytes[at + i] = static_cast<std::byte>(word >> (24 - 8 * i));
}

}  // namespace

std::uint32_t page_of(const FrameHeader& frame) {
    return word_at(frame, 0, true);
}

bool is_of_log(const FrameHeader& frame, const LogHeader& log) {
    return std::equal(frame.begin() + kFrameSaltAt, frame.begin() + kFrameSaltAt + kSaltBytes,
                      log.begin() + kLogSaltAt);
}

FrameChecksum checksum_in(const LogHeader& log) {
    return part<8>(log, kLogChecksumAt);
}
FrameChecksum checksum_in(const FrameHeader& frame) {
    return part<8>(frame, kFrameChecksumAt);
}

void chain(const LogHeader& log, const FrameChecksum& before, FrameHeader& frame, std::span<const std::byte> page) {
    // The last bit of the log's first word says in which order the words of pages are taken.
    const bool big_endian = (word_at(log, 0, true) & 1) != 0;
    Sums sums{word_at(before, 0, true), word_at(before, 4, true)};
    sums.add(std::span<const std::byte>(frame).first(kSummedFrameBytes), big_endian);
    sums.add(page, big_endian);
    write_word(frame, kFrameChecksumAt, sums.first);
    write_word(frame, kFrameChecksumAt + 4, sums.second);
}

}  // namespace parley::sqlite
