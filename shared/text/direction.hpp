// Names among other words (UAX #9): a name that is written from right to left must not reorder the sentence around it.
#pragma once

#include <string>
#include <string_view>

namespace parley::text {

// Whether any letter or mark of direction in it is written from right to left. Well-formed UTF-8.
[[nodiscard]] bool has_right_to_left(std::string_view text);

// As part of a sentence: between FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE where it could disturb it, else as it
// is.
[[nodiscard]] std::string isolated(std::string_view name);

}  // namespace parley::text
