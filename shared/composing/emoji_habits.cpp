#include "composing/emoji_habits.hpp"
#include "protocol/limits.hpp"

#include <algorithm>

namespace parley::composing {

void EmojiHabits::use(std::string_view emoji) {
    std::erase(recent, emoji);
    recent.emplace(recent.begin(), emoji);
    if (recent.size() > limits::kEmojiRemembered) recent.resize(limits::kEmojiRemembered);
}

std::string EmojiHabits::kept() const {
    std::string line(1, static_cast<char>('0' + static_cast<int>(tone)));
    for (const auto& each : recent) line += " " + each;
    return line;
}

EmojiHabits EmojiHabits::from(std::string_view kept) {
    EmojiHabits habits;
    if (!kept.empty() && kept[0] >= '0' && kept[0] <= '5') habits.tone = static_cast<emoji::SkinTone>(kept[0] - '0');
    for (auto at = kept.find(' '); at < kept.size() && habits.recent.size() < limits::kEmojiRemembered;) {
        const auto end = std::min(kept.find(' ', at + 1), kept.size());
        const auto word = kept.substr(at + 1, end - at - 1);
        if (emoji::known(word)) habits.recent.emplace_back(word);
        at = end;
    }
    return habits;
}

}  // namespace parley::composing
