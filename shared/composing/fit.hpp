// How well words fit what somebody types to find them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace parley::composing {

enum class Fit : std::uint8_t { whole, beginning, beginning_of_word, within, letters };

// Where `typed` stands in `words`, without regard to the case of ASCII letters; the best place counts.
[[nodiscard]] std::optional<Fit> fit_of(std::string_view words, std::string_view typed);
// Also its letters alone, in their order, the first at the beginning of a word: "gdn" finds "garden".
[[nodiscard]] std::optional<Fit> loose_fit_of(std::string_view words, std::string_view typed);

}  // namespace parley::composing
