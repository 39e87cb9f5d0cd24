// Unicode's normal forms, for the rules about names. The one unit that asks utf8proc for them. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley::auth {

// NFC: the same letters, each written in its one way. Empty for what is not UTF-8.
[[nodiscard]] std::string composed(std::string_view name);
// NFKC with case folding, without what draws nothing: what is left of letters when style and case are taken off.
[[nodiscard]] std::string folded(std::string_view name);

[[nodiscard]] std::vector<char32_t> code_points(std::string_view text);
void append(std::string& text, char32_t point);

[[nodiscard]] bool is_space(char32_t point);
// A letter's accent, a vowel's sign: it stands on what is before it.
[[nodiscard]] bool is_mark(char32_t point);
// Another look of something else, which NFKC makes of it: fullwidth, mathematical, raised, a ligature.
[[nodiscard]] bool is_styled(char32_t point);

}  // namespace parley::auth
