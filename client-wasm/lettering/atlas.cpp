#include "lettering/atlas.hpp"

#include <algorithm>

namespace parley::lettering {

namespace {

// Few heights, so that one style's shelves serve another's.
constexpr std::uint16_t kStep = 8;
constexpr std::uint16_t kGap = 1;  // between neighbours, should a picture be drawn scaled for a frame

std::uint16_t rounded_up(std::uint16_t height) {
    return static_cast<std::uint16_t>((height + kStep - 1) / kStep * kStep);
}

}  // namespace

std::optional<Atlas::Ticket> Atlas::add(std::uint16_t width, std::uint16_t height) {
    if (width == 0 || height == 0 || width > side_ || rounded_up(height) > side_) return std::nullopt;
    const auto wanted = rounded_up(height);
    auto found = find_shelf(width, wanted);
    if (!found) found = add_shelf(wanted);
    if (!found) found = evict_shelf(wanted);
    if (!found && evict_page()) found = add_shelf(wanted);
    if (!found) return std::nullopt;
    auto& shelf = shelves_[*found];
    const Ticket ticket{*found, shelf.generation, shelf.filled, width, height};
    shelf.filled = static_cast<std::uint16_t>(std::min<int>(side_, shelf.filled + width + kGap));
    shelf.last_drawn = frame_;
    return ticket;
}

std::optional<Spot> Atlas::use(const Ticket& ticket) {
    if (ticket.shelf >= shelves_.size()) return std::nullopt;
    auto& shelf = shelves_[ticket.shelf];
    if (shelf.generation != ticket.generation) return std::nullopt;
    shelf.last_drawn = frame_;
    return Spot{shelf.page, ticket.x, shelf.y, ticket.width, ticket.height};
}

void Atlas::clear() {
    for (auto& shelf : shelves_) {
        empty(shelf);
        if (shelf.height == 0) continue;
        shelf.height = 0;
        spare_.push_back(static_cast<std::uint32_t>(&shelf - shelves_.data()));
    }
    pages_.clear();
}

std::optional<std::uint32_t> Atlas::find_shelf(std::uint16_t width, std::uint16_t height) {
    for (std::uint32_t i = 0; i < shelves_.size(); ++i) {
        if (shelves_[i].height == height && shelves_[i].filled + width <= side_) return i;
    }
    return std::nullopt;
}

std::optional<std::uint32_t> Atlas::add_shelf(std::uint16_t height) {
    for (std::uint16_t page = 0; page <= pages_.size() && page < most_pages_; ++page) {
        if (page == pages_.size()) pages_.push_back({});
        auto& filled = pages_[page].filled;
        if (filled + height > side_) continue;
        const auto shelf = put_shelf(page, filled, height);
        filled = static_cast<std::uint16_t>(filled + height);
        return shelf;
    }
    return std::nullopt;
}

std::uint32_t Atlas::put_shelf(std::uint16_t page, std::uint16_t y, std::uint16_t height) {
    if (spare_.empty()) {
        spare_.push_back(static_cast<std::uint32_t>(shelves_.size()));
        shelves_.emplace_back();
    }
    const auto index = spare_.back();
    spare_.pop_back();
    auto& shelf = shelves_[index];
    shelf.page = page;
    shelf.y = y;
    shelf.height = height;
    return index;
}

std::optional<std::uint32_t> Atlas::evict_shelf(std::uint16_t height) {
    std::optional<std::uint32_t> oldest;
    for (std::uint32_t i = 0; i < shelves_.size(); ++i) {
        const auto& shelf = shelves_[i];
        const bool fits = shelf.height >= height && shelf.height <= 2 * height;
        if (!fits || shelf.last_drawn >= frame_) continue;
        if (!oldest || shelf.last_drawn < shelves_[*oldest].last_drawn) oldest = i;
    }
    if (oldest) empty(shelves_[*oldest]);
    return oldest;
}

// Its shelves had the wrong heights.
bool Atlas::evict_page() {
    std::optional<std::uint16_t> oldest;
    std::uint64_t oldest_drawn = frame_;
    for (std::uint16_t page = 0; page < pages_.size(); ++page) {
        std::uint64_t drawn = 0;
        for (const auto& shelf : shelves_)
            if (shelf.height != 0 && shelf.page == page) drawn = std::max(drawn, shelf.last_drawn);
        if (drawn >= oldest_drawn) continue;
        oldest = page;
        oldest_drawn = drawn;
    }
    if (!oldest) return false;
    for (std::uint32_t i = 0; i < shelves_.size(); ++i) {
        if (shelves_[i].height == 0 || shelves_[i].page != *oldest) continue;
        empty(shelves_[i]);
        shelves_[i].height = 0;
        spare_.push_back(i);
    }
    pages_[*oldest].filled = 0;
    return true;
}

void Atlas::empty(Shelf& shelf) {
    ++shelf.generation;
    shelf.filled = 0;
    ++evictions_;
}

}  // namespace parley::lettering
