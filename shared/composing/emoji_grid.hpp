// All emoji, or those that fit what is typed, as rows of cells below headings: what a picker shows, and where the
// arrows lead in it. Made anew whenever one of its inputs changes; pure.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "composing/emoji_habits.hpp"

namespace parley::composing {

class EmojiGrid {
  public:
    // A heading, or cells from begin on.
    struct Row {
        std::string_view heading;
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    // REQUIRES: columns > 0.
    EmojiGrid(const EmojiHabits& habits, std::string_view typed, std::size_t columns);

    [[nodiscard]] std::size_t size() const { return size_; }  // of cells
    [[nodiscard]] std::span<const Row> rows() const { return rows_; }
    // REQUIRES: cell < size().
    [[nodiscard]] emoji::Emoji emoji(std::size_t cell) const;
    [[nodiscard]] std::string text(std::size_t cell) const;  // in the tone that is wanted
    [[nodiscard]] std::size_t row_of(std::size_t cell) const;
    // Where "ArrowLeft", "ArrowRight", "ArrowUp" or "ArrowDown" leads; in its column where the row is long enough.
    [[nodiscard]] std::size_t step(std::size_t cell, std::string_view key) const;

  private:
    void add_section(std::string_view heading, std::size_t count, std::size_t columns);
    [[nodiscard]] std::size_t step_row(std::size_t cell, int by) const;

    emoji::SkinTone tone_;
    std::vector<std::string> recent_;
    std::vector<emoji::Emoji> found_;
    bool searched_ = false;
    std::size_t size_ = 0;
    std::vector<Row> rows_;
};

}  // namespace parley::composing
