#include "ui/message_tools.hpp"

#include <algorithm>

namespace parley::ui {

namespace {

constexpr float kSide = 28;
constexpr float kPadding = 3;
constexpr float kFromEdge = 14;  // the scrollbar's place; the rest is beside all text, so that it can be selected

struct Tool {
    std::string_view key;
    Icon icon;
    std::string_view name;
    void (*use)(const Scene&, const Row&);
};

void uncover(const Scene& scene, const Row& row) {
    auto& uncovered = scene.screen.uncovered;
    const std::pair which{scene.screen.open, row.message->ordinal};
    if (uncovered.erase(which) == 0) uncovered.insert(which);
}

void copy(const Scene& scene, const Row& row) {
    scene.want(intent::CopyText{std::string(row.text)});
}

constexpr Tool kUncover{"spoilers", Icon::eye, "Show what is hidden", uncover};
constexpr Tool kCover{"spoilers", Icon::eye, "Hide it again", uncover};
constexpr Tool kCopy{"copy", Icon::copy, "Copy text", copy};

std::vector<Tool> tools_of(const Row& row) {
    std::vector<Tool> tools;
    if (row.has_spoilers) tools.push_back(row.uncovered ? kCover : kUncover);
    tools.push_back(kCopy);
    return tools;
}

}  // namespace

bool tools_have_focus(const Scene& scene, NodeId article) {
    const auto& semantics = scene.paint.semantics;
    if (semantics.has_focus(article)) return true;
    const auto has_focus = [&](const Tool& tool) { return semantics.has_focus(node_id(article, tool.key)); };
    return has_focus(kUncover) || has_focus(kCopy);
}

Rect message_tools_rect(const Scene& scene, const Row& row, const Rect& message, const Rect& log) {
    const float side = scene.paint.target(kSide);
    const float width = static_cast<float>(tools_of(row).size()) * side + 2 * kPadding;
    const float height = side + 2 * kPadding;
    // On a narrow screen, and where there are several, the text goes on below it: it stands on the message's upper
    // edge.
    const bool beside = !scene.screen.narrow && width <= 40;
    const float middle = beside ? message.y + type::kBody.line / 2 + 2 : message.y;
    const float top = std::clamp(middle - height / 2, log.y + 2, std::max(log.y + 2, log.bottom() - height - 2));
    return {message.right() - kFromEdge - width, scene.paint.type.snap(top), width, height};
}

void draw_message_tools(const Scene& scene, const Row& row, const Rect& bar) {
    const Painter& paint = scene.paint;
    paint.fill(bar, Colour::raised, space::kRadius);
    paint.outline(bar, Colour::line_strong, space::kRadius);
    Rect left = bar.inset(kPadding, kPadding);
    for (const auto& tool : tools_of(row))
        if (paint.icon_button(tool.key, left.take_left(left.h), tool.icon, tool.name)) tool.use(scene, row);
}

}  // namespace parley::ui
