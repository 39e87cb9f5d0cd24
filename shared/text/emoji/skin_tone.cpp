#include "emoji/skin_tone.hpp"

#include <algorithm>
#include <string>

#include "emoji/emoji.hpp"
#include "emoji/emoji_table.hpp"
#include "text/utf8.hpp"

namespace parley::emoji {

namespace {

// Takes the first character off, or the first byte where it is none of UTF-8.
struct Character {
    char32_t value = 0;
    std::string_view bytes;
};
Character take_character(std::string_view& text) {
    const auto point = text::code_point_at(text, 0);
    const auto bytes = text.substr(0, std::max<std::size_t>(point.bytes, 1));
    text.remove_prefix(bytes.size());
    return {point.value, bytes};
}

// The next one that is neither a tone nor a selector; nothing at the end.
std::string_view take_telling(std::string_view& text) {
    while (!text.empty()) {
        const auto character = take_character(text);
        if (!is_tone(character.value) && character.value != kSelector) return character.bytes;
    }
    return {};
}

// UTF-8 of U+1F3FB to U+1F3FF.
std::string bytes_of(SkinTone tone) {
    return std::string("\xF0\x9F\x8F") + static_cast<char>(0xBA + static_cast<int>(tone));
}

}  // namespace

bool same_but_for_tones(std::string_view one, std::string_view other) {
    while (true) {
        const auto character = take_telling(one);
        if (character != take_telling(other)) return false;
        if (character.empty()) return true;
    }
}

std::string with_skin_tone(const Emoji& emoji, SkinTone tone) {
    if (tone == SkinTone::none || !emoji.has_skin_tones) return std::string(emoji.text);
    std::string toned;
    bool just_toned = false;
    for (auto rest = emoji.text; !rest.empty();) {
        const auto character = take_character(rest);
        if (character.value == kSelector && just_toned) continue;  // the tone asks for the colourful look by itself
        toned += character.bytes;
        just_toned = takes_tone(character.value);
        if (just_toned) toned += bytes_of(tone);
    }
    return toned;
}

std::string with_skin_tone(std::string_view emoji, SkinTone tone) {
    const auto plain = known(emoji);
    return plain && plain->has_skin_tones ? with_skin_tone(*plain, tone) : std::string(emoji);
}

}  // namespace parley::emoji
