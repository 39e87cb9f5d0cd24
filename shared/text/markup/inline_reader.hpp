// What stands within the lines of a paragraph: cuts them into pieces, from left to right, once.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "markup/brackets.hpp"
#include "markup/delimiters.hpp"
#include "markup/pieces.hpp"

namespace parley::markup {

// The runs of ` in a paragraph: where a span of code that begins at one ends. Linear for all of them together.
class Backticks {
  public:
    struct Run {
        std::uint32_t at = 0;
        std::uint32_t length = 0;
        std::uint32_t line = 0;
        std::uint32_t next_as_long = 0;  // the next run of this length
        std::uint32_t next_shorter = 0;  // the next run of one less, for the one whose first ` is escaped
    };

    Backticks(std::string_view text, const std::vector<ContentLine>& lines, Counts& counts);
    // The run that ends what begins with the `length` backticks at `at`. REQUIRES: `at` rises from call to call.
    [[nodiscard]] const Run* end_of(std::uint32_t at, std::uint32_t length);

  private:
    static constexpr std::uint32_t kNone = UINT32_MAX;

    std::vector<Run> runs_;
    std::size_t here_ = 0;
};

class InlineReader {
  public:
    // All must outlive it. What it reads stands in `pieces`. REQUIRES: !lines.empty().
    InlineReader(std::string_view text, const std::vector<ContentLine>& lines, std::vector<Piece>& pieces,
                 Counts& counts);

    void read();

    [[nodiscard]] const Delimiters& delimiters() const { return delimiters_; }

  private:
    void read_one();
    void read_escape();
    void read_code();
    void read_delimiter();
    void open_bracket();
    void close_bracket();
    void read_angle();
    void read_address();

    bool read_mention();
    bool read_address_in_angles();
    void code_until(const Backticks::Run& last);
    [[nodiscard]] std::uint32_t next_destination();
    [[nodiscard]] bool is_empty_since(std::size_t piece) const;
    [[nodiscard]] bool may_mark() const;
    [[nodiscard]] bool may_link() const;

    [[nodiscard]] std::uint32_t same_from(std::uint32_t at) const;  // how often text_[at] stands there
    void next_line(std::uint64_t in_code = 0);
    void end_text();
    void add(PieceKind kind, Range source, std::uint64_t number = 0);
    void take(PieceKind kind, std::uint32_t end, std::uint64_t number = 0);

    std::string_view text_;
    const std::vector<ContentLine>& lines_;
    std::vector<Piece>& pieces_;
    Counts& counts_;
    Delimiters delimiters_;
    Backticks backticks_;
    Brackets brackets_;
    std::size_t line_ = 0;
    Range content_;  // of this line
    std::uint32_t at_ = 0;
    std::uint32_t text_begin_ = 0;        // of what is text so far and in no piece yet
    std::uint32_t seen_destination_ = 0;  // the next "](", if it is not before at_
};

}  // namespace parley::markup
