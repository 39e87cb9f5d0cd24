#include "emoji/emoji.hpp"

#include <array>

#include "emoji/emoji_table.hpp"
#include "emoji/skin_tone.hpp"

namespace parley::emoji {

namespace {

constexpr std::array<std::string_view, 9> kTitles{"Smileys & Emotion", "People & Body",   "Animals & Nature",
                                                  "Food & Drink",      "Travel & Places", "Activities",
                                                  "Objects",           "Symbols",         "Flags"};

std::array<Section, kTitles.size()> make_sections() {
    std::array<Section, kTitles.size()> sections;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < sections.size(); ++i) {
        sections[i] = {static_cast<Category>(i), kTitles[i], begin, category_end(i)};
        begin = sections[i].end;
    }
    return sections;
}

Category category_of(std::size_t place) {
    std::size_t category = 0;
    while (place >= category_end(category)) ++category;
    return static_cast<Category>(category);
}

}  // namespace

std::size_t count() {
    return record_count();
}

Emoji at(std::size_t place) {
    const auto record = record_at(place);
    return {record.text, record.shortcodes.substr(0, record.shortcodes.find(' ')), record.shortcodes,
            category_of(place), record_has_skin_tones(place)};
}

std::span<const Section> sections() {
    static const auto kSections = make_sections();
    return kSections;
}

std::optional<Emoji> find(std::string_view shortcode) {
    const auto place = place_of_shortcode(shortcode);
    if (!place) return std::nullopt;
    return at(*place);
}

std::optional<Emoji> known(std::string_view text) {
    for (std::size_t place = 0; place < count(); ++place) {
        if (same_but_for_tones(record_at(place).text, text)) return at(place);
    }
    return std::nullopt;
}

}  // namespace parley::emoji
