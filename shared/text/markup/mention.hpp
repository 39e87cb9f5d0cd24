// The form of a mention in a source: <@17>, <#17>, <!here>, <!all>.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "markup/pieces.hpp"

namespace parley::markup {

struct MentionMark {
    PieceKind kind = PieceKind::person;
    std::uint64_t number = 0;
    std::uint32_t end = 0;
};

// The one that begins at text[at]. REQUIRES: at < text.size().
[[nodiscard]] std::optional<MentionMark> mention_at(std::string_view text, std::uint32_t at);

}  // namespace parley::markup
