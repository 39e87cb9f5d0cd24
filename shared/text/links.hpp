// Addresses in what people write that can be followed: http and https, as far as a reader would take them to go. Linear
// in the text's length. Bytes; what comes in is well-formed UTF-8.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace parley::text {

struct Link {
    std::size_t begin = 0;
    std::size_t end = 0;
    bool operator==(const Link&) const = default;
};

inline constexpr std::size_t kLinksOfOneText = 100;  // more are plain text

// In their order; they do not overlap. The punctuation that ends a sentence, and a bracket that was opened before the
// address, do not belong to it.
[[nodiscard]] std::vector<Link> links_in(std::string_view text);

}  // namespace parley::text
