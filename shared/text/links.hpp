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

// Where the address that begins at text[at] ends, or `at` where none begins: in the middle of a word none does.
// REQUIRES: at < text.size().
[[nodiscard]] std::size_t end_of_link_at(std::string_view text, std::size_t at);

// Whether no address goes on here: white space of any script, quotes, and what RFC 3986 leaves out.
// REQUIRES: at < text.size().
[[nodiscard]] bool ends_address(std::string_view text, std::size_t at);

// In their order; they do not overlap. The punctuation that ends a sentence, and a bracket that was opened before the
// address, do not belong to it.
[[nodiscard]] std::vector<Link> links_in(std::string_view text);

}  // namespace parley::text
