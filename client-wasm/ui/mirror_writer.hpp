// The operations that change the page's mirror, as bytes: each a number (in step with web/semantics.js), mostly a
// node's id, and what it says. Integers are little endian, texts are their length and UTF-8, lengths are whole CSS
// pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "lettering/letterer.hpp"
#include "ui/geometry.hpp"

namespace parley::ui {

using NodeId = std::uint32_t;  // 0: the page itself

class MirrorWriter {
  public:
    enum class Op : std::uint8_t {
        insert = 1,  // parent, role
        remove,
        place,  // the sibling before it, or 0
        rect,   // from the parent's corner
        name,
        state,
        value,
        detail,
        focus,
        announce,  // no id
        parts,     // of an article: body, author and time, each x, y, width
        body,      // of an article
        order,     // of an article, or a text among them: where it stands in its log
        hide,      // an article that can be found from now on, and not be seen
        find,      // a new one of that kind: parent, order, anchor, author, time, body
        anchor,    // the number in its address
        position,  // its number in the log
        keys,      // that do the same
        moment,    // of an article: when it was said
        hint,      // what is told besides the name
    };

    void clear() { out_.clear(); }
    void append(const MirrorWriter& other) { out_.insert(out_.end(), other.out_.begin(), other.out_.end()); }
    [[nodiscard]] std::span<const std::byte> bytes() const { return out_; }

    void begin(Op op, NodeId id);
    void announce(std::string_view words);
    void u8(std::uint8_t value) { out_.push_back(static_cast<std::byte>(value)); }
    void u16(std::uint16_t value);
    void u32(std::uint32_t value);
    void number(double value);
    void pixels(float value);
    void rect(const Rect& rect, const Rect& origin);
    void part(const Rect& part, const Rect& origin);  // without its height; an empty one is not seen
    void text(std::string_view value);
    // What a message shows: its text, the parts of it that are not plain, how its lines stand, and the size of its
    // letters.
    struct Body {
        std::string_view text;
        std::span<const lettering::Span> spans;
        std::span<const lettering::Block> blocks;
        lettering::Style style;
    };
    void body(const Body& body);

  private:
    std::vector<std::byte> out_;
};

}  // namespace parley::ui
