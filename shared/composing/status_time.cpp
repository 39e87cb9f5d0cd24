#include "composing/status_time.hpp"

namespace parley::composing {

namespace {

std::uint32_t minutes_of(char unit) {
    return unit == 'm' ? 1 : unit == 'h' ? 60 : unit == 'd' ? 24 * 60 : 0;
}

}  // namespace

TimedStatus status_with_time(std::string_view text) {
    const auto end = text.find(' ');
    if (end == std::string_view::npos || end < 2 || end > 4) return {0, text};
    std::uint32_t count = 0;
    for (const char digit : text.substr(0, end - 1)) {
        if (digit < '0' || digit > '9') return {0, text};
        count = count * 10 + static_cast<std::uint32_t>(digit - '0');
    }
    const auto minutes = count * minutes_of(text[end - 1]);
    const auto status = text.substr(text.find_first_not_of(' ', end));
    return minutes == 0 ? TimedStatus{0, text} : TimedStatus{minutes, status};
}

}  // namespace parley::composing
