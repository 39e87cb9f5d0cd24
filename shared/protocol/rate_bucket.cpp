#include "protocol/rate_bucket.hpp"

#include <algorithm>
#include <cmath>

namespace parley {

double RateBucket::level_at(Moment now) const {
    if (!started_ || now <= at_) return level_;
    const double seconds = std::chrono::duration<double>(now - at_).count();
    return std::min(rate_.burst, level_ + seconds * rate_.per_second);
}

void RateBucket::fill(Moment now) {
    level_ = level_at(now);
    at_ = started_ ? std::max(at_, now) : now;
    started_ = true;
}

bool RateBucket::take(Moment now) {
    fill(now);
    if (level_ < 1) return false;
    level_ -= 1;
    return true;
}

void RateBucket::charge(Moment now) {
    fill(now);
    level_ -= 1;
}

std::chrono::nanoseconds RateBucket::wait(Moment now) const {
    const double missing = 1 - level_at(now);
    if (missing <= 0) return std::chrono::nanoseconds(0);
    return std::chrono::nanoseconds(static_cast<std::int64_t>(std::ceil(missing / rate_.per_second * 1e9)));
}

}  // namespace parley
