#include "emoji/emoji_table.hpp"

#include <algorithm>
#include <iterator>

namespace parley::emoji {

namespace {

struct Stretch {
    char32_t first;
    char32_t last;
};

#include "emoji_table.inc"

template <std::size_t N>
bool holds(const Stretch (&stretches)[N], char32_t c) {
    const auto* at = std::lower_bound(std::begin(stretches), std::end(stretches), c,
                                      [](const Stretch& stretch, char32_t value) { return stretch.last < value; });
    return at != std::end(stretches) && at->first <= c;
}

std::string_view shortcode_from(std::uint16_t begin) {
    const auto rest = kRecords.substr(begin);
    return rest.substr(0, rest.find_first_of(" \t"));
}

}  // namespace

std::size_t record_count() {
    return std::size(kStarts);
}

Record record_at(std::size_t place) {
    const auto line = kRecords.substr(kStarts[place], kRecords.find('\n', kStarts[place]) - kStarts[place]);
    const auto first = line.find('\t');
    const auto second = line.find('\t', first + 1);
    return {line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)};
}

bool record_has_skin_tones(std::size_t place) {
    return (kSkinTones[place / 8] >> (place % 8) & 1) != 0;
}

std::size_t category_end(std::size_t category) {
    return kCategoryEnds[category];
}

std::optional<std::size_t> place_of_shortcode(std::string_view shortcode) {
    const auto* at =
        std::lower_bound(std::begin(kShortcodes), std::end(kShortcodes), shortcode,
                         [](std::uint16_t begin, std::string_view code) { return shortcode_from(begin) < code; });
    if (at == std::end(kShortcodes) || shortcode_from(*at) != shortcode) return std::nullopt;
    const auto* after = std::upper_bound(std::begin(kStarts), std::end(kStarts), *at);
    return static_cast<std::size_t>(after - std::begin(kStarts)) - 1;
}

bool is_region(std::string_view letters) {
    if (letters.size() != 2) return false;
    for (std::size_t at = 0; at < kRegions.size(); at += 2)
        if (kRegions.substr(at, 2) == letters) return true;
    return false;
}

bool is_colourful(char32_t c) {
    return holds(kColourful, c);
}
bool is_picture(char32_t c) {
    return holds(kPictures, c);
}
bool takes_tone(char32_t c) {
    return holds(kTakesTone, c);
}

}  // namespace parley::emoji
