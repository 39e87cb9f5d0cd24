// How far something is scrolled, and how much of a wheel's push it has still to travel. The push is spent over a few
// frames, so that a notch of the wheel glides instead of jumping. CSS pixels.
#pragma once

#include <algorithm>
#include <cmath>

namespace parley::ui {

class Scroll {
  public:
    void push(float pixels) { pending_ += pixels; }
    void stop() { pending_ = 0; }
    [[nodiscard]] bool moving() const { return pending_ != 0; }
    // The part of the push for this frame.
    float step(float seconds) {
        const float part = pending_ * (1 - std::exp(-std::min(seconds, 0.05f) / 0.045f));
        const float now = std::fabs(pending_) < 1.5f ? pending_ : part;
        pending_ -= now;
        return now;
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
    void reset() { offset_ = pending_ = 0; }

  private:
    float offset_ = 0;
    float pending_ = 0;
};

}  // namespace parley::ui
