// What the last frames cost: the time spent in each, and whether text was broken into lines or painted in it. For
// parley.frameTimes(), which tests and whoever looks for a slow page read. Bounded; one thread.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace parley {

class FrameTimes {
  public:
    void add(double milliseconds, bool new_text);
    // [[milliseconds, new text (1 or 0)], …], the oldest first.
    [[nodiscard]] std::string json() const;

  private:
    struct Frame {
        double milliseconds = 0;
        bool new_text = false;
    };
    std::array<Frame, 4'096> frames_{};
    std::size_t count_ = 0;
};

}  // namespace parley
