// How far something is scrolled, and how much of a wheel's push it has still to travel. The push is spent over a few
// frames, so that a notch of the wheel glides instead of jumping. CSS pixels.
#pragma once

#include <algorithm>
#include <cmath>
#include <utility>

namespace parley::ui {

class Scroll {
  public:
    // `at_once`: without gliding.
    void push(float pixels, bool at_once = false) {
        pending_ += pixels;
        at_once_ = at_once_ || at_once;
    }
    // What a finger let go of: glides further and further more slowly. Pixels a second.
    void fling(float speed) { gliding_ = speed * kGlide; }
    void stop() { pending_ = gliding_ = 0; }
    [[nodiscard]] bool moving() const { return pending_ != 0 || gliding_ != 0; }
    // The part of the push for this frame.
    float step(float seconds) {
        if (std::exchange(at_once_, false)) return std::exchange(pending_, 0.0f);
        return part_of(pending_, seconds, 0.045f) + part_of(gliding_, seconds, kGlide);
    }

    // --- for a list of known height
    [[nodiscard]] float offset() const { return offset_; }
    void advance(float seconds, float content, float view) {
        const float most = std::max(0.0f, content - view);
        const float wanted = offset_ + step(seconds);
        offset_ = std::clamp(wanted, 0.0f, most);
        if (offset_ != wanted) stop();
    }
    void reveal(float top, float bottom, float view) {
        if (top < offset_) offset_ = top;
        if (bottom > offset_ + view) offset_ = bottom - view;
    }
    void reset() { offset_ = pending_ = gliding_ = 0; }

  private:
    static constexpr float kGlide = 0.325f;  // seconds
    static float part_of(float& left, float seconds, float constant) {
        const float part = std::fabs(left) < 1.5f ? left : left * (1 - std::exp(-std::min(seconds, 0.05f) / constant));
        left -= part;
        return part;
    }

    float offset_ = 0;
    float pending_ = 0;
    float gliding_ = 0;
    bool at_once_ = false;
};

}  // namespace parley::ui
