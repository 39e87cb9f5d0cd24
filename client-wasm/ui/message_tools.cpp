#include "ui/message_tools.hpp"

#include <algorithm>

namespace parley::ui {

namespace {
constexpr std::string_view kCopy = "copy";
constexpr float kSide = 28;
constexpr float kPadding = 3;
constexpr float kFromEdge = 14;  // the scrollbar's place; the rest is beside all text, so that it can be selected
}  // namespace

bool tools_have_focus(const Scene& scene, NodeId article) {
    const auto& semantics = scene.paint.semantics;
    return semantics.has_focus(article) || semantics.has_focus(node_id(article, kCopy));
}

Rect message_tools_rect(const Scene& scene, const Rect& message, const Rect& log) {
    const float side = scene.paint.target(kSide) + 2 * kPadding;
    // On a narrow screen the text goes on below it: there it stands on the message's upper edge.
    const float middle = scene.screen.narrow ? message.y : message.y + type::kBody.line / 2 + 2;
    const float top = std::clamp(middle - side / 2, log.y + 2, std::max(log.y + 2, log.bottom() - side - 2));
    return {message.right() - kFromEdge - side, scene.paint.type.snap(top), side, side};
}

void draw_message_tools(const Scene& scene, const Row& row, const Rect& bar) {
    const Painter& paint = scene.paint;
    paint.fill(bar, Colour::raised, space::kRadius);
    paint.outline(bar, Colour::line_strong, space::kRadius);
    if (paint.icon_button(kCopy, bar.inset(kPadding, kPadding), Icon::copy, "Copy text"))
        scene.want(intent::CopyText{std::string(row.text)});
}

}  // namespace parley::ui
