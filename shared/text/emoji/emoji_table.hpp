// The table as the generator writes it, and ways through it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace parley::emoji {

// One emoji: "TEXT\tSHORTCODE SHORTCODE\tKEYWORD KEYWORD", in small letters.
struct Record {
    std::string_view text;
    std::string_view shortcodes;
    std::string_view keywords;
};

[[nodiscard]] std::size_t record_count();
[[nodiscard]] Record record_at(std::size_t place);
[[nodiscard]] bool record_has_skin_tones(std::size_t place);
// The place behind the last one of a category; categories by their number.
[[nodiscard]] std::size_t category_end(std::size_t category);
[[nodiscard]] std::optional<std::size_t> place_of_shortcode(std::string_view shortcode);

// Two small letters that are a country's or a region's and have a flag.
[[nodiscard]] bool is_region(std::string_view letters);

// Properties of UTS #51, beyond ASCII.
[[nodiscard]] bool is_colourful(char32_t c);  // Emoji_Presentation
[[nodiscard]] bool is_picture(char32_t c);    // Emoji
[[nodiscard]] bool takes_tone(char32_t c);    // Emoji_Modifier_Base

inline constexpr char32_t kFirstTone = 0x1F3FB;
inline constexpr char32_t kLastTone = 0x1F3FF;
[[nodiscard]] constexpr bool is_tone(char32_t c) {
    return c >= kFirstTone && c <= kLastTone;
}
inline constexpr char32_t kSelector = 0xFE0F;  // asks for the colourful look
inline constexpr char32_t kJoiner = 0x200D;

}  // namespace parley::emoji
