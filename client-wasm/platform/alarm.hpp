// One call of the browser's clock, later: set again, it replaces the one asked for before. Destroying it forgets it.
// Main thread.
#pragma once

#include <cstdint>
#include <functional>

namespace parley::platform {

class Alarm {
  public:
    explicit Alarm(std::function<void()> ring) : ring_(std::move(ring)) {}
    ~Alarm() { forget(); }
    Alarm(const Alarm&) = delete;
    Alarm& operator=(const Alarm&) = delete;

    // At this time (milliseconds of monotonic_ms()), or as soon as may be where it has passed.
    void set(std::int64_t at, std::int64_t now);
    void forget();

    void rang();  // from the browser

  private:
    std::function<void()> ring_;
    long timer_ = 0;
    std::int64_t at_ = 0;
};

}  // namespace parley::platform
