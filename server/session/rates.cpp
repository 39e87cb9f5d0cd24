#include "session/rates.hpp"

#include <algorithm>
#include <cmath>

namespace parley::session {

namespace {

limits::Rate rate_of(RateKind kind) {
    switch (kind) {
        case RateKind::post:
            return limits::kPostRate;
        case RateKind::change:
            return limits::kChangeRate;
        case RateKind::query:
            return limits::kQueryRate;
        case RateKind::mark:
            return limits::kMarkRate;
        case RateKind::notice:
            return limits::kNoticeRate;
    }
    return limits::kNoticeRate;
}

}  // namespace

std::chrono::milliseconds Rates::take(RateKind kind, shard::MonotonicTime now) {
    if (unlimited_) return {};
    const auto rate = rate_of(kind);
    auto& bucket = buckets_[static_cast<std::size_t>(kind)];
    const double per_second = rate.per_second * share_;
    const double burst = std::max(1.0, rate.burst * share_);
    if (bucket.tokens < 0) {
        bucket.tokens = burst;
    } else {
        const double passed = std::chrono::duration<double>(now - bucket.filled).count();
        bucket.tokens = std::min(burst, bucket.tokens + std::max(passed, 0.0) * per_second);
    }
    bucket.filled = now;
    if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return {};
    }
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / per_second * 1000)));
}

}  // namespace parley::session
