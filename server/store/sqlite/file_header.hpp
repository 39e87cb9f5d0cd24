// The first 100 bytes of a SQLite database, as far as they are looked at without SQLite.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace parley::sqlite {

class FileHeader {
  public:
    using Bytes = std::array<char, 100>;
    explicit FileHeader(const Bytes& bytes) : bytes_(bytes) {}

    [[nodiscard]] bool is_database() const;
    [[nodiscard]] std::size_t page_size() const;  // as it is written there
    [[nodiscard]] bool has_checksums() const;     // its pages reserve the bytes for them
    // Also where the reserved bytes say no, but the schema that they must be there: one of the two is damaged. Of a
    // schema that is newer than ours nothing is known.
    [[nodiscard]] bool must_have_checksums() const;

  private:
    [[nodiscard]] std::uint32_t number(std::size_t offset, std::size_t size) const;
    Bytes bytes_;
};

}  // namespace parley::sqlite
