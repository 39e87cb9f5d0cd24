// Which lines belong together: quotes, items, code, paragraphs. Goes through the lines once and writes a block as soon
// as its last line is known.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "markup/markup.hpp"
#include "markup/pieces.hpp"
#include "markup/run_writer.hpp"

namespace parley::markup {

class BlockReader {
  public:
    // Both must outlive it.
    BlockReader(std::string_view text, Tree& tree) : text_(text), tree_(tree), writer_(text, tree) {}

    void read();

  private:
    // A place in a line, and how far to the right it is shown (a tab goes to the next multiple of four).
    struct Place {
        std::uint32_t at = 0;
        std::uint32_t column = 0;
    };
    struct QuoteMarks {
        std::uint32_t depth = 0;
        std::uint32_t end = 0;
    };
    struct ItemSign {
        ItemMark mark = ItemMark::none;
        std::uint32_t number = 0;
        std::uint32_t content = 0;
    };
    // A list that is open, from the outermost in.
    struct List {
        std::uint32_t column = 0;
        ItemMark mark = ItemMark::none;
        std::uint32_t written = 0;  // the number of its last item, as written
        std::uint32_t shown = 0;    // and as shown
    };
    struct Fence {
        std::uint32_t length = 0;  // 0: no code is open
        std::uint32_t column = 0;
        bool has_code = false;  // a line of it is written
    };

    void read_line(Range line);
    void read_blank();
    bool open_code(Range line, Place begin);
    bool continue_code(Range line);
    void code_line(Range code);
    bool open_item(Range line, Place begin);
    void continue_text(Range line, std::uint32_t quote_end, Place begin);
    void leave_lists_left_of(Place begin);
    [[nodiscard]] std::uint32_t number_of(const ItemSign& sign, bool same_list) const;
    [[nodiscard]] bool is_within_list(Place begin) const;

    [[nodiscard]] Block block_here(BlockKind kind) const;
    void open_paragraph(const Block& block, std::uint32_t begin);
    void close_paragraph();

    [[nodiscard]] QuoteMarks quote_marks(Range line, std::uint32_t most);
    [[nodiscard]] Place skip_blanks(Place from, std::uint32_t end, std::uint32_t most_columns = UINT32_MAX);
    [[nodiscard]] ItemSign item_sign(Range line, std::uint32_t at);
    [[nodiscard]] std::uint32_t backticks(std::uint32_t at, std::uint32_t end);

    std::string_view text_;
    Tree& tree_;
    RunWriter writer_;
    Counts counts_;
    std::uint32_t quote_depth_ = 0;
    std::uint32_t empty_lines_ = 0;  // just before here
    std::vector<List> lists_;
    Fence fence_;
    Block paragraph_;  // that is open, if it has lines
    std::vector<ContentLine> lines_;
    std::vector<Piece> pieces_;  // of the last paragraph
};

}  // namespace parley::markup
