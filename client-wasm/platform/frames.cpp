#include "platform/frames.hpp"

#include <emscripten/html5.h>

#include <algorithm>

#include "platform/page_state.hpp"

namespace parley::platform {

void Frames::wake(Reason reason, int frames) {
    if (!is_visible()) return;  // when it is shown again it is drawn as a whole
    if (wanted_ == 0) reason_ = reason;
    wanted_ = std::max(wanted_, frames);
    arm();
}

void Frames::arm() {
    if (armed_ || wanted_ == 0) return;
    armed_ = true;
    const auto callback = [](double, void* frames) -> EM_BOOL {
        static_cast<Frames*>(frames)->on_animation_frame();
        return EM_FALSE;
    };
    emscripten_request_animation_frame(callback, this);
}

void Frames::on_animation_frame() {
    armed_ = false;
    wanted_ = std::max(0, wanted_ - 1);
    ++drawn_;
    ++by_reason_[static_cast<std::size_t>(reason_)];
    draw_();
    arm();
}

void Frames::wake_at(std::int64_t monotonic_ms, std::int64_t now) {
    if (timer_ != 0 && timer_at_ == monotonic_ms) return;
    forget_wake_at();
    timer_at_ = monotonic_ms;
    const auto wait = static_cast<double>(std::clamp<std::int64_t>(monotonic_ms - now, 0, 24 * 3600 * 1000));
    timer_ = emscripten_set_timeout([](void* frames) { static_cast<Frames*>(frames)->on_timer(); }, wait, this);
}

void Frames::forget_wake_at() {
    if (timer_ != 0) emscripten_clear_timeout(timer_);
    timer_ = 0;
}

void Frames::on_timer() {
    timer_ = 0;
    wake(Reason::time, 1);
}

}  // namespace parley::platform
