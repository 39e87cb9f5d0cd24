// Runs of * _ ~~ || and which of them open and close what (CommonMark, "process emphasis"). One paragraph's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "markup/letters.hpp"
#include "markup/pieces.hpp"

namespace parley::markup {

// How often a run opens or closes something: bold (or strike, or a spoiler) takes two of its characters, italic one.
struct Uses {
    std::uint32_t doubles = 0;
    std::uint32_t singles = 0;
    [[nodiscard]] std::uint32_t characters() const { return 2 * doubles + singles; }
};

// The characters on its left close, those on its right open, what is left between them is text.
struct Delimiter {
    char mark = '*';
    bool can_open = false;
    bool can_close = false;
    std::uint32_t length = 0;
    std::uint32_t unpaired = 0;
    Uses closes;
    Uses opens;
    std::uint32_t previous = 0;  // in the list of those not settled
    std::uint32_t next = 0;
};

class Delimiters {
  public:
    explicit Delimiters(Counts& counts) : counts_(counts) {}

    // The run's place, or kNone where a run of that length between these neighbours is text in any case.
    std::uint32_t add(char mark, std::uint32_t length, Beside before, Beside after);
    // Settles all from this place on: inside a link before it is closed, and at the end everything.
    void pair_from(std::uint32_t first);

    [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(delimiters_.size()); }
    [[nodiscard]] const Delimiter& at(std::uint64_t place) const {
        return delimiters_[static_cast<std::size_t>(place)];
    }

    static constexpr std::uint32_t kNone = UINT32_MAX;

  private:
    [[nodiscard]] std::uint32_t first_unsettled_from(std::uint32_t first);
    [[nodiscard]] std::uint32_t opener_for(std::uint32_t closer, std::uint32_t lowest);
    void pair(std::uint32_t opener, std::uint32_t closer);
    void settle(std::uint32_t place);
    void settle_between(std::uint32_t opener, std::uint32_t closer);

    Counts& counts_;
    std::vector<Delimiter> delimiters_;
    std::uint32_t last_ = kNone;  // of the list
};

}  // namespace parley::markup
