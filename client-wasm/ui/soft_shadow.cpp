// Painter: the shadow of what lies above the rest.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/painter.hpp"

namespace parley::ui {

namespace {

// Where a rounded rectangle's outline goes round, as directions from the middles of its four corners.
constexpr int kPerCorner = 9;
constexpr int kAround = 4 * kPerCorner;
ImVec2 direction(int point) {
    const int corner = point / kPerCorner;
    const float part = static_cast<float>(point % kPerCorner) / (kPerCorner - 1);
    const float angle = (static_cast<float>(corner) + part) * std::numbers::pi_v<float> / 2;
    return {std::cos(angle), std::sin(angle)};
}
ImVec2 middle_of_corner(const Rect& rect, float radius, int point) {
    const int corner = point / kPerCorner;  // from the lower right one on, clockwise
    const bool right = corner == 0 || corner == 3;
    const bool low = corner == 0 || corner == 1;
    return {right ? rect.right() - radius : rect.x + radius, low ? rect.bottom() - radius : rect.y + radius};
}

// Each loop of points with the next one.
void connect_loops(ImDrawList& list, int loops) {
    const auto first = list._VtxCurrentIdx - static_cast<unsigned>(loops * kAround);
    for (int loop = 0; loop + 1 < loops; ++loop) {
        for (int point = 0; point < kAround; ++point) {
            const auto place = [&](int of_loop, int of_point) {
                return static_cast<ImDrawIdx>(first + static_cast<unsigned>(of_loop * kAround + of_point % kAround));
            };
            for (const auto index : {place(loop, point), place(loop, point + 1), place(loop + 1, point + 1),
                                     place(loop, point), place(loop + 1, point + 1), place(loop + 1, point)})
                list.PrimWriteIdx(index);
        }
    }
}

}  // namespace

// One mesh whose colours fade between its points: outlines over each other would show their seams. What lies below the
// card is not drawn but for its border, which is as wide as the shadow falls.
void Painter::soft_shadow(const Rect& rect, float radius) const {
    constexpr float kFall = 10;
    constexpr float kReach = 28;
    constexpr int kSteps = 7;
    const Rect shadow{rect.x, rect.y + kFall, rect.w, rect.h};
    const auto opacity = [](float part) { return 1 - std::pow(1 - 0.045f, 14 * (1 - part)); };
    ImDrawList& ink = list();
    const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
    const int loops = kSteps + 2;
    ink.PrimReserve((loops - 1) * kAround * 6, loops * kAround);
    for (int loop = 0; loop < loops; ++loop) {
        const float part = std::max(0.0f, static_cast<float>(loop - 1) / kSteps);
        const float out = loop == 0 ? 0 : radius + part * kReach;
        const ImU32 colour = theme.faded(Colour::shadow, opacity(part));
        for (int point = 0; point < kAround; ++point) {
            const ImVec2 middle = middle_of_corner(shadow, radius, point);
            const ImVec2 towards = direction(point);
            ink.PrimWriteVtx({middle.x + towards.x * out, middle.y + towards.y * out}, white, colour);
        }
    }
    connect_loops(ink, loops);
}

}  // namespace parley::ui
