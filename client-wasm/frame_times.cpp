#include "frame_times.hpp"

#include <algorithm>
#include <cmath>

namespace parley {

void FrameTimes::add(double milliseconds, bool new_text) {
    frames_[count_ % frames_.size()] = {milliseconds, new_text};
    ++count_;
}

std::string FrameTimes::json() const {
    std::string text = "[";
    for (std::size_t i = count_ - std::min(count_, frames_.size()); i < count_; ++i) {
        const auto& frame = frames_[i % frames_.size()];
        const auto hundredths = static_cast<long long>(std::llround(frame.milliseconds * 100));
        text += (text.size() > 1 ? ",[" : "[") + std::to_string(hundredths / 100) + "." +
                std::to_string(hundredths % 100 / 10) + std::to_string(hundredths % 10) +
                (frame.new_text ? ",1]" : ",0]");
    }
    return text + "]";
}

}  // namespace parley
