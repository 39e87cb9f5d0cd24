// What the program needs of whoever can set text in type: in a page the browser, whose own font engine shapes, orders
// and rasterises it (CANVAS: the DOM lays out, the canvas paints). Lengths are CSS pixels unless they say otherwise.
// Implemented by platform; called from the frame thread only.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parley::lettering {

enum class Weight : std::uint8_t { regular, semibold };

// A line of text: its size, the height of its line and its face.
struct Style {
    float size = 15;
    float line = 22;
    Weight weight = Weight::regular;
    bool italic = false;
    bool mono = false;
    bool operator==(const Style&) const = default;
};

// How one stretch of text is ordered: as its own first strong letter says, or every letter in one direction, where the
// paragraph around it has decided. Without kerning, where some of the paragraph is Chinese, Japanese or Korean: there a
// browser kerns in the page and not on a canvas.
enum class Order : std::uint8_t {
    own,
    left_to_right,
    right_to_left,
    own_unkerned = 4,
    left_to_right_unkerned,
    right_to_left_unkerned
};

// One stretch of text on one line, as the font engine measures it. The box is what its ink covers, from the pen's place
// on the baseline: left and top are negative where the ink begins before it.
struct Measure {
    float width = 0;  // of the advance
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
    bool coloured = false;  // emoji: cannot be tinted
};

// A stretch of a text that breaks into lines, which is drawn in one piece.
struct Fragment {
    std::uint32_t begin = 0;  // bytes
    std::uint32_t end = 0;
    float x = 0;  // from the left edge of the paragraph
    float y = 0;  // the top of its line's box
    Order order = Order::own;
    std::uint16_t span = 0;  // 1 + the place of its Span; 0: plain
};

// What a part of a text is, as bits. In step with web/text.js.
using Marks = std::uint16_t;
inline constexpr Marks kLink = 1;
inline constexpr Marks kBold = 2;
inline constexpr Marks kItalic = 4;
inline constexpr Marks kStrike = 8;
inline constexpr Marks kCode = 16;     // in a sentence; a block of code is a Block
inline constexpr Marks kMention = 32;  // of somebody, or of a room
inline constexpr Marks kMine = 64;     // a mention of who reads it
inline constexpr Marks kSpoiler = 128;
inline constexpr Marks kItemMark = 256;  // the bullet or number of a list's item: it hangs left of its text
inline constexpr Marks kComment = 512;   // in code
inline constexpr Marks kString = 1024;
inline constexpr Marks kNumber = 2048;
inline constexpr Marks kKeyword = 4096;
inline constexpr Marks kAside = 8192;  // of the program: "(edited)"

// A part of a text that is not plain. They follow each other and do not overlap.
struct Span {
    Marks marks = 0;
    std::uint32_t begin = 0;  // bytes
    std::uint32_t end = 0;
    std::string address = {};  // of a link, where it is not the text itself
    bool operator==(const Span&) const = default;
};

// The face that a part of a text of this style is set in.
[[nodiscard]] Style styled(Style style, Marks marks);

// Lines of a text that stand together. They follow each other; between two there are newlines alone.
struct Block {
    std::uint32_t begin = 0;  // bytes
    std::uint32_t end = 0;
    std::uint8_t quotes = 0;       // bars beside it
    std::uint8_t items = 0;        // how deep it stands in lists
    std::uint8_t empty_above = 0;  // lines
    bool code = false;
    bool operator==(const Block&) const = default;
};
// Lengths of a block; in step with web/style.css.
inline constexpr float kQuoteIndent = 14;
inline constexpr float kItemIndent = 24;
inline constexpr float kCodePadding = 8;  // above and below; half as much more beside

struct Layout {
    struct Band {
        float top = 0;
        float height = 0;
        bool right_to_left = false;
    };
    std::vector<Fragment> fragments;
    std::vector<Band> blocks;  // where each stands
    float height = 0;
};

// Where a picture of text goes: device pixels of a page of the atlas.
struct Spot {
    std::uint16_t page = 0;
    std::uint16_t x = 0;
    std::uint16_t y = 0;
    std::uint16_t width = 0;
    std::uint16_t height = 0;
    bool operator==(const Spot&) const = default;
};

class Letterer {
  public:
    virtual ~Letterer() = default;

    // From the top of a line's box to the baseline.
    [[nodiscard]] virtual float baseline(const Style& style) = 0;
    [[nodiscard]] virtual Measure measure(const Style& style, float density, std::string_view text, Order order) = 0;
    // How many bytes of it fit into this width with an ellipsis behind; all of them: it fits without.
    [[nodiscard]] virtual std::size_t fit(const Style& style, std::string_view text, float width) = 0;

    struct Request {
        std::string_view text;
        std::span<const Span> spans;
        std::span<const Block> blocks;  // none: lines of one kind
    };
    // Breaks each into lines of this width, all in one go: one of many costs much less than one alone.
    [[nodiscard]] virtual std::vector<Layout> lay_out(const Style& style, float density, float width,
                                                      std::span<const Request> requests) = 0;

    // A texture of the GPU for a page of this side, in device pixels. The same page may be asked for again after all
    // textures were lost.
    [[nodiscard]] virtual std::uint64_t make_page(std::uint16_t page, std::uint16_t side) = 0;
    // The text's picture, of which the upper left corner is this far from the pen's place in device pixels. A `colour`
    // (0xRRGGBB) is in the picture; without one it is white, to be tinted, and `dark` says that it will be tinted with
    // a dark colour (edges are weighed accordingly).
    struct Picture {
        Style style;
        float density = 1;
        std::string_view text;
        Order order = Order::own;
        int left = 0;
        int top = 0;
        bool is_coloured = false;
        std::uint32_t colour = 0;
        bool dark = false;
    };
    virtual void paint(const Spot& spot, const Picture& picture) = 0;

    // What a reader takes for its first letter, with all marks that belong to it, as a capital where it has one. An
    // emoji is a letter of its own.
    [[nodiscard]] virtual std::string capital(std::string_view text) = 0;
};

}  // namespace parley::lettering
