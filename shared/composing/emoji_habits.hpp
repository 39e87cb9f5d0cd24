// Which emoji somebody uses, and in which skin tone: what a picker shows first. A plain value; kept as a line of text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emoji/emoji.hpp"

namespace parley::composing {

struct EmojiHabits {
    emoji::SkinTone tone = emoji::SkinTone::none;
    std::vector<std::string> recent;  // Unicode, the last used first; at most limits::kEmojiRemembered

    void use(std::string_view emoji);
    // "3 🎉 👋🏽". What is no habit is left out, whoever wrote it.
    [[nodiscard]] std::string kept() const;
    [[nodiscard]] static EmojiHabits from(std::string_view kept);
    bool operator==(const EmojiHabits&) const = default;
};

}  // namespace parley::composing
