#include "platform/alarm.hpp"

#include <emscripten/html5.h>

#include <algorithm>

namespace parley::platform {

void Alarm::set(std::int64_t at, std::int64_t now) {
    if (timer_ != 0 && at == at_) return;
    forget();
    at_ = at;
    const auto wait = static_cast<double>(std::max<std::int64_t>(0, at - now));
    timer_ = emscripten_set_timeout([](void* alarm) { static_cast<Alarm*>(alarm)->rang(); }, wait, this);
}

void Alarm::forget() {
    if (timer_ != 0) emscripten_clear_timeout(timer_);
    timer_ = 0;
}

void Alarm::rang() {
    timer_ = 0;
    ring_();
}

}  // namespace parley::platform
