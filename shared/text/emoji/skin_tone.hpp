// Skin tones within the characters of an emoji.
#pragma once

#include <string_view>

namespace parley::emoji {

// Whether they differ in skin tones and in signs for the colourful look, or in nothing.
[[nodiscard]] bool same_but_for_tones(std::string_view one, std::string_view other);

}  // namespace parley::emoji
