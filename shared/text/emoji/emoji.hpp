// Emoji: which there are, what they are called, and what of a text is one. A message holds Unicode; shortcodes and
// emoticons become it when they are sent.
//
// The list is Unicode's without the flags of countries, made at build time (toolchains/emoji_table.py); shortcodes are
// gemoji's with a few of Slack's and Discord's. Constant data and pure functions, from any thread. Text is UTF-8.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley::emoji {

enum class Category : std::uint8_t { smileys, people, nature, food, travel, activities, objects, symbols, flags };

struct Emoji {
    std::string_view text;
    std::string_view shortcode;   // the first of them, without colons
    std::string_view shortcodes;  // all, with blanks between
    Category category = Category::smileys;
    bool has_skin_tones = false;
};

// --- the list, in the order of a picker
[[nodiscard]] std::size_t count();
// REQUIRES: place < count().
[[nodiscard]] Emoji at(std::size_t place);

struct Section {
    Category category = Category::smileys;
    std::string_view title;  // English
    std::size_t begin = 0;   // places
    std::size_t end = 0;
};
[[nodiscard]] std::span<const Section> sections();

// --- finding one
// "tada", without colons.
[[nodiscard]] std::optional<Emoji> find(std::string_view shortcode);
// What it is, in any skin tone, with or without the sign for its colourful look: "👋🏽" is wave.
[[nodiscard]] std::optional<Emoji> known(std::string_view text);
// Those with each of the words at the beginning of a word of their shortcodes or keywords, at most `limit`. First those
// of this shortcode, then those whose shortcode begins so, then by how well the worst word fits; equal ones in their
// order.
[[nodiscard]] std::vector<Emoji> search(std::string_view words, std::size_t limit);

// --- skin tones
enum class SkinTone : std::uint8_t { none, light, medium_light, medium, medium_dark, dark };

// In this tone; of emoji without skin tones, itself.
[[nodiscard]] std::string with_skin_tone(const Emoji& emoji, SkinTone tone);
// Likewise, of one that has a tone already too; of what is not known, itself.
[[nodiscard]] std::string with_skin_tone(std::string_view emoji, SkinTone tone);

// --- in a text
// How many bytes at text[at] are one emoji as it would be drawn in colour (UTS #51, with sequences that Unicode may
// add), or 0. A character that is text unless asked, like "❤" alone, is none. REQUIRES: at < text.size().
[[nodiscard]] std::size_t sequence_length(std::string_view text, std::size_t at);
[[nodiscard]] bool is_emoji_sequence(std::string_view text);

// How many emoji a text is, if it is 1 to limits::kEmojiDrawnLarge of them and white space: drawn large. Otherwise 0.
[[nodiscard]] std::size_t count_if_only_emoji(std::string_view text);

// What stands for a shortcode, without colons, with a tone as Discord writes it or a country's flag: "tada",
// "wave_tone3", "flag-de", "flag_de".
[[nodiscard]] std::optional<std::string> text_of_shortcode(std::string_view shortcode);

// A source (markup/markup.hpp) on its way out: ":tada:", ":wave_tone3:" and ":wave::skin-tone-3:" become Unicode. Not
// in code, not in an address, not in a word ("10:100:1"), not behind a backslash; unknown ones stay.
[[nodiscard]] std::string with_shortcodes_replaced(std::string_view source);

struct Emoticon {
    std::string_view text;
    std::string_view emoji;
};
// The one that stands at text[at], apart from words: ":)" at the end, before a blank or the end of a sentence. nullptr
// where none does. REQUIRES: at < text.size().
[[nodiscard]] const Emoticon* emoticon_at(std::string_view text, std::size_t at);
// Likewise of a source, for those who want it.
[[nodiscard]] std::string with_emoticons_replaced(std::string_view source);

}  // namespace parley::emoji
