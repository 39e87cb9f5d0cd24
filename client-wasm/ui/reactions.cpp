#include "ui/reactions.hpp"

#include <algorithm>

namespace parley::ui {

namespace {

constexpr float kChip = 26;
constexpr float kGap = 6;
constexpr std::size_t kNamed = 5;
constexpr TextStyle kEmoji{15, 22};

// "👍 by Ana, Bo and 3 others"
std::string words_of(const Scene& scene, const Reaction& reaction) {
    std::string words = reaction.emoji.str() + " by ";
    std::size_t named = 0;
    for (const UserId user : reaction.users) {
        if (named == kNamed) break;
        words += (named++ == 0 ? "" : ", ") + std::string(user == scene.chat.self ? "you" : scene.nick_of(user));
    }
    const auto others = reaction.users.size() - named;
    return others == 0 ? words : words + " and " + std::to_string(others) + " others";
}

bool is_mine(const Scene& scene, const Reaction& reaction) {
    return std::find(reaction.users.begin(), reaction.users.end(), scene.chat.self) != reaction.users.end();
}

void paint_chip(const Scene& scene, const Reaction& reaction, const Rect& chip, bool mine, bool lit) {
    const Painter& paint = scene.paint;
    paint.fill(chip, mine ? Colour::selected : lit ? Colour::hover : Colour::panel, kChip / 2);
    paint.outline(chip, mine ? Colour::accent : Colour::line, kChip / 2);
    const float width = paint.text({chip.x + 9, chip.y + 2}, kEmoji, Colour::text, reaction.emoji.view());
    paint.text({chip.x + 9 + width + 5, chip.y + 4}, type::kSmallStrong,
               mine ? Colour::accent_strong : Colour::text_soft, std::to_string(reaction.users.size()));
}

}  // namespace

void draw_reactions(const Scene& scene, const Message& message, const Rect& strip) {
    const Painter& paint = scene.paint;
    float x = strip.x;
    for (const auto& reaction : message.reactions) {
        const float width = paint.type.width(reaction.emoji.view(), kEmoji) +
                            paint.type.width(std::to_string(reaction.users.size()), type::kSmallStrong) + 23;
        if (x + width > strip.right()) break;  // what has no room is in the mirror of nobody: the bar offers all
        const bool mine = is_mine(scene, reaction);
        const Rect chip{x, strip.y + 2, width, kChip};
        const auto words = words_of(scene, reaction);
        const auto label = reaction.emoji.str() + " " + std::to_string(reaction.users.size());
        const Control what{.name = words,
                           .value = label,
                           .detail = words,
                           .state = mine ? std::uint16_t{kPressed} : std::uint16_t{kUnpressed},
                           .radius = kChip / 2};
        const NodeId id = node_id(paint.semantics.parent(), reaction.emoji.view());
        if (paint.control(id, chip, what,
                          [&](const Hit& hit) { paint_chip(scene, reaction, chip, mine, hit.hovered); }))
            scene.want(intent::React{scene.screen.open, message.ordinal, reaction.emoji.str(), !mine});
        x += width + kGap;
    }
}

}  // namespace parley::ui
