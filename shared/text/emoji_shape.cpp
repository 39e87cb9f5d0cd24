#include "text/emoji_shape.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "text/utf8.hpp"

namespace parley::text {

namespace {

constexpr char32_t kJoiner = 0x200D;
constexpr char32_t kSelector = 0xFE0F;  // asks for the colourful look
constexpr char32_t kKeycap = 0x20E3;
constexpr char32_t kBlackFlag = 0x1F3F4;
constexpr char32_t kTagEnd = 0xE007F;
// The longest that Unicode has are families and couples of four. More would be a row of emoji in most fonts.
constexpr std::size_t kPartsOfEmoji = 4;
// Of a region: "gbeng". Tags draw nothing: more of them would be hidden text.
constexpr std::size_t kTagsLongest = 6;

struct Range {
    char32_t first;
    char32_t last;
};

// Extended_Pictographic of Unicode 15, which reserves room for emoji to come; sorted.
constexpr auto kPictures = std::to_array<Range>(
    {{0x00A9, 0x00A9},   {0x00AE, 0x00AE},   {0x203C, 0x203C},   {0x2049, 0x2049},   {0x2122, 0x2122},
     {0x2139, 0x2139},   {0x2194, 0x2199},   {0x21A9, 0x21AA},   {0x231A, 0x231B},   {0x2328, 0x2328},
     {0x2388, 0x2388},   {0x23CF, 0x23CF},   {0x23E9, 0x23F3},   {0x23F8, 0x23FA},   {0x24C2, 0x24C2},
     {0x25AA, 0x25AB},   {0x25B6, 0x25B6},   {0x25C0, 0x25C0},   {0x25FB, 0x25FE},   {0x2600, 0x2605},
     {0x2607, 0x2612},   {0x2614, 0x2685},   {0x2690, 0x2705},   {0x2708, 0x2712},   {0x2714, 0x2714},
     {0x2716, 0x2716},   {0x271D, 0x271D},   {0x2721, 0x2721},   {0x2728, 0x2728},   {0x2733, 0x2734},
     {0x2744, 0x2744},   {0x2747, 0x2747},   {0x274C, 0x274C},   {0x274E, 0x274E},   {0x2753, 0x2755},
     {0x2757, 0x2757},   {0x2763, 0x2767},   {0x2795, 0x2797},   {0x27A1, 0x27A1},   {0x27B0, 0x27B0},
     {0x27BF, 0x27BF},   {0x2934, 0x2935},   {0x2B05, 0x2B07},   {0x2B1B, 0x2B1C},   {0x2B50, 0x2B50},
     {0x2B55, 0x2B55},   {0x3030, 0x3030},   {0x303D, 0x303D},   {0x3297, 0x3297},   {0x3299, 0x3299},
     {0x1F000, 0x1F0FF}, {0x1F10D, 0x1F10F}, {0x1F12F, 0x1F12F}, {0x1F16C, 0x1F171}, {0x1F17E, 0x1F17F},
     {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F1AD, 0x1F1E5}, {0x1F201, 0x1F20F}, {0x1F21A, 0x1F21A},
     {0x1F22F, 0x1F22F}, {0x1F232, 0x1F23A}, {0x1F23C, 0x1F23F}, {0x1F249, 0x1F3FA}, {0x1F400, 0x1F53D},
     {0x1F546, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F774, 0x1F77F}, {0x1F7D5, 0x1F7FF}, {0x1F80C, 0x1F80F},
     {0x1F848, 0x1F84F}, {0x1F85A, 0x1F85F}, {0x1F888, 0x1F88F}, {0x1F8AE, 0x1F8FF}, {0x1F90C, 0x1F93A},
     {0x1F93C, 0x1F945}, {0x1F947, 0x1FAFF}, {0x1FC00, 0x1FFFD}});

bool is_picture(char32_t c) {
    const auto found = std::lower_bound(kPictures.begin(), kPictures.end(), c,
                                        [](const Range& range, char32_t value) { return range.last < value; });
    return found != kPictures.end() && found->first <= c;
}
bool is_tone(char32_t c) {
    return c >= 0x1F3FB && c <= 0x1F3FF;
}
bool is_flag_letter(char32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}
bool is_tag(char32_t c) {
    return (c >= 0xE0030 && c <= 0xE0039) || (c >= 0xE0061 && c <= 0xE007A);
}
bool has_keycap(char32_t c) {
    return (c >= '0' && c <= '9') || c == '#' || c == '*';
}

// Goes through the code points of what should be one emoji.
class Shape {
  public:
    explicit Shape(std::string_view text) : text_(text) {}

    bool is_one() {
        const auto first = next();
        const bool fits = is_flag_letter(first) ? flag() : has_keycap(first) ? keycap() : joined();
        return fits && at_ == text_.size();
    }

  private:
    // 0 at the end, and where there is no UTF-8.
    [[nodiscard]] char32_t next() const { return at_ < text_.size() ? code_point_at(text_, at_).value : 0; }
    bool take(bool fits) {
        if (fits) at_ += code_point_at(text_, at_).bytes;
        return fits;
    }

    bool flag() { return take(is_flag_letter(next())) && take(is_flag_letter(next())); }
    bool keycap() {
        take(has_keycap(next()));
        take(next() == kSelector);
        return take(next() == kKeycap);
    }
    bool joined() {
        if (next() == kBlackFlag && is_tag(after_next())) return tagged_flag();
        for (std::size_t parts = 1; part(); ++parts) {
            if (!take(next() == kJoiner)) return true;
            if (parts == kPartsOfEmoji) return false;
        }
        return false;
    }
    bool part() {
        if (!take(is_picture(next()))) return false;
        take(next() == kSelector);
        take(is_tone(next()));
        return true;
    }
    bool tagged_flag() {
        take(true);
        std::size_t tags = 0;
        while (tags < kTagsLongest && take(is_tag(next()))) ++tags;
        return take(next() == kTagEnd);
    }
    [[nodiscard]] char32_t after_next() const {
        auto after = *this;
        after.take(true);
        return after.next();
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

bool is_shaped_like_emoji(std::string_view emoji) {
    return Shape(emoji).is_one();
}

}  // namespace parley::text
