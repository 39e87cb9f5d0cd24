// A set of numbers that mostly rise without gaps, kept as runs: what a million numbers cost is their gaps.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

namespace parley::audit {

class NumberSet {
  public:
    bool add(std::uint64_t number);  // false: it was there
    [[nodiscard]] bool contains(std::uint64_t number) const;
    [[nodiscard]] bool empty() const { return runs_.empty(); }
    // Each number of [first, end) that is not in the set, in order.
    void for_each_missing(std::uint64_t first, std::uint64_t end, const std::function<void(std::uint64_t)>& call) const;

  private:
    using Runs = std::map<std::uint64_t, std::uint64_t>;  // the first and the last of each; never next to each other
    [[nodiscard]] Runs::const_iterator run_at_or_before(std::uint64_t number) const;
    Runs runs_;
};

}  // namespace parley::audit
