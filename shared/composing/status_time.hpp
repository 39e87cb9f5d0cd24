// "30m Lunch": a status, and for how long it stands.
#pragma once

#include <cstdint>
#include <string_view>

namespace parley::composing {

struct TimedStatus {
    std::uint32_t minutes = 0;  // 0: until it is taken back
    std::string_view status;
};
// A time is a first word of at most three digits and m, h or d, with something behind it.
[[nodiscard]] TimedStatus status_with_time(std::string_view text);

}  // namespace parley::composing
