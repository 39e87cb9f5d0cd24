#include "auth/shown_names.hpp"

#include <algorithm>
#include <array>

#include "auth/look_alike.hpp"
#include "auth/normal_form.hpp"
#include "text/names.hpp"

namespace parley::auth {

namespace {

// Those whose letters look like Latin ones, and Latin. Of the others nobody mistakes a letter in a word for one of
// these.
enum class Script {
    none,
    latin,
    greek,
    cyrillic,
    armenian,
    cherokee,
    coptic,
    lisu,
    syllabics,
    tifinagh,
    runes,
    ancient
};

struct Block {
    char32_t first;
    char32_t last;
    Script script;
};

// Sorted. Case and style were folded before. What is no letter in a block does no harm.
constexpr auto kBlocks = std::to_array<Block>({
    {U'a', U'z', Script::latin},         {0x00DF, 0x00F6, Script::latin},     {0x00F8, 0x02AF, Script::latin},
    {0x0370, 0x03E1, Script::greek},     {0x03E2, 0x03EF, Script::coptic},    {0x03F0, 0x03FF, Script::greek},
    {0x0400, 0x052F, Script::cyrillic},  {0x0530, 0x058F, Script::armenian},  {0x13A0, 0x13FF, Script::cherokee},
    {0x1400, 0x167F, Script::syllabics}, {0x1680, 0x16FF, Script::runes},     {0x18B0, 0x18FF, Script::syllabics},
    {0x1C80, 0x1C8F, Script::cyrillic},  {0x1D00, 0x1D25, Script::latin},     {0x1D26, 0x1D2A, Script::greek},
    {0x1D2B, 0x1D2B, Script::cyrillic},  {0x1D6B, 0x1D9A, Script::latin},     {0x1E00, 0x1EFF, Script::latin},
    {0x1F00, 0x1FFF, Script::greek},     {0x2C60, 0x2C7F, Script::latin},     {0x2C80, 0x2CFF, Script::coptic},
    {0x2D30, 0x2D7F, Script::tifinagh},  {0x2DE0, 0x2DFF, Script::cyrillic},  {0xA4D0, 0xA4FF, Script::lisu},
    {0xA640, 0xA69F, Script::cyrillic},  {0xA722, 0xA7FF, Script::latin},     {0xAB30, 0xAB64, Script::latin},
    {0xAB65, 0xAB65, Script::greek},     {0xAB66, 0xAB6F, Script::latin},     {0xAB70, 0xABBF, Script::cherokee},
    {0x10280, 0x1057F, Script::ancient}, {0x10920, 0x1093F, Script::ancient}, {0x118A0, 0x118FF, Script::ancient},
    {0x16E40, 0x16F9F, Script::ancient}, {0x1DF00, 0x1DFFF, Script::latin},   {0x1E030, 0x1E08F, Script::cyrillic},
});
static_assert(std::is_sorted(kBlocks.begin(), kBlocks.end(),
                             [](const Block& a, const Block& b) { return a.last < b.first; }));

Script script_of(char32_t point) {
    const auto found = std::lower_bound(kBlocks.begin(), kBlocks.end(), point,
                                        [](const Block& block, char32_t p) { return block.last < p; });
    return found != kBlocks.end() && found->first <= point ? found->script : Script::none;
}

bool mixes_scripts(std::string_view name, bool (*ends_word)(char32_t)) {
    auto script = Script::none;
    for (const auto point : code_points(folded(name))) {
        const auto next = script_of(point);
        if (ends_word(point)) {
            script = Script::none;
        } else if (next != Script::none) {
            if (script != Script::none && script != next) return true;
            script = next;
        }
    }
    return false;
}

bool ends_word_of_nick(char32_t point) {
    const bool is_letter = point >= U'a' && point <= U'z';
    const bool is_digit = point >= U'0' && point <= U'9';
    return is_space(point) || (point < 0x80 && !is_letter && !is_digit);
}

bool begins_with_mark(std::string_view name) {
    const auto points = code_points(name);
    return !points.empty() && is_mark(points.front());
}

// Letters that NFKC takes apart, and that there is no other way to write: the Armenian and, the am of Thai and Lao,
// letters of Kazakh in Arabic, ho of Lao, the letters of Korean one by one.
bool is_styled_by_need(char32_t point) {
    static constexpr auto kLetters = std::to_array<std::array<char32_t, 2>>({{0x0587, 0x0587},
                                                                             {0x0675, 0x0678},
                                                                             {0x0E33, 0x0E33},
                                                                             {0x0EB3, 0x0EB3},
                                                                             {0x0EDC, 0x0EDD},
                                                                             {0x3131, 0x3163},
                                                                             {0x3165, 0x318E}});
    return std::any_of(kLetters.begin(), kLetters.end(),
                       [&](const auto& range) { return point >= range[0] && point <= range[1]; });
}

bool has_styled_letters(std::string_view name) {
    const auto points = code_points(name);
    return std::any_of(points.begin(), points.end(),
                       [](char32_t point) { return is_styled(point) && !is_styled_by_need(point); });
}

}  // namespace

bool may_be_nick(std::string_view nick) {
    return text::is_nick(nick) && !is_reserved(nick) && !begins_with_mark(nick) &&
           !mixes_scripts(nick, ends_word_of_nick) && !skeleton_of(nick).empty();
}

std::optional<RoomName> room_name_of(std::string_view asked) {
    const auto name = composed(asked);
    const auto never = [](char32_t) { return false; };
    if (!text::is_room_name(name) || begins_with_mark(name) || has_styled_letters(name) || mixes_scripts(name, never))
        return std::nullopt;
    return RoomName::from(name);
}

}  // namespace parley::auth
