// What is to be done at a time, in the order of time and then of entry.
#pragma once

#include <functional>
#include <map>

#include "simulation/pipe.hpp"

namespace parley::simulation {

class Agenda {
  public:
    void at(Time time, std::move_only_function<void()> what) { entries_.emplace(time, std::move(what)); }
    [[nodiscard]] std::optional<Time> next_due() const {
        if (entries_.empty()) return std::nullopt;
        return entries_.begin()->first;
    }
    void run_first() {
        auto first = entries_.extract(entries_.begin());
        first.mapped()();
    }
    void clear() { entries_.clear(); }

  private:
    std::multimap<Time, std::move_only_function<void()>> entries_;
};

}  // namespace parley::simulation
