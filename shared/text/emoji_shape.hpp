// The shape of one emoji, whichever there are: what people react with. Which Unicode has, and what is drawn in colour,
// is for emoji/; a server must not refuse what a newer client offers. Pure functions over UTF-8.
#pragma once

#include <string_view>

namespace parley::text {

// One emoji and nothing else (UTS #51, 1.4.9: possible emoji): a picture with its selector or skin tone, up to
// four of them joined, a keycap, or a flag of two letters or of tags. Letters, digits and signs are none.
[[nodiscard]] bool is_shaped_like_emoji(std::string_view emoji);

}  // namespace parley::text
