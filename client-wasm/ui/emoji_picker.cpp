#include "ui/emoji_picker.hpp"

#include <algorithm>
#include <cmath>

#include "composing/emoji_grid.hpp"
#include "ui/dialogs.hpp"

namespace parley::ui {

namespace {

using composing::EmojiGrid;

constexpr float kCell = 39;
constexpr float kHeading = 28;
constexpr float kTab = 34;
constexpr float kHeadings = 10;
constexpr float kFoot = 46;
constexpr TextStyle kGlyph{24, 32};
constexpr TextStyle kTabGlyph{18, 26};

// How the grid stands in its list.
struct Place {
    Rect list;
    float cell;  // the side of one
    std::size_t columns;
};

float height_of(const EmojiGrid::Row& row, const Place& place) {
    return row.begin == row.end ? kHeading : place.cell;
}

// From the top of the grid to that of a row.
float top_of(const EmojiGrid& grid, std::size_t row, const Place& place) {
    float top = 0;
    for (std::size_t i = 0; i < row; ++i) top += height_of(grid.rows()[i], place);
    return top;
}

void choose(const Scene& scene, const std::string& text) {
    Screen& screen = scene.screen;
    screen.emoji.habits.use(text);
    scene.want(intent::KeepEmojiHabits{screen.emoji.habits.kept()});
    if (const auto message = std::exchange(screen.emoji.reacting, std::nullopt))
        scene.want(intent::React{screen.dialog_room, *message, text});
    else
        screen.emoji.chosen = text;
    screen.dialog = Dialog::none;
}

void draw_glyph(const Painter& paint, const Rect& rect, TextStyle style, std::string_view text) {
    paint.type.draw_centred(paint.list(), rect, style, paint.theme(Colour::text), text);
}

std::string words_of(std::string_view shortcode) {
    std::string words(shortcode);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

void draw_cell(const Scene& scene, const EmojiGrid& grid, std::size_t cell, const Rect& rect) {
    const Painter& paint = scene.paint;
    const std::string text = grid.text(cell);
    const std::string name = words_of(grid.emoji(cell).shortcode);
    const bool chosen = cell == scene.screen.dialog_choice;
    const Control what{.role = Role::option,
                       .name = name,
                       .value = text,
                       .state = chosen ? std::uint16_t{kSelected} : std::uint16_t{0}};
    const NodeId id = node_id(node_id(paint.semantics.parent(), "cell"), std::uint64_t{cell});
    const bool used = paint.control(id, rect, what, [&](const Hit& hit) {
        if (chosen || hit.hovered) paint.fill(rect, chosen ? Colour::selected : Colour::hover, what.radius);
        if (chosen) paint.outline(rect, Colour::accent, what.radius, 1.5f);
        draw_glyph(paint, rect, kGlyph, text);
    });
    if (used) choose(scene, text);
}

// Only the rows in view are drawn, and are in the mirror.
void draw_grid(const Scene& scene, const EmojiGrid& grid, const Place& place) {
    const Painter& paint = scene.paint;
    Screen& screen = scene.screen;
    const Rect& list = place.list;
    screen.scrollables.push_back({list, &screen.dialog_scroll});
    screen.dialog_scroll.advance(ImGui::GetIO().DeltaTime, top_of(grid, grid.rows().size(), place), list.h);
    const Group group =
        paint.semantics.group(node_id(paint.semantics.parent(), "emoji"), Role::list_box, list, "Emoji");
    ImGui::PushClipRect(list.min(), list.max(), true);
    float y = list.y - screen.dialog_scroll.offset();
    for (const auto& row : grid.rows()) {
        const Rect strip{list.x, y, list.w, height_of(row, place)};
        y = strip.bottom();
        if (!strip.meets(list)) continue;
        if (row.begin == row.end)
            paint.text({strip.x + 4, strip.y + 6}, type::kSmallStrong, Colour::text_faint, row.heading);
        for (auto cell = row.begin; cell < row.end; ++cell)
            draw_cell(scene, grid, cell,
                      {list.x + static_cast<float>(cell - row.begin) * place.cell, strip.y, place.cell, place.cell});
    }
    ImGui::PopClipRect();
    if (grid.size() == 0)
        paint.text({list.x + 4, list.y + 10}, type::kBody, Colour::text_faint, "No emoji is called like that.");
}

// All in a line, but for fingers.
float heading_side(const Painter& paint, float width) {
    return paint.touch ? Painter::kFinger : std::min(kTab, width / kHeadings);
}

// A button for each heading: its first emoji stands for it.
void draw_headings(const Scene& scene, const EmojiGrid& grid, const Place& place, const Rect& strip) {
    const Painter& paint = scene.paint;
    Screen& screen = scene.screen;
    const float side = heading_side(paint, strip.w);
    const auto in_line = static_cast<std::size_t>(std::max(1.0f, strip.w / side));
    std::size_t index = 0;
    for (std::size_t i = 0; i + 1 < grid.rows().size(); ++i) {
        const auto& row = grid.rows()[i];
        if (row.begin != row.end) continue;
        const Rect rect{strip.x + static_cast<float>(index % in_line) * side,
                        strip.y + static_cast<float>(index / in_line) * side, side, side};
        ++index;
        const std::string glyph = row.heading == "Recently used" ? "🕒" : std::string(grid.emoji(row.begin).text);
        const Control what{.name = row.heading, .value = glyph, .detail = row.heading};
        const NodeId id = node_id(node_id(paint.semantics.parent(), "heading"), row.heading);
        const bool used = paint.control(id, rect, what, [&](const Hit& hit) {
            if (hit.hovered) paint.fill(rect, Colour::hover, what.radius);
            draw_glyph(paint, rect, kTabGlyph, glyph);
        });
        if (!used) continue;
        screen.dialog_choice = row.begin;
        const float top = top_of(grid, i, place);
        screen.dialog_scroll.reset();
        screen.dialog_scroll.reveal(top, top + place.list.h, place.list.h);
    }
}

float headings_height(const Painter& paint, float width) {
    const float side = heading_side(paint, width);
    return std::ceil(kHeadings / std::floor(width / side)) * side;
}

void draw_tones(const Scene& scene, Rect strip) {
    static constexpr std::array<std::string_view, 6> kNames{{"No skin tone", "Light skin tone",
                                                             "Medium-light skin tone", "Medium skin tone",
                                                             "Medium-dark skin tone", "Dark skin tone"}};
    const Painter& paint = scene.paint;
    auto& habits = scene.screen.emoji.habits;
    const float side = std::min(paint.target(32), strip.w / 6);
    for (std::size_t i = kNames.size(); i-- > 0;) {
        const Rect slot = strip.take_right(side);
        const Rect rect{slot.x, slot.y + (slot.h - side) / 2, side, side};
        const auto tone = static_cast<emoji::SkinTone>(i);
        const bool chosen = habits.tone == tone;
        const std::string glyph = emoji::with_skin_tone("👋", tone);
        const Control what{.name = kNames[i],
                           .value = glyph,
                           .detail = kNames[i],
                           .state = chosen ? std::uint16_t{kPressed} : std::uint16_t{kUnpressed}};
        const bool used = paint.control(node_id(paint.semantics.parent(), kNames[i]), rect, what, [&](const Hit& hit) {
            if (chosen || hit.hovered) paint.fill(rect, chosen ? Colour::selected : Colour::hover, what.radius);
            draw_glyph(paint, rect, kTabGlyph, glyph);
        });
        if (!used) continue;
        habits.tone = tone;
        scene.want(intent::KeepEmojiHabits{habits.kept()});
    }
}

// What is marked, in words, beside the tones.
void draw_foot(const Scene& scene, const EmojiGrid& grid, Rect strip) {
    const Painter& paint = scene.paint;
    paint.line({strip.x, strip.y}, {strip.right(), strip.y}, Colour::line);
    const float tones = 6 * paint.target(32);
    draw_tones(scene, strip);
    const float room = strip.w - tones - 8;
    const auto cell = scene.screen.dialog_choice;
    if (cell >= grid.size() || room < 40) return;
    paint.text_cut({strip.x + 4, strip.y + (strip.h - 18) / 2}, room, type::kSmall, Colour::text_soft,
                   ":" + std::string(grid.emoji(cell).shortcode) + ":");
}

void obey_keys(const Scene& scene, const EmojiGrid& grid, const Place& place) {
    Screen& screen = scene.screen;
    const auto keys = scene.paint.semantics.all_heard(emoji_field(), Action::key);
    for (const auto key : keys) {
        const auto arrow = key == "Control+n" ? "ArrowDown" : key == "Control+p" ? "ArrowUp" : key;
        screen.dialog_choice = grid.step(screen.dialog_choice, arrow);
    }
    if (keys.empty() || grid.size() == 0) return;
    const auto row = grid.row_of(screen.dialog_choice);
    const float top = top_of(grid, row, place);
    const float heading = row == 1 ? kHeading : 0;  // the first row shows its heading too
    screen.dialog_scroll.reveal(top - heading, top + place.cell, place.list.h);
}

}  // namespace

NodeId emoji_field() {
    return node_id(node_id(0, "Emoji"), "search");
}

void draw_emoji_picker(const Scene& scene, Card card) {
    const Painter& paint = scene.paint;
    Screen& screen = scene.screen;
    Rect inside = card.inside;
    const std::string before = screen.dialog_text;
    const Field field{"Search emoji", "Search", &screen.dialog_text, screen.dialog_version, false, Role::combo_box};
    const bool entered = paint.field("search", inside.take_top(44), field);
    if (screen.dialog_text != before) {
        screen.dialog_choice = 0;
        screen.dialog_scroll.reset();
    }
    inside.take_top(8);
    const Rect headings = inside.take_top(headings_height(paint, inside.w));
    const Rect foot = inside.take_bottom(kFoot);
    const float cell = paint.target(kCell);
    const auto columns = static_cast<std::size_t>(std::max(1.0f, inside.w / cell));
    const Place place{inside, cell, columns};
    const EmojiGrid grid(screen.emoji.habits, screen.dialog_text, columns);
    obey_keys(scene, grid, place);
    draw_headings(scene, grid, place, headings);
    draw_grid(scene, grid, place);
    draw_foot(scene, grid, foot);
    if (entered && screen.dialog_choice < grid.size()) choose(scene, grid.text(screen.dialog_choice));
}

}  // namespace parley::ui
