#include "audit/number_set.hpp"

#include <algorithm>
#include <iterator>

namespace parley::audit {

NumberSet::Runs::const_iterator NumberSet::run_at_or_before(std::uint64_t number) const {
    const auto above = runs_.upper_bound(number);
    return above == runs_.begin() ? runs_.end() : std::prev(above);
}

bool NumberSet::contains(std::uint64_t number) const {
    const auto run = run_at_or_before(number);
    return run != runs_.end() && number <= run->second;
}

bool NumberSet::add(std::uint64_t number) {
    const auto above = runs_.upper_bound(number);
    const bool joins_above = above != runs_.end() && above->first == number + 1;
    if (above != runs_.begin()) {
        const auto below = std::prev(above);
        if (number <= below->second) return false;
        if (number == below->second + 1) {
            below->second = joins_above ? above->second : number;
            if (joins_above) runs_.erase(above);
            return true;
        }
    }
    const auto last = joins_above ? above->second : number;
    if (joins_above) runs_.erase(above);
    runs_.emplace(number, last);
    return true;
}

void NumberSet::for_each_missing(std::uint64_t first, std::uint64_t end,
                                 const std::function<void(std::uint64_t)>& call) const {
    auto run = run_at_or_before(first);
    if (run == runs_.end()) run = runs_.begin();
    for (; first < end; ++run) {
        const auto gap_end = run == runs_.end() ? end : std::min(end, run->first);
        for (; first < gap_end; ++first) call(first);
        if (run == runs_.end()) return;
        first = std::max(first, run->second + 1);
    }
}

}  // namespace parley::audit
