// Writes the runs and blocks of a tree in the order of the text, so that no byte is left out and none is written twice.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "markup/delimiters.hpp"
#include "markup/markup.hpp"
#include "markup/pieces.hpp"

namespace parley::markup {

class RunWriter {
  public:
    // Both must outlive it.
    RunWriter(std::string_view text, Tree& tree) : text_(text), tree_(tree) {}

    // What was not written before `begin` is marks, of no block.
    void begin_block(const Block& block, std::uint32_t begin);
    void end_block();

    void mark_until(std::uint32_t end);
    void line_break(std::uint32_t end, bool in_code);
    void code_until(std::uint32_t end);
    void write(const std::vector<Piece>& pieces, const Delimiters& delimiters);

  private:
    void make_room_for(std::size_t more);
    void write(const Piece& piece);
    void write(const Delimiter& delimiter, std::uint32_t end);
    void begin_link(Range end);
    void apply(const Delimiter& delimiter, const Uses& uses, bool opens);
    void change_look();
    void append(const Run& run, std::uint32_t end);
    [[nodiscard]] std::uint32_t next_run() const { return static_cast<std::uint32_t>(tree_.runs.size()); }

    std::string_view text_;
    Tree& tree_;
    std::uint32_t written_ = 0;  // bytes
    std::uint32_t block_run_ = 0;
    Run look_;  // of text that is written now
    // What is open here. Within itself bold stays bold, so it is counted.
    std::uint32_t bold_ = 0;
    std::uint32_t italic_ = 0;
    std::uint32_t strike_ = 0;
    std::uint32_t spoilers_ = 0;
    std::uint16_t spoiler_ = 0;  // number of the last one
};

}  // namespace parley::markup
