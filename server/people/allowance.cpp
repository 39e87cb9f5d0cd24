#include "people/allowance.hpp"

#include <algorithm>
#include <cmath>

namespace parley::people {

namespace {

limits::Rate rate_at(std::size_t kind) {
    return rate_of(static_cast<RateKind>(kind));
}

Tokens part_of_a_burst(double share) {
    Tokens tokens{};
    for (std::size_t kind = 0; kind < kRateKinds; ++kind) tokens[kind] = std::max(1.0, rate_at(kind).burst * share);
    return tokens;
}

}  // namespace

void Allowance::fill(shard::MonotonicTime now) {
    const double passed = std::max(0.0, std::chrono::duration<double>(now - filled_).count());
    const auto most = part_of_a_burst(share_);
    for (std::size_t kind = 0; kind < kRateKinds; ++kind)
        tokens_[kind] = std::min(most[kind], tokens_[kind] + passed * rate_at(kind).per_second * share_);
    filled_ = std::max(filled_, now);
}

std::chrono::milliseconds Allowance::take(RateKind kind, shard::MonotonicTime now) {
    fill(now);
    auto& tokens = tokens_[static_cast<std::size_t>(kind)];
    if (tokens >= 1) {
        tokens -= 1;
        return {};
    }
    const double per_second = rate_of(kind).per_second * share_;
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil((1 - tokens) / per_second * 1000)));
}

void Allowance::take_share(double share, shard::MonotonicTime now) {
    fill(now);
    share_ = share;
    fill(now);
}

void Allowance::add(const Tokens& tokens, shard::MonotonicTime now) {
    fill(now);
    for (std::size_t kind = 0; kind < kRateKinds; ++kind) tokens_[kind] += tokens[kind];
    fill(now);
}

Tokens Allowance::left(shard::MonotonicTime now) {
    fill(now);
    return tokens_;
}

Reserve::Reserve(shard::MonotonicTime now) : rest_(1.0, part_of_a_burst(1.0), now) {}

Tokens Reserve::lend(double share, shard::MonotonicTime now) {
    auto rest = rest_.left(now);
    auto lent = part_of_a_burst(share);
    for (std::size_t kind = 0; kind < kRateKinds; ++kind) {
        lent[kind] = std::min(lent[kind], rest[kind]);
        rest[kind] -= lent[kind];
    }
    rest_ = Allowance(1.0, rest, now);
    return lent;
}

void Reserve::take_back(const Tokens& tokens, shard::MonotonicTime now) {
    rest_.add(tokens, now);
}

std::chrono::milliseconds Reserve::longest_refill() {
    double longest = 0;
    for (std::size_t kind = 0; kind < kRateKinds; ++kind)
        longest = std::max(longest, rate_at(kind).burst / rate_at(kind).per_second);
    return std::chrono::milliseconds(static_cast<std::int64_t>(std::ceil(longest * 1000)));
}

}  // namespace parley::people
