#include "markup/mention.hpp"

#include <charconv>

namespace parley::markup {

namespace {

constexpr std::string_view kHere = "<!here>";
constexpr std::string_view kAll = "<!all>";

std::optional<MentionMark> of_an_id(PieceKind kind, std::string_view text, std::uint32_t at) {
    const auto digits = text.substr(at + 2, 21);  // those of 2^64 and a sign behind them
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const auto size = static_cast<std::size_t>(end - digits.data());
    if (error != std::errc() || number == 0 || digits.front() == '0') return std::nullopt;
    if (size == digits.size() || digits[size] != '>') return std::nullopt;
    return MentionMark{kind, number, at + 3 + static_cast<std::uint32_t>(size)};
}

}  // namespace

std::optional<MentionMark> mention_at(std::string_view text, std::uint32_t at) {
    const auto rest = text.substr(at, kHere.size());
    if (rest.starts_with("<@")) return of_an_id(PieceKind::person, text, at);
    if (rest.starts_with("<#")) return of_an_id(PieceKind::room, text, at);
    if (rest == kHere) return MentionMark{PieceKind::here, 0, at + static_cast<std::uint32_t>(kHere.size())};
    if (rest.starts_with(kAll)) return MentionMark{PieceKind::all, 0, at + static_cast<std::uint32_t>(kAll.size())};
    return std::nullopt;
}

}  // namespace parley::markup
