// What can be done by typing and by key.
#include <algorithm>
#include <array>

#include "composing/slash_command.hpp"
#include "ui/dialogs.hpp"

namespace parley::ui {

namespace {

constexpr float kRow = 30;
constexpr float kHeading = 38;

struct Line {
    std::string what;
    std::string_view help;
};
struct Section {
    Line heading;
    std::vector<Line> lines;
};

constexpr std::array<std::pair<std::string_view, std::string_view>, 22> kKeys{{
    {"Enter", "Send; with Shift a new line"},
    {"↑", "In an empty field: edit your last message; Esc takes it back"},
    {"Shift+↑", "In an empty field: answer the latest message"},
    {"Ctrl+Shift+\\", "React to the latest message"},
    {"@  #  :  /", "Offers people, rooms, emoji, commands, while you type"},
    {"Ctrl+B  Ctrl+I", "Bold, italic: what is selected, or the word"},
    {"Ctrl+Shift+X  Ctrl+E", "Strike through, code"},
    {"Ctrl+Shift+L", "A link; with something selected Ctrl+K too"},
    {"Ctrl+K", "Go to a room or a person"},
    {"Ctrl+Shift+K", "Write to a person"},
    {"Alt+↑  Alt+↓", "The room before, the room after"},
    {"Alt+Shift+↑  Alt+Shift+↓", "The next room with something unread"},
    {"Shift+Esc", "Mark everything read"},
    {"Alt+click", "On a message: unread from here"},
    {"Esc", "One step back: a dialog, a list, then to the latest message, all read"},
    {"PgUp  PgDn", "Scroll"},
    {"Home  End", "The first and the latest message, in the messages"},
    {"↑  ↓", "From message to message, in the messages"},
    {"F6", "To the next part of the page; with Shift to the one before"},
    {"Ctrl+F", "Find in what is loaded"},
    {"Ctrl+A", "In the messages: all that is loaded"},
    {"Ctrl+/", "This page"},
}};

std::array<Section, 2> sections() {
    Section commands{{"Commands", "begin a message; // is a slash"}, {}};
    for (const auto& command : composing::commands()) {
        std::string usage = "/" + std::string(command.word);
        if (!command.arguments.empty()) usage += " " + std::string(command.arguments);
        commands.lines.push_back({std::move(usage), command.help});
    }
    Section keys{{"Keys", ""}, {}};
    for (const auto& [key, help] : kKeys) keys.lines.push_back({std::string(key), help});
    return {std::move(commands), std::move(keys)};
}

// What it does stands beside it, on a narrow page below it, in as many lines as it needs.
constexpr TextStyle kWhat{14, 20, Weight::semibold};
constexpr TextStyle kHelp{14, 20};
constexpr float kBeside = 440;

// Of what it is called, where what it does stands beside it; nothing: below it.
float column_of(float width) {
    return width < kBeside ? 0 : std::min(220.0f, width * 0.44f);
}

float height_of(const Scene& scene, const Line& line, float width) {
    const float column = column_of(width);
    const float help = scene.paint.type.lay_out(line.help, kHelp, width - column).height;
    return column > 0 ? std::max(kRow, help + 10) : 20 + help + 10;
}

std::string words_of(const Line& line) {
    return line.help.empty() ? line.what : line.what + ": " + std::string(line.help);
}

void draw_heading(const Painter& paint, const Line& line, const Rect& row) {
    const float middle = row.y + (row.h - 20) / 2;
    const float width = paint.text({row.x, middle + 3}, type::kStrong, Colour::text, line.what);
    paint.text_cut({row.x + width + 10, middle + 5}, row.w - width - 10, type::kSmall, Colour::text_faint, line.help);
    paint.semantics.declare(node_id(paint.semantics.parent(), line.what), Role::heading, row, words_of(line));
}

void draw_what_it_does(const Painter& paint, const Line& line, const Rect& row) {
    const float column = column_of(row.w);
    const bool beside = column > 0;
    const float top = row.y + (beside ? 5 : 4);
    paint.text_cut({row.x, top}, beside ? column - 12 : row.w, kWhat, Colour::accent_strong, line.what);
    paint.paragraph({row.x + column, beside ? top : top + 20}, Colour::text_soft,
                    paint.type.lay_out(line.help, kHelp, row.w - column));
}

// Out of view too it is in the mirror: whoever listens has no need to scroll.
void draw_line(const Scene& scene, const Line& line, const Rect& row, const Rect& view) {
    const Painter& paint = scene.paint;
    paint.semantics.declare(node_id(paint.semantics.parent(), line.what), Role::list_item, row, words_of(line));
    if (!row.meets(view)) return;
    draw_what_it_does(paint, line, row);
    paint.line({row.x, row.bottom() - 1}, {row.right(), row.bottom() - 1}, Colour::line);
}

float draw_section(const Scene& scene, const Section& section, const Rect& view, float y) {
    draw_heading(scene.paint, section.heading, {view.x, y, view.w, kHeading});
    y += kHeading;
    const Group list =
        scene.paint.semantics.group(node_id(scene.paint.semantics.parent(), section.heading.what + " list"), Role::list,
                                    view, section.heading.what);
    for (const auto& line : section.lines) {
        const Rect row{view.x, y, view.w, height_of(scene, line, view.w)};
        draw_line(scene, line, row, view);
        y += row.h;
    }
    return y;
}

}  // namespace

float help_height() {
    return 15 * kRow + 2 * kHeading;
}

void draw_help(const Scene& scene, Card card) {
    const Rect inside = card.inside;
    const auto all = sections();
    float content = 0;
    for (const auto& section : all) {
        content += kHeading;
        for (const auto& line : section.lines) content += height_of(scene, line, inside.w);
    }
    Scroll& scroll = scene.screen.dialog_scroll;
    scene.screen.scrollables.push_back({inside, &scroll});
    scroll.advance(ImGui::GetIO().DeltaTime, content, inside.h);
    ImGui::PushClipRect(inside.min(), inside.max(), true);
    float y = inside.y - scroll.offset();
    for (const auto& section : all) y = draw_section(scene, section, inside, y);
    ImGui::PopClipRect();
}

}  // namespace parley::ui
