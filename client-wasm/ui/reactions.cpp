#include "ui/reactions.hpp"

#include <algorithm>

namespace parley::ui {

namespace {

constexpr float kChip = 26;
constexpr float kGap = 6;
constexpr float kMore = 32;
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

float chip_width(const Painter& paint, const Reaction& reaction) {
    return paint.type.width(reaction.emoji.view(), kEmoji) +
           paint.type.width(std::to_string(reaction.users.size()), type::kSmallStrong) + 23;
}

// Calls place(reaction, chip) for each and at last for none, line by line, from this corner on; returns the height of
// all lines.
template <class Place>
float each_chip(const Scene& scene, const Message& message, const Rect& strip, Place place) {
    if (message.reactions.empty()) return 0;
    float x = strip.x;
    float y = strip.y + 2;
    for (const auto& reaction : message.reactions) {
        const float width = chip_width(scene.paint, reaction);
        if (x > strip.x && x + width > strip.right()) {
            x = strip.x;
            y += kChip + kGap;
        }
        place(&reaction, Rect{x, y, width, kChip});
        x += width + kGap;
    }
    if (x > strip.x && x + kMore > strip.right()) {
        x = strip.x;
        y += kChip + kGap;
    }
    place(nullptr, Rect{x, y, kMore, kChip});
    return y + kChip + 4 - strip.y;
}

void draw_chip(const Scene& scene, const Message& message, const Reaction& reaction, const Rect& chip) {
    const Painter& paint = scene.paint;
    const bool mine = is_mine(scene, reaction);
    const auto words = words_of(scene, reaction);
    const auto label = reaction.emoji.str() + " " + std::to_string(reaction.users.size());
    const Control what{.name = words,
                       .value = label,
                       .detail = words,
                       .state = mine ? std::uint16_t{kPressed} : std::uint16_t{kUnpressed},
                       .radius = kChip / 2};
    const NodeId id = node_id(paint.semantics.parent(), reaction.emoji.view());
    if (paint.control(id, chip, what, [&](const Hit& hit) { paint_chip(scene, reaction, chip, mine, hit.hovered); }))
        scene.want(intent::React{scene.screen.open, message.ordinal, reaction.emoji.str(), !mine});
}

// Behind them: one that is not among them.
void draw_more(const Scene& scene, const Message& message, const Rect& chip) {
    const Painter& paint = scene.paint;
    const Control what{.name = "Add a reaction", .value = kNoText, .detail = "Add a reaction", .radius = kChip / 2};
    const bool used = paint.control(node_id(paint.semantics.parent(), "more"), chip, what, [&](const Hit& hit) {
        paint.fill(chip, hit.hovered ? Colour::hover : Colour::panel, kChip / 2);
        paint.outline(chip, Colour::line, kChip / 2);
        paint.icon(Icon::smile, {chip.x + chip.w / 2, chip.y + chip.h / 2}, 16, Colour::text_soft);
    });
    if (!used) return;
    scene.screen.show_dialog(Dialog::emoji);
    scene.screen.emoji.reacting = message.ordinal;
}

}  // namespace

float reactions_height(const Scene& scene, const Message& message, float width) {
    return each_chip(scene, message, {0, 0, width, 0}, [](const Reaction*, const Rect&) {});
}

void draw_reactions(const Scene& scene, const Message& message, const Rect& strip) {
    each_chip(scene, message, strip, [&](const Reaction* reaction, const Rect& chip) {
        if (reaction != nullptr)
            draw_chip(scene, message, *reaction, chip);
        else
            draw_more(scene, message, chip);
    });
}

}  // namespace parley::ui
