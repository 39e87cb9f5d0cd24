// Places for pictures in a few square pages: shelves as wide as a page, of a few heights, filled from the left. A shelf
// is emptied as a whole, the one drawn longest ago first, never one drawn in this frame; its tickets are stale from
// then on, and nothing live is ever moved. So a picture is where its ticket says, or nowhere. A value; device pixels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "lettering/letterer.hpp"

namespace parley::lettering {

class Atlas {
  public:
    struct Ticket {
        std::uint32_t shelf = 0;
        std::uint32_t generation = 0;  // 0: of none
        std::uint16_t x = 0;
        std::uint16_t width = 0;
        std::uint16_t height = 0;
    };

    Atlas(std::uint16_t side, std::uint16_t most_pages) : side_(side), most_pages_(most_pages) {}

    // What was drawn before may be evicted from now on.
    void begin_frame() { ++frame_; }
    // A place, which counts as drawn in this frame. Nothing: it is larger than a page, or this frame needs them all.
    [[nodiscard]] std::optional<Ticket> add(std::uint16_t width, std::uint16_t height);
    // Where it is, and that it is drawn in this frame. Nothing: it was evicted.
    [[nodiscard]] std::optional<Spot> use(const Ticket& ticket);
    // Every ticket is stale: the textures are gone. Not in the middle of a frame.
    void clear();

    [[nodiscard]] std::uint16_t side() const { return side_; }
    [[nodiscard]] std::size_t pages() const { return pages_.size(); }
    [[nodiscard]] std::uint64_t evictions() const { return evictions_; }

  private:
    struct Shelf {
        std::uint16_t page = 0;
        std::uint16_t y = 0;
        std::uint16_t height = 0;  // 0: its place was given to others
        std::uint16_t filled = 0;
        std::uint32_t generation = 1;
        std::uint64_t last_drawn = 0;
    };
    struct Page {
        std::uint16_t filled = 0;
    };
    [[nodiscard]] std::optional<std::uint32_t> find_shelf(std::uint16_t width, std::uint16_t height);
    [[nodiscard]] std::optional<std::uint32_t> add_shelf(std::uint16_t height);
    [[nodiscard]] std::optional<std::uint32_t> evict_shelf(std::uint16_t height);
    [[nodiscard]] bool evict_page();
    std::uint32_t put_shelf(std::uint16_t page, std::uint16_t y, std::uint16_t height);
    void empty(Shelf& shelf);

    std::uint16_t side_;
    std::uint16_t most_pages_;
    std::uint64_t frame_ = 1;
    std::uint64_t evictions_ = 0;
    std::vector<Page> pages_;
    std::vector<Shelf> shelves_;
    std::vector<std::uint32_t> spare_;  // shelves of no height
};

}  // namespace parley::lettering
