#include "ui/unfinished.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace parley::ui {

namespace {

// No text that is typed begins with it.
constexpr char kHasPurpose = '\x01';

std::uint64_t number_of(std::optional<Ordinal> message) {
    return message ? message->value() : 0;
}

std::optional<Ordinal> message_of(std::uint64_t number) {
    return number != 0 ? std::optional(Ordinal(number)) : std::nullopt;
}

}  // namespace

// The mark, three numbers (answering, editing, bytes put aside) each with a blank behind, then what was put aside and
// the text.
std::string Unfinished::to_string() const {
    if (!answering && !editing) return text;
    return kHasPurpose + std::to_string(number_of(answering)) + ' ' + std::to_string(number_of(editing)) + ' ' +
           std::to_string(put_aside.size()) + ' ' + put_aside + text;
}

Unfinished Unfinished::from(std::string_view kept) {
    if (!kept.starts_with(kHasPurpose)) return {std::string(kept), {}, {}, {}};
    kept.remove_prefix(1);
    std::array<std::uint64_t, 3> numbers{};
    for (auto& number : numbers) {
        const auto end = std::from_chars(kept.data(), kept.data() + kept.size(), number).ptr;
        kept.remove_prefix(std::min(static_cast<std::size_t>(end - kept.data()) + 1, kept.size()));
    }
    const auto aside = static_cast<std::size_t>(std::min<std::uint64_t>(numbers[2], kept.size()));
    return {std::string(kept.substr(aside)), message_of(numbers[0]), message_of(numbers[1]),
            std::string(kept.substr(0, aside))};
}

}  // namespace parley::ui
