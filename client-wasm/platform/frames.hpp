// Frames are drawn only when something asked for one: wake() arms one-shot animation frames; there is no loop. A hidden
// page arms none. Counts the frames and who asked for them, so that a tab that does not rest can name the cause. Main
// thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace parley::platform {

enum class Reason : std::uint8_t {
    start,
    pointer,
    key,
    wheel,
    mirror,
    socket,
    resize,
    theme,
    shown,
    motion,
    time,
    route,
    storage
};
inline constexpr std::array<std::string_view, 13> kReasonNames{"start",  "pointer", "key",    "wheel", "mirror",
                                                               "socket", "resize",  "theme",  "shown", "motion",
                                                               "time",   "route",   "storage"};

class Frames {
  public:
    explicit Frames(std::function<void()> draw) : draw_(std::move(draw)) {}

    // At least this many frames from now on.
    void wake(Reason reason, int frames);
    // A frame at this time, once (milliseconds of now()); replaces the one asked for before. Frames of this kind are
    // rare: the caller names the moment when a visible label changes.
    void wake_at(std::int64_t monotonic_ms, std::int64_t now);
    void forget_wake_at();

    [[nodiscard]] std::uint64_t drawn() const { return drawn_; }
    [[nodiscard]] std::uint64_t drawn(Reason reason) const { return by_reason_[static_cast<std::size_t>(reason)]; }

    void on_animation_frame();  // from the browser
    void on_timer();

  private:
    void arm();

    std::function<void()> draw_;
    int wanted_ = 0;
    bool armed_ = false;
    long timer_ = 0;
    std::int64_t timer_at_ = 0;
    Reason reason_ = Reason::start;
    std::uint64_t drawn_ = 0;
    std::array<std::uint64_t, kReasonNames.size()> by_reason_{};
};

}  // namespace parley::platform
