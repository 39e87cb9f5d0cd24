#include "sqlite/file_header.hpp"

#include <cstring>

#include "sqlite/page_checksum.hpp"
#include "sqlite/schema.hpp"

namespace parley::sqlite {

namespace {

// SQLite's file format, section 1.3.
constexpr char kMagic[] = "SQLite format 3";  // with its zero byte
constexpr std::size_t kPageSizeAt = 16;
constexpr std::size_t kReservedBytesAt = 20;
constexpr std::size_t kUserVersionAt = 60;
constexpr std::size_t kApplicationIdAt = 68;

}  // namespace

std::uint32_t FileHeader::number(std::size_t offset, std::size_t size) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) value = value << 8 | static_cast<unsigned char>(bytes_[offset + i]);
    return value;
}

bool FileHeader::is_database() const {
    return std::memcmp(bytes_.data(), kMagic, sizeof kMagic) == 0;
}

std::size_t FileHeader::page_size() const {
    const auto written = number(kPageSizeAt, 2);
    return written == 1 ? kLargestPage : written;
}

bool FileHeader::has_checksums() const {
    return number(kReservedBytesAt, 1) == kPageChecksumBytes;
}

bool FileHeader::must_have_checksums() const {
    const auto schema = number(kUserVersionAt, 4);
    const bool is_ours = number(kApplicationIdAt, 4) == kApplicationId;
    return has_checksums() || (is_ours && schema >= kSchemaWithChecksums && schema <= newest_schema());
}

}  // namespace parley::sqlite
