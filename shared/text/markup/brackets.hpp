// [text](address): which [ are still open, and what may be an address.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "markup/pieces.hpp"

namespace parley::markup {

struct OpenBracket {
    std::size_t piece = 0;        // of its [
    std::uint32_t delimiter = 0;  // the first one after it
    bool may_link = true;         // not around another link
};

class Brackets {
  public:
    void open(std::size_t piece, std::uint32_t delimiter) { open_.push_back({piece, delimiter, true}); }
    // The innermost one that is open, which it is no longer; nothing where none is.
    [[nodiscard]] std::optional<OpenBracket> close();
    // It became a link: those around it may not.
    void linked() { linked_ = open_.size(); }
    [[nodiscard]] bool empty() const { return open_.empty(); }

  private:
    std::vector<OpenBracket> open_;
    std::size_t linked_ = 0;  // that many from the bottom are around a link
};

// The end of "(address)" at text[at] within `line`, behind its ")". http, https and mailto alone, without white space
// or a title.
[[nodiscard]] std::optional<std::uint32_t> end_of_destination(std::string_view text, Range line, std::uint32_t at,
                                                              Counts& counts);

// The address that was written, without its backslashes.
[[nodiscard]] std::string unescaped(std::string_view address);

}  // namespace parley::markup
