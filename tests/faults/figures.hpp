// The figures of a fault test: printed, and written down for the table of results. A test runs in one of two forms:
// short in ./dev test, where no time is asserted, or full (PARLEY_FAULTS=full, ./dev faults), where each figure must
// hold.
#pragma once

#include <chrono>
#include <string>

namespace parley::faults {

[[nodiscard]] bool full_form();
// What is counted or repeated: less of it in the short form.
template <class Number>
[[nodiscard]] Number in_form(Number in_short, Number in_full) {
    return full_form() ? in_full : in_short;
}

// "F1 ready after a kill: 210 ms (at most 1000)". In the full form a figure beyond its bound fails the test. With
// PARLEY_FAULTS_TABLE=FILE the line is added to that file too.
void at_most(const std::string& id, const std::string& what, double measured, double bound, const std::string& unit);
void at_least(const std::string& id, const std::string& what, double measured, double bound, const std::string& unit);

class Stopwatch {
  public:
    [[nodiscard]] double milliseconds() const {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start_).count();
    }

  private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace parley::faults
