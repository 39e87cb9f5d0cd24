// The look's names: colours (their values stand in web/tokens.css, once for the page and the canvas), type scale,
// spacing.
#pragma once

#include <imgui.h>

#include <array>
#include <cstdint>
#include <functional>
#include <string_view>

#include "lettering/letterer.hpp"

namespace parley::ui {

// In the order of kColourNames.
enum class Colour : std::uint8_t {
    ground,
    panel,
    raised,
    field,
    line,
    line_strong,
    text,
    text_soft,
    text_faint,
    accent,
    accent_strong,
    accent_soft,
    on_accent,
    hover,
    selected,
    row_hover,
    danger,
    danger_soft,
    warning,
    warning_soft,
    online,
    away,
    offline,
    pill,
    on_pill,
    scrim,
    shadow,
    code,
    code_comment,
    code_string,
    code_number,
    code_keyword,
    on_person,
    person_0,
    person_1,
    person_2,
    person_3,
    person_4,
    person_5,
    person_6,
    person_7,
    person_8,
    person_9,
};
inline constexpr std::array<std::string_view, 43> kColourNames{
    "--ground",      "--panel",        "--raised",     "--field",     "--line",          "--line-strong",
    "--text",        "--text-soft",    "--text-faint", "--accent",    "--accent-strong", "--accent-soft",
    "--on-accent",   "--hover",        "--selected",   "--row-hover", "--danger",        "--danger-soft",
    "--warning",     "--warning-soft", "--online",     "--away",      "--offline",       "--pill",
    "--on-pill",     "--scrim",        "--shadow",     "--code",      "--code-comment",  "--code-string",
    "--code-number", "--code-keyword", "--on-person",  "--person-0",  "--person-1",      "--person-2",
    "--person-3",    "--person-4",     "--person-5",   "--person-6",  "--person-7",      "--person-8",
    "--person-9",
};
static_assert(static_cast<std::size_t>(Colour::person_9) + 1 == kColourNames.size());
inline constexpr std::uint64_t kPersonColours = 10;

class Theme {
  public:
    // `rgba_of` gives a token's colour as 0xRRGGBBAA.
    void load(const std::function<std::uint32_t(std::string_view token)>& rgba_of);
    [[nodiscard]] ImU32 operator()(Colour colour) const { return colours_[static_cast<std::size_t>(colour)]; }
    [[nodiscard]] ImU32 faded(Colour colour, float opacity) const;
    // The same person has the same colour everywhere, for ever.
    [[nodiscard]] ImU32 person(std::uint64_t id) const;

  private:
    std::array<ImU32, kColourNames.size()> colours_{};
};

using lettering::Weight;
using TextStyle = lettering::Style;

namespace type {
inline constexpr TextStyle kBody{15, 22};
inline constexpr TextStyle kEmoji{32, 42};
inline constexpr TextStyle kStrong{15, 22, Weight::semibold};
inline constexpr TextStyle kSmall{13, 18};
inline constexpr TextStyle kSmallStrong{13, 18, Weight::semibold};
inline constexpr TextStyle kCaptionStrong{12, 16, Weight::semibold};
inline constexpr TextStyle kTitle{17, 24, Weight::semibold};
inline constexpr TextStyle kDisplay{22, 30, Weight::semibold};
}  // namespace type

namespace space {
inline constexpr float kHair = 2;
inline constexpr float kSmall = 8;
inline constexpr float kLarge = 16;
inline constexpr float kRadius = 8;
inline constexpr float kRadiusLarge = 14;
inline constexpr float kHeader = 56;
inline constexpr float kRoomList = 264;
inline constexpr float kMemberList = 232;
inline constexpr float kAvatar = 38;
inline constexpr float kNarrow = 760;  // below this width the lists are drawers
inline constexpr float kLow = 320;     // below this height what can be spared gives way to the messages
inline constexpr float kLowest = 220;  // and below this one more of it
}  // namespace space

}  // namespace parley::ui
