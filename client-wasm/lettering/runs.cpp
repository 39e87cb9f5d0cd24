#include "lettering/runs.hpp"

#include <algorithm>
#include <cmath>

namespace parley::lettering {

namespace {

constexpr int kPieceWidth = 1'023;  // a longer line stands in several: two and the gap between fill a shelf of 2048
constexpr int kMostHeight = 512;    // of hundreds of marks above each other the rest is cut
constexpr std::uint64_t kIdleFrames = 600;

constexpr std::uint32_t kLightInk = 0x0100'0000;
constexpr std::uint32_t kDarkInk = 0x0200'0000;

bool is_dark(std::uint32_t colour) {
    const auto part = [colour](unsigned shift) { return (colour >> shift) & 0xFFu; };
    return 299 * part(16) + 587 * part(8) + 114 * part(0) < 128'000;
}

}  // namespace

std::size_t Runs::Hash::operator()(const KeyView& key) const noexcept {
    const auto mix = [](std::size_t hash, std::size_t value) {
        return (hash ^ value) * std::size_t{0x9E37'79B9} + (hash >> 7);
    };
    auto hash = std::hash<std::string_view>{}(key.text);
    hash = mix(hash, std::hash<float>{}(key.style.size));
    hash = mix(hash, std::hash<float>{}(key.density));
    const auto face =
        static_cast<std::size_t>(key.style.weight) * 4 + (key.style.italic ? 2u : 0u) + (key.style.mono ? 1u : 0u);
    return mix(hash, face * 8 + static_cast<std::size_t>(key.order));
}

void Runs::begin_frame(float density) {
    density_ = density;
    ++frame_;
    atlas_.begin_frame();
    if (runs_.size() <= kMostRuns) return;
    std::erase_if(runs_, [this](const auto& entry) { return entry.second.last_used + kIdleFrames < frame_; });
    if (runs_.size() > kMostRuns)
        std::erase_if(runs_, [this](const auto& entry) { return entry.second.last_used + 1 < frame_; });
}

Runs::Run& Runs::find(const KeyView& key) {
    auto found = runs_.find(key);
    if (found == runs_.end()) {
        Run run;
        run.measure = letterer_.measure(key.style, key.density, key.text, key.order);
        found = runs_.emplace(Key{std::string(key.text), key.style, key.order, key.density}, std::move(run)).first;
    }
    found->second.last_used = frame_;
    return found->second;
}

Measure Runs::measure(const Style& style, std::string_view text, Order order) {
    if (text.empty()) return {};
    return find({text, style, order, density_}).measure;
}

Runs::Drawing Runs::draw(const Style& style, std::string_view text, Order order, std::uint32_t colour) {
    pieces_.clear();
    if (text.empty()) return {pieces_, false};
    const KeyView key{text, style, order, density_};
    auto& run = find(key);
    const bool coloured = run.measure.coloured;
    const auto box = box_of(run.measure);
    if (box.right <= box.left || box.bottom <= box.top) return {pieces_, coloured};
    const auto ink = coloured ? colour & 0xFF'FFFFu : is_dark(colour) ? kDarkInk : kLightInk;
    auto picture =
        std::find_if(run.pictures.begin(), run.pictures.end(), [ink](const Picture& each) { return each.ink == ink; });
    if (picture == run.pictures.end()) {
        if (run.pictures.size() >= 4) run.pictures.erase(run.pictures.begin());  // many colours of one emoji line
        run.pictures.push_back({ink, {}});
        picture = std::prev(run.pictures.end());
    }
    if (place(*picture, box)) return {pieces_, coloured};
    paint(key, box, coloured, colour, *picture);
    if (!place(*picture, box)) {
        ++not_placed_;
        pieces_.clear();
    }
    return {pieces_, coloured};
}

// With a pixel around it for smoothed edges.
Runs::Box Runs::box_of(const Measure& measure) const {
    if (measure.right <= measure.left || measure.bottom <= measure.top) return {0, 0, 0, 0};
    const auto down = [this](float value) { return static_cast<int>(std::floor(value * density_)) - 1; };
    const auto up = [this](float value) { return static_cast<int>(std::ceil(value * density_)) + 1; };
    Box box{down(measure.left), down(measure.top), up(measure.right), up(measure.bottom)};
    box.top = std::max(box.top, -kMostHeight / 2);
    box.bottom = std::min(box.bottom, kMostHeight / 2);
    return box;
}

bool Runs::place(const Picture& picture, const Box& box) {
    pieces_.clear();
    if (picture.tickets.empty()) return false;
    const auto side = static_cast<float>(atlas_.side());
    int x = box.left;
    for (const auto& ticket : picture.tickets) {
        const auto spot = atlas_.use(ticket);
        if (!spot) return false;
        pieces_.push_back({texture_of(spot->page), x, box.top, spot->width, spot->height,
                           static_cast<float>(spot->x) / side, static_cast<float>(spot->y) / side,
                           static_cast<float>(spot->x + spot->width) / side,
                           static_cast<float>(spot->y + spot->height) / side});
        x += spot->width;
    }
    return true;
}

void Runs::paint(const KeyView& key, const Box& box, bool coloured, std::uint32_t colour, Picture& picture) {
    picture.tickets.clear();
    const int widest = std::min<int>(kPieceWidth, atlas_.side());
    for (int left = box.left; left < box.right; left += widest) {
        const auto width = static_cast<std::uint16_t>(std::min(widest, box.right - left));
        const auto ticket = atlas_.add(width, static_cast<std::uint16_t>(box.bottom - box.top));
        if (!ticket) return picture.tickets.clear();
        picture.tickets.push_back(*ticket);
        const auto spot = *atlas_.use(*ticket);
        static_cast<void>(texture_of(spot.page));  // there before it is painted on
        letterer_.paint(spot, {key.style, key.density, key.text, key.order, left, box.top, coloured,
                               colour & 0xFF'FFFFu, is_dark(colour)});
        ++painted_;
    }
}

std::uint64_t Runs::texture_of(std::uint16_t page) {
    if (page >= textures_.size()) textures_.resize(page + 1u, 0);
    if (textures_[page] == 0) textures_[page] = letterer_.make_page(page, atlas_.side());
    return textures_[page];
}

void Runs::forget_pictures() {
    atlas_.clear();
    textures_.clear();
}

void Runs::forget_all() {
    runs_.clear();
    atlas_.clear();
}

std::size_t Runs::texture_bytes() const {
    return textures_.size() * std::size_t{4} * atlas_.side() * atlas_.side();
}

}  // namespace parley::lettering
