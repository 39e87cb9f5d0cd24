#include "markup/block_reader.hpp"

#include <algorithm>

#include "markup/inline_reader.hpp"
#include "protocol/limits.hpp"

namespace parley::markup {

namespace {

constexpr std::uint32_t kTab = 4;
constexpr std::uint32_t kInside = 2;  // columns right of an item's mark: in the item
constexpr std::size_t kDigits = 9;    // of an item's number
constexpr std::uint32_t kFence = 3;   // backticks at least

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// "c++", "objective-c", "asp.net": one word, as nothing else begins a line of code behind ```.
bool is_language(std::string_view word) {
    return word.size() <= limits::kCodeLanguage && std::all_of(word.begin(), word.end(), [](char c) {
               return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                      std::string_view("+#-_.").find(c) != std::string_view::npos;
           });
}

}  // namespace

void BlockReader::read() {
    const auto size = static_cast<std::uint32_t>(text_.size());
    for (std::uint32_t begin = 0; begin < size;) {
        const auto end = static_cast<std::uint32_t>(std::min(text_.find('\n', begin), text_.size()));
        counts_.steps += end - begin + 1;
        read_line({begin, end});
        begin = end + 1;
    }
    close_paragraph();
    if (fence_.length > 0) writer_.end_block();
    writer_.mark_until(size);
    tree_.steps = counts_.steps;
}

void BlockReader::read_line(Range line) {
    if (fence_.length > 0) {
        if (continue_code(line)) return;
        writer_.end_block();
        fence_ = {};
    }
    const auto quote = quote_marks(line, static_cast<std::uint32_t>(limits::kQuoteDepth));
    if (quote.depth != quote_depth_) {
        close_paragraph();
        lists_.clear();
        quote_depth_ = quote.depth;
    }
    const auto begin = skip_blanks({quote.end, 0}, line.end);
    if (begin.at == line.end) return read_blank();
    if (open_code(line, begin) || open_item(line, begin)) return;
    continue_text(line, quote.end, begin);
}

void BlockReader::read_blank() {
    close_paragraph();
    ++empty_lines_;
}

bool BlockReader::open_code(Range line, Place begin) {
    const auto length = backticks(begin.at, line.end);
    if (length < kFence) return false;
    const auto after = Range{begin.at + length, line.end};
    counts_.steps += after.size();
    if (after.of(text_).find('`') != std::string_view::npos) return false;
    const auto word = skip_blanks({after.begin, 0}, line.end).at;
    auto word_end = line.end;
    while (word_end > word && (is_blank(text_[word_end - 1]) || text_[word_end - 1] == '\r')) --word_end;
    const auto is_code = !is_language({text_.data() + word, word_end - word});

    leave_lists_left_of(begin);
    close_paragraph();
    auto block = block_here(BlockKind::code);
    if (!is_code) block.language = {word, word_end};
    writer_.begin_block(block, line.begin);
    empty_lines_ = 0;
    fence_ = {length, begin.column, false};
    writer_.mark_until(is_code ? after.begin : line.end);
    if (is_code) code_line(after);
    return true;
}

// Whether the line is of the code that is open.
bool BlockReader::continue_code(Range line) {
    const auto quote = quote_marks(line, quote_depth_);
    if (quote.depth != quote_depth_) return false;
    const auto begin = skip_blanks({quote.end, 0}, line.end, fence_.column);
    auto last = line.end;
    while (last > begin.at && is_blank(text_[last - 1])) --last;
    auto ticks = last;
    while (ticks > begin.at && text_[ticks - 1] == '`') --ticks;
    counts_.steps += line.end - ticks;
    const bool ends = last - ticks >= fence_.length;
    const auto code_end = ends ? ticks : line.end;
    const bool only_ends = ends && skip_blanks(begin, ticks).at == ticks;
    if (!only_ends) {
        if (fence_.has_code) writer_.line_break(line.begin, true);
        writer_.mark_until(begin.at);
        code_line({begin.at, code_end});
    }
    if (ends) {
        writer_.mark_until(line.end);
        writer_.end_block();
        fence_ = {};
    }
    return true;
}

void BlockReader::code_line(Range code) {
    writer_.code_until(code.end);
    fence_.has_code = true;
}

bool BlockReader::open_item(Range line, Place begin) {
    const auto sign = item_sign(line, begin.at);
    if (sign.mark == ItemMark::none) return false;
    // Of numbers only a first one may end a paragraph: "it was in\n1986. A good year".
    const bool ends_paragraph = !lines_.empty() && lists_.empty();
    if (ends_paragraph && sign.mark == ItemMark::number && sign.number != 1) return false;

    close_paragraph();
    while (!lists_.empty() && begin.column < lists_.back().column) lists_.pop_back();
    const bool deeper = lists_.empty() || begin.column >= lists_.back().column + kInside;
    if (deeper && lists_.size() < limits::kListDepth) lists_.push_back({begin.column, ItemMark::none, 0, 0});
    auto& list = lists_.back();
    const auto shown = number_of(sign, list.mark == sign.mark);
    list.mark = sign.mark;
    list.written = sign.number;
    list.shown = shown;

    auto block = block_here(BlockKind::paragraph);
    block.item = sign.mark;
    block.number = shown;
    open_paragraph(block, line.begin);
    lines_.push_back({line.begin, {sign.content, line.end}});
    return true;
}

std::uint32_t BlockReader::number_of(const ItemSign& sign, bool same_list) const {
    const auto& list = lists_.back();
    return same_list && sign.mark == ItemMark::number && sign.number == list.written ? list.shown + 1 : sign.number;
}

void BlockReader::continue_text(Range line, std::uint32_t quote_end, Place begin) {
    leave_lists_left_of(begin);
    if (lines_.empty()) open_paragraph(block_here(BlockKind::paragraph), line.begin);
    lines_.push_back({line.begin, {lists_.empty() ? quote_end : begin.at, line.end}});
}

void BlockReader::leave_lists_left_of(Place begin) {
    if (is_within_list(begin)) return;
    close_paragraph();
    while (!is_within_list(begin)) lists_.pop_back();
}

bool BlockReader::is_within_list(Place begin) const {
    return lists_.empty() || begin.column >= lists_.back().column + kInside;
}

Block BlockReader::block_here(BlockKind kind) const {
    Block block;
    block.kind = kind;
    block.quote_depth = static_cast<std::uint8_t>(quote_depth_);
    block.list_depth = static_cast<std::uint8_t>(lists_.size());
    block.empty_lines_before = static_cast<std::uint8_t>(std::min(empty_lines_, std::uint32_t{UINT8_MAX}));
    return block;
}

void BlockReader::open_paragraph(const Block& block, std::uint32_t begin) {
    writer_.begin_block(block, begin);
    empty_lines_ = 0;
}

void BlockReader::close_paragraph() {
    if (lines_.empty()) return;
    InlineReader reader(text_, lines_, pieces_, counts_);
    reader.read();
    writer_.mark_until(lines_.front().content.begin);
    writer_.write(pieces_, reader.delimiters());
    writer_.end_block();
    lines_.clear();
}

// ">" "> " ">>" in a row, up to the last one that has a space or the end of the line behind it.
BlockReader::QuoteMarks BlockReader::quote_marks(Range line, std::uint32_t most) {
    QuoteMarks marks{0, line.begin};
    auto at = line.begin;
    for (std::uint32_t depth = 1; depth <= most; ++depth) {
        ++counts_.steps;
        const auto sign = skip_blanks({at, 0}, line.end, kTab - 1).at;
        if (sign == line.end || text_[sign] != '>') break;
        at = sign + 1;
        if (at < line.end && !is_blank(text_[at])) continue;
        if (at < line.end) ++at;
        marks = {depth, at};
    }
    return marks;
}

BlockReader::Place BlockReader::skip_blanks(Place from, std::uint32_t end, std::uint32_t most_columns) {
    for (; from.at < end && is_blank(text_[from.at]) && from.column < most_columns; ++from.at) {
        ++counts_.steps;
        from.column = text_[from.at] == '\t' ? from.column / kTab * kTab + kTab : from.column + 1;
    }
    return from;
}

BlockReader::ItemSign BlockReader::item_sign(Range line, std::uint32_t at) {
    ItemSign sign;
    if (text_[at] == '-' || text_[at] == '*') {
        sign.mark = ItemMark::bullet;
        ++at;
    } else {
        const auto digits = at;
        while (at < line.end && at - digits <= kDigits && is_digit(text_[at])) {
            ++counts_.steps;
            sign.number = sign.number * 10 + static_cast<std::uint32_t>(text_[at++] - '0');
        }
        if (at == digits || at - digits > kDigits || at == line.end || text_[at] != '.') return {};
        sign.mark = ItemMark::number;
        ++at;
    }
    if (at == line.end || !is_blank(text_[at])) return {};
    sign.content = skip_blanks({at, 0}, line.end).at;
    return sign.content == line.end ? ItemSign{} : sign;
}

std::uint32_t BlockReader::backticks(std::uint32_t at, std::uint32_t end) {
    auto last = at;
    while (last < end && text_[last] == '`') ++last;
    counts_.steps += last - at;
    return last - at;
}

}  // namespace parley::markup
