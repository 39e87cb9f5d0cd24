// What is one emoji (UTS #51, 1.4.9: possible emoji), as far as it is drawn in colour.
#include <cstdint>

#include "emoji/emoji.hpp"
#include "emoji/emoji_table.hpp"
#include "protocol/limits.hpp"
#include "text/names.hpp"
#include "text/utf8.hpp"

namespace parley::emoji {

namespace {

constexpr char32_t kKeycap = 0x20E3;
constexpr char32_t kTagEnd = 0xE007F;

bool is_flag_letter(char32_t c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}
bool is_tag(char32_t c) {
    return c >= 0xE0020 && c < kTagEnd;
}
bool has_keycap(char32_t c) {
    return (c >= '0' && c <= '9') || c == '#' || c == '*';
}

// Goes through the code points of one sequence.
class Sequence {
  public:
    Sequence(std::string_view text, std::size_t at) : text_(text), begin_(at), at_(at) {}

    std::size_t length() {
        const bool is_one = is_flag_letter(next()) ? flag() : has_keycap(next()) ? keycap() : joined();
        return is_one ? at_ - begin_ : 0;
    }

  private:
    [[nodiscard]] char32_t next() const { return at_ < text_.size() ? text::code_point_at(text_, at_).value : 0; }
    bool take(bool fits) {
        if (fits && at_ < text_.size()) at_ += text::code_point_at(text_, at_).bytes;
        return fits;
    }

    bool flag() { return take(is_flag_letter(next())) && take(is_flag_letter(next())); }
    bool keycap() { return take(true) && take(next() == kSelector) && take(next() == kKeycap); }

    // People and things joined: at least the first is drawn in colour, and a joiner without a picture behind is none of
    // it.
    bool joined() {
        bool colourful = false;
        if (!element(colourful)) return false;
        for (std::size_t parts = 1; next() == kJoiner && parts < limits::kEmojiParts; ++parts) {
            const auto before = at_;
            take(true);
            if (element(colourful)) continue;
            at_ = before;
            break;
        }
        return colourful;
    }

    bool element(bool& colourful) {
        const auto c = next();
        if (!take(is_picture(c))) return false;
        colourful = colourful || is_colourful(c);
        if (take(next() == kSelector)) colourful = true;
        if (takes_tone(c) && take(is_tone(next()))) colourful = true;
        return tags();
    }

    bool tags() {
        if (!is_tag(next())) return true;
        while (take(is_tag(next()))) {
        }
        return take(next() == kTagEnd);
    }

    std::string_view text_;
    std::size_t begin_;
    std::size_t at_;
};

}  // namespace

std::size_t sequence_length(std::string_view text, std::size_t at) {
    return Sequence(text, at).length();
}

bool is_emoji_sequence(std::string_view text) {
    return !text.empty() && sequence_length(text, 0) == text.size();
}

std::size_t count_if_only_emoji(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (const auto length = sequence_length(text, at); length > 0) {
            if (++count > limits::kEmojiDrawnLarge) return 0;
            at += length;
            continue;
        }
        const auto point = text::code_point_at(text, at);
        if (point.bytes == 0 || !text::is_white_space(point.value)) return 0;
        at += point.bytes;
    }
    return count;
}

}  // namespace parley::emoji
