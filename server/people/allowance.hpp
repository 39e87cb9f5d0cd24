// How fast one person may ask, over all her devices: token buckets, one per kind of message (protocol/rates.hpp). Her
// home keeps the Reserve and lends each device an Allowance; what a device has left comes back when it goes. So a new
// connection does not fill the burst anew: in any time t she gets at most 2 × (burst + rate × t), however often she
// comes and goes. (Twice, because the reserve refills beside the devices: a second tab need not start with nothing.)
// Values; time is an argument.
#pragma once

#include <array>
#include <chrono>

#include "protocol/rates.hpp"
#include "shard/executor.hpp"

namespace parley::people {

using Tokens = std::array<double, kRateKinds>;

// What one device may use. Owned by the connection's session.
class Allowance {
  public:
    Allowance(double share, const Tokens& tokens, shard::MonotonicTime now)
        : share_(share), tokens_(tokens), filled_(now) {}

    // Takes one token: zero, or how long to wait until there is one (and takes none).
    [[nodiscard]] std::chrono::milliseconds take(RateKind kind, shard::MonotonicTime now);
    // From now on the device has this part of the person's rates: what it holds above is gone.
    void take_share(double share, shard::MonotonicTime now);
    void add(const Tokens& tokens, shard::MonotonicTime now);
    [[nodiscard]] Tokens left(shard::MonotonicTime now);

  private:
    void fill(shard::MonotonicTime now);

    double share_;
    Tokens tokens_;
    shard::MonotonicTime filled_;
};

// What her home has not lent. Starts full.
class Reserve {
  public:
    explicit Reserve(shard::MonotonicTime now);
    // At most this part of a whole burst.
    [[nodiscard]] Tokens lend(double share, shard::MonotonicTime now);
    void take_back(const Tokens& tokens, shard::MonotonicTime now);
    // How long until it holds no less than a new one: then it may be forgotten.
    [[nodiscard]] static std::chrono::milliseconds longest_refill();

  private:
    Allowance rest_;
};

}  // namespace parley::people
