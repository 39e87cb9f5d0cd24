#include "ui/theme.hpp"

namespace parley::ui {

void Theme::load(const std::function<std::uint32_t(std::string_view)>& rgba_of) {
    for (std::size_t i = 0; i < colours_.size(); ++i) {
        const auto rgba = rgba_of(kColourNames[i]);
        colours_[i] = IM_COL32(rgba >> 24, (rgba >> 16) & 0xFFu, (rgba >> 8) & 0xFFu, rgba & 0xFFu);
    }
}

ImU32 Theme::faded(Colour colour, float opacity) const {
    const ImU32 full = (*this)(colour);
    const auto alpha = static_cast<ImU32>(static_cast<float>(full >> IM_COL32_A_SHIFT) * opacity);
    return (full & ~IM_COL32_A_MASK) | (alpha << IM_COL32_A_SHIFT);
}

ImU32 Theme::person(std::uint64_t id) const {
    const auto hue = static_cast<std::size_t>((id * 0x9E3779B97F4A7C15ull >> 32) % kPersonColours);
    return colours_[static_cast<std::size_t>(Colour::person_0) + hue];
}

}  // namespace parley::ui
