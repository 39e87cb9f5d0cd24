#include "auth/look_alike.hpp"

#include <algorithm>
#include <array>

#include "auth/normal_form.hpp"

namespace parley::auth {

namespace {

struct Look {
    char32_t letter;
    const char* like;
};

// Sorted by letter. Case is folded before, so small letters stand here. One of Greek has the look of its capital where
// that is a Latin one: capitals are the same to the eye, and of small letters in a word some always tell.
constexpr auto kLooks = std::to_array<Look>({
    {U'0', "o"},    {U'1', "l"},   {U'5', "s"},   {U'i', "l"},   {U'|', "l"},  // ASCII
    {0x00E6, "ae"}, {0x00F8, "o"}, {0x0131, "l"}, {0x0142, "l"}, {0x0153, "oe"}, {0x0251, "a"}, {0x0261, "g"},
    {0x0268, "l"},  {0x026A, "l"}, {0x026F, "w"}, {0x028B, "u"}, {0x0299, "b"},  {0x029C, "h"}, {0x029F, "l"},  // Latin
    {0x03B1, "a"},  {0x03B2, "b"}, {0x03B3, "y"}, {0x03B5, "e"}, {0x03B6, "z"},  {0x03B7, "h"}, {0x03B9, "l"},
    {0x03BA, "k"},  {0x03BC, "m"}, {0x03BD, "n"}, {0x03BF, "o"}, {0x03C1, "p"},  {0x03C3, "o"}, {0x03C4, "t"},
    {0x03C5, "y"},  {0x03C7, "x"}, {0x03C9, "w"}, {0x03F2, "c"}, {0x03F3, "j"},  // Greek
    {0x0430, "a"},  {0x0432, "b"}, {0x0433, "r"}, {0x0435, "e"}, {0x043A, "k"},  {0x043C, "m"}, {0x043D, "h"},
    {0x043E, "o"},  {0x0440, "p"}, {0x0441, "c"}, {0x0442, "t"}, {0x0443, "y"},  {0x0445, "x"}, {0x044A, "b"},
    {0x044C, "b"},  {0x0455, "s"}, {0x0456, "l"}, {0x0458, "j"}, {0x04AF, "y"},  {0x04BB, "h"}, {0x04C0, "l"},
    {0x04CF, "l"},  {0x0501, "d"}, {0x051B, "q"}, {0x051D, "w"},  // Cyrillic
    {0x0561, "w"},  {0x0563, "q"}, {0x0566, "q"}, {0x0570, "h"}, {0x0578, "n"},  {0x057C, "n"}, {0x057D, "u"},
    {0x0581, "g"},  {0x0585, "o"},  // Armenian
    {0x13A0, "d"},  {0x13A1, "r"}, {0x13A2, "t"}, {0x13A9, "y"}, {0x13AA, "a"},  {0x13AB, "j"}, {0x13AC, "e"},
    {0x13B3, "w"},  {0x13B7, "m"}, {0x13BB, "h"}, {0x13C0, "g"}, {0x13C2, "h"},  {0x13C3, "z"}, {0x13CF, "b"},
    {0x13D2, "r"},  {0x13D9, "v"}, {0x13DA, "s"}, {0x13DE, "l"}, {0x13DF, "c"},  {0x13E2, "p"}, {0x13E6, "k"},
    {0x13F4, "b"},                                                               // Cherokee
    {0x2010, "-"},  {0x2011, "-"}, {0x2012, "-"}, {0x2013, "-"}, {0x2212, "-"},  // signs
    {0x2C81, "a"},  {0x2C83, "b"}, {0x2C89, "e"}, {0x2C8D, "z"}, {0x2C8F, "h"},  {0x2C93, "l"}, {0x2C95, "k"},
    {0x2C99, "m"},  {0x2C9B, "n"}, {0x2C9F, "o"}, {0x2CA3, "p"}, {0x2CA5, "c"},  {0x2CA7, "t"}, {0x2CA9, "y"},
    {0x2CAD, "x"},  // Coptic
    {0x3007, "o"},  // signs
    {0xA4D0, "b"},  {0xA4D1, "p"}, {0xA4D3, "d"}, {0xA4D4, "t"}, {0xA4D6, "g"},  {0xA4D7, "k"}, {0xA4D9, "j"},
    {0xA4DA, "c"},  {0xA4DC, "z"}, {0xA4DD, "f"}, {0xA4DF, "m"}, {0xA4E0, "n"},  {0xA4E1, "l"}, {0xA4E2, "s"},
    {0xA4E3, "r"},  {0xA4E6, "v"}, {0xA4E7, "h"}, {0xA4EA, "w"}, {0xA4EB, "x"},  {0xA4EC, "y"}, {0xA4EE, "a"},
    {0xA4F0, "e"},  {0xA4F2, "l"}, {0xA4F3, "o"}, {0xA4F4, "u"},  // Lisu
});
static_assert(std::is_sorted(kLooks.begin(), kLooks.end(),
                             [](const Look& a, const Look& b) { return a.letter < b.letter; }));

void append_look(std::string& text, char32_t point) {
    if (is_space(point)) {
        if (!text.empty() && text.back() != ' ') text += ' ';
        return;
    }
    const auto found = std::lower_bound(kLooks.begin(), kLooks.end(), point,
                                        [](const Look& look, char32_t p) { return look.letter < p; });
    if (found != kLooks.end() && found->letter == point) {
        text += found->like;
    } else {
        append(text, point);
    }
}

void replace_all(std::string& text, std::string_view pair, std::string_view like) {
    for (auto at = text.find(pair); at != std::string::npos; at = text.find(pair, at + like.size()))
        text.replace(at, pair.size(), like);
}

// "@here" and "(all)" call as loud as the word alone.
std::string without_signs_around(const std::string& look) {
    static constexpr std::string_view kSigns = " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{}~";
    const auto first = look.find_first_not_of(kSigns);
    return first == std::string::npos ? look : look.substr(first, look.find_last_not_of(kSigns) + 1 - first);
}

}  // namespace

std::string skeleton_of(std::string_view name) {
    std::string looks;
    for (const auto point : code_points(folded(name))) append_look(looks, point);
    while (!looks.empty() && looks.back() == ' ') looks.pop_back();
    replace_all(looks, "rn", "m");
    replace_all(looks, "vv", "w");
    return looks;
}

bool is_reserved(std::string_view name) {
    static constexpr auto kReserved =
        std::to_array<std::string_view>({"all", "anonymous", "channel", "everybody", "everyone", "here", "nobody",
                                         "parley", "room", "server", "system", "unknown"});
    const auto look = without_signs_around(skeleton_of(name));
    return std::any_of(kReserved.begin(), kReserved.end(),
                       [&](std::string_view word) { return skeleton_of(word) == look; });
}

}  // namespace parley::auth
