#include "text/day.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace parley::text {

namespace {

// All of it, digits alone.
std::optional<unsigned> number_in(std::string_view words) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), number);
    if (error != std::errc() || end != words.data() + words.size()) return std::nullopt;
    return number;
}

}  // namespace

std::optional<std::int64_t> day_in(std::string_view words) {
    if (words.size() != 10 || words[4] != '-' || words[7] != '-') return std::nullopt;
    const auto year = number_in(words.substr(0, 4));
    const auto month = number_in(words.substr(5, 2));
    const auto day = number_in(words.substr(8));
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*year)), std::chrono::month(*month),
                                           std::chrono::day(*day)};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date).time_since_epoch().count();
}

std::string day_words(std::int64_t day) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
    char words[32];
    const int size = std::snprintf(words, sizeof words, "%04d-%02u-%02u", static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return std::string(words, static_cast<std::size_t>(size));
}

}  // namespace parley::text
