#include "auth/look_alike.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <vector>

namespace parley::auth {

namespace {

struct Look {
    char32_t letter;
    const char* like;
};

// Sorted by letter. Case is folded before, so small letters stand here; a capital that looks like another letter than
// its small form does (Greek nu and its capital N) is given the look of the small form.
constexpr auto kLooks = std::to_array<Look>({
    {U'0', "o"},    {U'1', "l"},   {U'5', "s"},   {U'i', "l"},   {U'|', "l"},  // ASCII
    {0x00E6, "ae"}, {0x00F8, "o"}, {0x0131, "l"}, {0x0142, "l"}, {0x0153, "oe"}, {0x0251, "a"}, {0x0261, "g"},
    {0x0268, "l"},  // Latin
    {0x026A, "l"},  {0x026F, "w"}, {0x028B, "u"}, {0x0299, "b"}, {0x029C, "h"},  {0x029F, "l"}, {0x03B1, "a"},
    {0x03B3, "y"},  {0x03B5, "e"}, {0x03B9, "l"}, {0x03BA, "k"}, {0x03BD, "v"},  {0x03BF, "o"}, {0x03C1, "p"},  // Greek
    {0x03C3, "o"},  {0x03C4, "t"}, {0x03C5, "u"}, {0x03C7, "x"}, {0x03C9, "w"},  {0x03F2, "c"}, {0x03F3, "j"},
    {0x0430, "a"},  {0x0432, "b"}, {0x0433, "r"}, {0x0435, "e"}, {0x043A, "k"},  {0x043C, "m"}, {0x043D, "h"},
    {0x043E, "o"},  // Cyrillic
    {0x0440, "p"},  {0x0441, "c"}, {0x0442, "t"}, {0x0443, "y"}, {0x0445, "x"},  {0x044A, "b"}, {0x044C, "b"},
    {0x0455, "s"},  {0x0456, "l"}, {0x0458, "j"}, {0x04AF, "y"}, {0x04BB, "h"},  {0x04C0, "l"}, {0x04CF, "l"},
    {0x0501, "d"},  {0x051B, "q"}, {0x051D, "w"}, {0x0561, "w"}, {0x0563, "q"},  {0x0566, "q"}, {0x0570, "h"},
    {0x0578, "n"},  {0x057C, "n"}, {0x057D, "u"}, {0x0581, "g"},  // Armenian
    {0x0585, "o"},  {0x13A0, "d"}, {0x13A1, "r"}, {0x13A2, "t"}, {0x13A9, "y"},  {0x13AA, "a"}, {0x13AB, "j"},
    {0x13AC, "e"},  {0x13B3, "w"},  // Cherokee
    {0x13B7, "m"},  {0x13BB, "h"}, {0x13C0, "g"}, {0x13C2, "h"}, {0x13C3, "z"},  {0x13CF, "b"}, {0x13D2, "r"},
    {0x13D9, "v"},  {0x13DA, "s"}, {0x13DE, "l"}, {0x13DF, "c"}, {0x13E2, "p"},  {0x13E6, "k"}, {0x13F4, "b"},
    {0x2010, "-"},  {0x2011, "-"}, {0x2012, "-"}, {0x2013, "-"}, {0x2212, "-"},  {0x3007, "o"},  // signs
});
static_assert(std::is_sorted(kLooks.begin(), kLooks.end(),
                             [](const Look& a, const Look& b) { return a.letter < b.letter; }));

std::string folded(std::string_view name) {
    utf8proc_uint8_t* mapped = nullptr;
    constexpr auto kOptions =
        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPCC;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()), static_cast<utf8proc_ssize_t>(name.size()),
                     &mapped, static_cast<utf8proc_option_t>(kOptions));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
    return size < 0 ? std::string()
                    : std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
}

std::vector<char32_t> code_points(const std::string& text) {
    std::vector<char32_t> points;
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    for (auto left = static_cast<utf8proc_ssize_t>(text.size()); left > 0;) {
        utf8proc_int32_t point = 0;
        const auto size = utf8proc_iterate(at, left, &point);
        if (size <= 0) break;
        points.push_back(static_cast<char32_t>(point));
        at += size;
        left -= size;
    }
    return points;
}

void append(std::string& text, char32_t point) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes.data());
    text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

bool is_space(char32_t point) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(point)) == UTF8PROC_CATEGORY_ZS || point == U' ';
}

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
    const auto look = skeleton_of(name);
    return std::any_of(kReserved.begin(), kReserved.end(),
                       [&](std::string_view word) { return skeleton_of(word) == look; });
}

}  // namespace parley::auth
