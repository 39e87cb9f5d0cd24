// Rectangles in CSS pixels from the page's upper left corner: what panels are laid out in.
#pragma once

#include <imgui.h>

#include <algorithm>

namespace parley::ui {

struct Rect {
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;

    [[nodiscard]] float right() const { return x + w; }
    [[nodiscard]] float bottom() const { return y + h; }
    [[nodiscard]] ImVec2 min() const { return {x, y}; }
    [[nodiscard]] ImVec2 max() const { return {x + w, y + h}; }
    [[nodiscard]] bool contains(ImVec2 point) const {
        return point.x >= x && point.x < right() && point.y >= y && point.y < bottom();
    }
    [[nodiscard]] bool meets(const Rect& other) const {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }
    [[nodiscard]] Rect inset(float dx, float dy) const { return {x + dx, y + dy, w - 2 * dx, h - 2 * dy}; }
    // The same middle, at least this wide and high.
    [[nodiscard]] Rect at_least(float side) const {
        return inset(std::min(0.0f, (w - side) / 2), std::min(0.0f, (h - side) / 2));
    }
    // Cuts a strip off and returns it.
    Rect take_top(float height) {
        const Rect strip{x, y, w, std::min(height, h)};
        y += strip.h;
        h -= strip.h;
        return strip;
    }
    Rect take_bottom(float height) {
        h -= std::min(height, h);
        return {x, y + h, w, height};
    }
    Rect take_left(float width) {
        const Rect strip{x, y, std::min(width, w), h};
        x += strip.w;
        w -= strip.w;
        return strip;
    }
    Rect take_right(float width) {
        w -= std::min(width, w);
        return {x + w, y, width, h};
    }
    bool operator==(const Rect&) const = default;
};

}  // namespace parley::ui
