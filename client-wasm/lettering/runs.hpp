// Every stretch of text that was measured or drawn lately, and where its pictures stand: measured once, painted when it
// is first drawn, painted again where its place was given to others. What cannot be placed is not drawn: a gap, never
// another text. One per page of the browser; frame thread only.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "lettering/atlas.hpp"
#include "lettering/letterer.hpp"

namespace parley::lettering {

// A rectangle to draw: device pixels from the pen's place on the baseline, and the part of the texture.
struct Piece {
    std::uint64_t texture = 0;
    int x = 0;
    int y = 0;
    int width = 0;
    int height = 0;
    float u0 = 0, v0 = 0, u1 = 0, v1 = 0;
};

class Runs {
  public:
    static constexpr std::uint16_t kPageSide = 2'048;
    static constexpr std::uint16_t kMostPages = 3;
    static constexpr std::size_t kMostRuns = 12'000;

    explicit Runs(Letterer& letterer, std::uint16_t page_side = kPageSide, std::uint16_t most_pages = kMostPages)
        : letterer_(letterer), atlas_(page_side, most_pages) {}

    void begin_frame(float density);
    [[nodiscard]] float density() const { return density_; }
    [[nodiscard]] Letterer& letterer() { return letterer_; }

    [[nodiscard]] Measure measure(const Style& style, std::string_view text, Order order = Order::own);
    // What is to be drawn for it; good until the next call. `colour` is 0xRRGGBB, the colour it will be tinted with;
    // `coloured` comes back true where it is in the pictures already.
    struct Drawing {
        const std::vector<Piece>& pieces;
        bool coloured;
    };
    [[nodiscard]] Drawing draw(const Style& style, std::string_view text, Order order, std::uint32_t colour);

    // The textures are gone, or the fonts have changed. Between frames.
    void forget_pictures();
    void forget_all();

    [[nodiscard]] std::size_t texture_bytes() const;
    [[nodiscard]] std::uint64_t painted() const { return painted_; }
    [[nodiscard]] std::uint64_t not_placed() const { return not_placed_; }

  private:
    struct Key {
        std::string text;
        Style style;
        Order order = Order::own;
        float density = 1;
    };
    struct KeyView {
        std::string_view text;
        Style style;
        Order order = Order::own;
        float density = 1;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(const KeyView& key) const noexcept;
        std::size_t operator()(const Key& key) const noexcept {
            return (*this)(KeyView{key.text, key.style, key.order, key.density});
        }
    };
    struct Same {
        using is_transparent = void;
        static KeyView view(const Key& key) { return {key.text, key.style, key.order, key.density}; }
        static KeyView view(KeyView key) { return key; }
        bool operator()(const auto& a, const auto& b) const {
            const KeyView one = view(a);
            const KeyView other = view(b);
            return one.text == other.text && one.style == other.style && one.order == other.order &&
                   one.density == other.density;
        }
    };
    // A white one that is tinted (for dark ink or light), or one in its colour.
    struct Picture {
        std::uint32_t ink = 0;
        std::vector<Atlas::Ticket> tickets;
    };
    struct Run {
        Measure measure;
        std::vector<Picture> pictures;
        std::uint64_t last_used = 0;
    };
    struct Box {  // device pixels
        int left, top, right, bottom;
    };
    [[nodiscard]] Run& find(const KeyView& key);
    [[nodiscard]] Box box_of(const Measure& measure) const;
    void paint(const KeyView& key, const Box& box, bool coloured, std::uint32_t colour, Picture& picture);
    [[nodiscard]] bool place(const Picture& picture, const Box& box);
    [[nodiscard]] std::uint64_t texture_of(std::uint16_t page);

    Letterer& letterer_;
    Atlas atlas_;
    float density_ = 1;
    std::uint64_t frame_ = 1;
    std::uint64_t painted_ = 0;
    std::uint64_t not_placed_ = 0;
    std::unordered_map<Key, Run, Hash, Same> runs_;
    std::vector<std::uint64_t> textures_;
    std::vector<Piece> pieces_;
};

}  // namespace parley::lettering
