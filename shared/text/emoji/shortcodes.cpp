#include <algorithm>
#include <array>

#include "emoji/emoji.hpp"
#include "emoji/emoji_table.hpp"
#include "emoji/replacing.hpp"
#include "protocol/limits.hpp"

namespace parley::emoji {

namespace {

struct Replacement {
    std::size_t size = 0;
    std::string emoji;
};

bool is_in_shortcode(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '+';
}

bool is_word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<signed char>(c) < 0;
}

// The name between the colon at words[at] and the next one, or nothing.
std::string_view name_at(std::string_view words, std::size_t at) {
    const auto begin = at + 1;
    auto end = begin;
    while (end < words.size() && end - begin <= limits::kShortcode && is_in_shortcode(words[end])) ++end;
    return end < words.size() && words[end] == ':' ? words.substr(begin, end - begin) : std::string_view();
}

// "flag-de", "flag_de": two regional indicators, U+1F1E6 for "a".
std::optional<std::string> flag_of(std::string_view name) {
    if (!name.starts_with("flag-") && !name.starts_with("flag_")) return std::nullopt;
    const auto letters = name.substr(5);
    if (!is_region(letters)) return std::nullopt;
    std::string flag;
    for (const char letter : letters) flag += std::string("\xF0\x9F\x87") + static_cast<char>(0xA6 + (letter - 'a'));
    return flag;
}

// "wave_tone3": the tones as Discord counts them, from 1.
std::optional<std::string> toned(std::string_view name) {
    constexpr std::string_view kTone = "_tone";
    if (name.size() <= kTone.size() || !name.substr(0, name.size() - 1).ends_with(kTone)) return std::nullopt;
    const int tone = name.back() - '0';
    const auto plain = find(name.substr(0, name.size() - 1 - kTone.size()));
    if (tone < 1 || tone > 5 || !plain || !plain->has_skin_tones) return std::nullopt;
    return with_skin_tone(*plain, static_cast<SkinTone>(tone));
}

// "skin-tone-3" right behind a shortcode: as Slack counts them, by Fitzpatrick's types 2 to 6.
SkinTone tone_behind(std::string_view words, std::size_t at) {
    constexpr std::string_view kTone = ":skin-tone-";
    const auto rest = words.substr(std::min(at, words.size()), kTone.size() + 2);
    if (rest.size() < kTone.size() + 2 || !rest.starts_with(kTone) || rest.back() != ':') return SkinTone::none;
    const int type = rest[kTone.size()] - '0';
    return type >= 2 && type <= 6 ? static_cast<SkinTone>(type - 1) : SkinTone::none;
}

Replacement shortcode_at(std::string_view words, std::size_t at) {
    if (words[at] != ':' || (at > 0 && is_word_character(words[at - 1]))) return {};
    const auto name = name_at(words, at);
    auto emoji = text_of_shortcode(name);
    if (!emoji) return {};
    const auto size = name.size() + 2;
    const auto tone = tone_behind(words, at + size);
    const auto plain = find(name);
    if (tone == SkinTone::none || !plain) return {size, std::move(*emoji)};
    return {size + std::string_view(":skin-tone-2:").size(), with_skin_tone(*plain, tone)};
}

}  // namespace

std::optional<std::string> text_of_shortcode(std::string_view shortcode) {
    if (shortcode.empty() || shortcode.size() > limits::kShortcode) return std::nullopt;
    if (const auto emoji = find(shortcode)) return std::string(emoji->text);
    if (auto emoji = toned(shortcode)) return emoji;
    return flag_of(shortcode);
}

std::string with_shortcodes_replaced(std::string_view source) {
    return with_words_replaced(source, shortcode_at);
}

}  // namespace parley::emoji
