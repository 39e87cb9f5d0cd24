#include "composing/emoji_grid.hpp"
#include "protocol/limits.hpp"

#include <algorithm>

namespace parley::composing {

EmojiGrid::EmojiGrid(const EmojiHabits& habits, std::string_view typed, std::size_t columns) : tone_(habits.tone) {
    searched_ = typed.find_first_not_of(" :_") != std::string_view::npos;
    if (searched_) {
        found_ = emoji::search(typed, limits::kEmojiFound);
        add_section("Found", found_.size(), columns);
        return;
    }
    recent_ = habits.recent;
    add_section("Recently used", recent_.size(), columns);
    for (const auto& section : emoji::sections()) add_section(section.title, section.end - section.begin, columns);
}

void EmojiGrid::add_section(std::string_view heading, std::size_t count, std::size_t columns) {
    if (count == 0) return;
    rows_.push_back({heading, size_, size_});
    const auto end = size_ + count;
    for (; size_ < end; size_ = rows_.back().end) rows_.push_back({{}, size_, std::min(size_ + columns, end)});
}

emoji::Emoji EmojiGrid::emoji(std::size_t cell) const {
    if (searched_) return found_[cell];
    if (cell >= recent_.size()) return emoji::at(cell - recent_.size());
    return emoji::known(recent_[cell]).value_or(emoji::Emoji{recent_[cell], recent_[cell], recent_[cell]});
}

std::string EmojiGrid::text(std::size_t cell) const {
    if (!searched_ && cell < recent_.size()) return recent_[cell];
    return emoji::with_skin_tone(emoji(cell), tone_);
}

std::size_t EmojiGrid::row_of(std::size_t cell) const {
    const auto row = std::find_if(rows_.begin(), rows_.end(),
                                  [&](const Row& each) { return cell >= each.begin && cell < each.end; });
    return static_cast<std::size_t>(row - rows_.begin());
}

std::size_t EmojiGrid::step(std::size_t cell, std::string_view key) const {
    if (cell >= size_) return 0;
    if (key == "ArrowRight") return std::min(cell + 1, size_ - 1);
    if (key == "ArrowLeft") return cell == 0 ? 0 : cell - 1;
    return step_row(cell, key == "ArrowUp" ? -1 : 1);
}

std::size_t EmojiGrid::step_row(std::size_t cell, int by) const {
    const auto from = row_of(cell);
    const auto column = cell - rows_[from].begin;
    for (auto row = static_cast<std::ptrdiff_t>(from) + by; row >= 0 && row < std::ssize(rows_); row += by) {
        const Row& there = rows_[static_cast<std::size_t>(row)];
        if (there.begin < there.end) return std::min(there.begin + column, there.end - 1);
    }
    return cell;
}

}  // namespace parley::composing
