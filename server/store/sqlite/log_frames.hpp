// The frames of SQLite's write-ahead log (its file format, section 4). SQLite's own checksum of a frame covers the page
// as SQLite gives it to be written, and goes on from frame to frame; a page that gets a checksum of its own on the way
// needs a frame that says so.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace parley::sqlite {

inline constexpr std::size_t kLogHeaderBytes = 32;
inline constexpr std::size_t kFrameHeaderBytes = 24;

using LogHeader = std::array<std::byte, kLogHeaderBytes>;
using FrameHeader = std::array<std::byte, kFrameHeaderBytes>;

// The number of the page that follows.
[[nodiscard]] std::uint32_t page_of(const FrameHeader& frame);
[[nodiscard]] bool is_of_log(const FrameHeader& frame, const LogHeader& log);  // not of what the file held before

// SQLite's running checksum: of the log's header, then of each frame. As it stands in the file.
using FrameChecksum = std::array<std::byte, 8>;
[[nodiscard]] FrameChecksum checksum_in(const LogHeader& log);
[[nodiscard]] FrameChecksum checksum_in(const FrameHeader& frame);
// Writes the frame's own into it.
void chain(const LogHeader& log, const FrameChecksum& before, FrameHeader& frame, std::span<const std::byte> page);

}  // namespace parley::sqlite
