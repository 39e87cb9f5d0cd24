#include "text/names.hpp"

#include <algorithm>
#include <array>

#include "text/utf8.hpp"

namespace parley::text {

namespace {

constexpr std::size_t kAccountNameLongest = 32;
constexpr std::size_t kNickLongest = 32;
constexpr std::size_t kStatusLongest = 100;
constexpr std::size_t kRoomNameLongest = 48;
constexpr std::size_t kRoomTopicLongest = 200;

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kSelector = 0xFE0F;  // asks for the colourful look

struct Range {
    char32_t first;
    char32_t last;
};

template <std::size_t Count>
bool is_in(char32_t code_point, const std::array<Range, Count>& ranges) {
    return std::any_of(ranges.begin(), ranges.end(),
                       [&](const Range& range) { return code_point >= range.first && code_point <= range.last; });
}

bool is_control(char32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

// What has no meaning but by agreement: it draws a box, or nothing.
bool is_private(char32_t c) {
    return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

// Shows something in a name by itself.
bool draws(char32_t c) {
    return !is_control(c) && !is_invisible_or_bidi(c) && !is_white_space(c) && !is_private(c);
}

bool is_small_letter(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// Punctuation and symbols of ASCII and Latin-1 and the general blocks: a room name is a word.
bool is_room_name_character(char32_t c) {
    if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (!draws(c)) return false;
    static constexpr std::array<Range, 8> kNotLetters{{{0x80, 0xA9},
                                                       {0xAB, 0xB4},
                                                       {0xB6, 0xB9},
                                                       {0xBB, 0xBF},
                                                       {0xD7, 0xD7},
                                                       {0xF7, 0xF7},
                                                       {0x2000, 0x2BFF},
                                                       {0x3000, 0x3004}}};
    return !is_in(c, kNotLetters);
}

// Whether every code point of the text passes, and there are 1 to `longest` of them.
template <class Passes>
bool is_word(std::string_view text, std::size_t longest, Passes passes) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = code_point_at(text, at);
        if (point.bytes == 0 || ++count > longest || !passes(point.value)) return false;
        at += point.bytes;
    }
    return count > 0;
}

}  // namespace

bool is_white_space(char32_t c) {
    static constexpr std::array<Range, 10> kSpaces{{{0x09, 0x0D},
                                                    {0x20, 0x20},
                                                    {0x85, 0x85},
                                                    {0xA0, 0xA0},
                                                    {0x1680, 0x1680},
                                                    {0x2000, 0x200A},
                                                    {0x2028, 0x2029},
                                                    {0x202F, 0x202F},
                                                    {0x205F, 0x205F},
                                                    {0x3000, 0x3000}}};
    return is_in(c, kSpaces);
}

bool is_invisible_or_bidi(char32_t c) {
    static constexpr auto kHidden = std::to_array<Range>(
        {{0xAD, 0xAD},       {0x034F, 0x034F},   {0x061C, 0x061C},   {0x070F, 0x070F},   {0x115F, 0x1160},
         {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x202A, 0x202E},   {0x2060, 0x206F},
         {0x2800, 0x2800},   {0x3164, 0x3164},   {0xFDD0, 0xFDEF},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
         {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFC},   {0x13430, 0x13442}, {0x16FE4, 0x16FE4}, {0x1BCA0, 0x1BCA3},
         {0x1D159, 0x1D159}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}});
    const bool is_no_character = (c & 0xFFFE) == 0xFFFE;
    return is_no_character || is_in(c, kHidden);
}

bool is_account_name(std::string_view name) {
    if (name.size() < 2 || name.size() > kAccountNameLongest || !is_small_letter(name.front())) return false;
    if (!is_small_letter(name.back()) && !is_digit(name.back())) return false;
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return is_small_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-'; });
}

// The zero-width joiner holds emoji families together, the selector gives them colour: both stand behind what they
// shape. A joiner between letters is refused with the look-alikes.
bool is_nick(std::string_view nick) {
    char32_t before = ' ';
    const auto stands = [&](char32_t c) {
        const bool has_base = draws(before) || (c == kJoiner && before == kSelector);
        before = c;
        return c == ' ' || draws(c) || ((c == kJoiner || c == kSelector) && has_base);
    };
    return is_word(nick, kNickLongest, stands) && nick.front() != ' ' && nick.back() != ' ';
}

// Emoji and every script: a joiner or a selector may stand in it, what turns the direction of the page may not.
bool is_status(std::string_view status) {
    const auto is_of_text = [](char32_t c) {
        const bool joins = c == kJoiner || c == 0x200C || c == kSelector || (c >= 0xE0020 && c <= 0xE007F);
        return joins || (!is_control(c) && !is_invisible_or_bidi(c) && (c == ' ' || !is_white_space(c)));
    };
    return is_word(status, kStatusLongest, is_of_text) && !is_blank(status) && status.front() != ' ' &&
           status.back() != ' ';
}

bool is_room_name(std::string_view name) {
    return is_word(name, kRoomNameLongest, is_room_name_character);
}

bool is_room_topic(std::string_view topic) {
    return topic.empty() ||
           (is_word(topic, kRoomTopicLongest, [](char32_t c) { return !is_control(c); }) && !is_blank(topic));
}

bool is_blank(std::string_view message) {
    return message.empty() ||
           is_word(message, message.size(), [](char32_t c) { return is_white_space(c) || is_invisible_or_bidi(c); });
}

bool has_forbidden_controls(std::string_view message) {
    return std::any_of(message.begin(), message.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F;
    });
}

}  // namespace parley::text
