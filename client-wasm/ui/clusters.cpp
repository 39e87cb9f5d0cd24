#include "ui/clusters.hpp"

#include "text/utf8.hpp"

namespace parley::ui {

namespace {

constexpr std::size_t kLongestWord = 40;  // code points of one unit

bool in(char32_t c, char32_t first, char32_t last) {
    return c >= first && c <= last;
}

bool extends_emoji(char32_t c) {
    return c == 0xFE0F || c == 0x20E3 || in(c, 0x1F3FB, 0x1F3FF) || in(c, 0xE0020, 0xE007F);
}

// Marks that sit on the character before them (Unicode's Mn of the blocks people write with).
bool is_mark(char32_t c) {
    return in(c, 0x0300, 0x036F) || in(c, 0x0483, 0x0489) || c == 0x0E31 || in(c, 0x0E34, 0x0E3A) ||
           in(c, 0x0E47, 0x0E4E) || c == 0x0EB1 || in(c, 0x0EB4, 0x0EBC) || in(c, 0x0EC8, 0x0ECE) ||
           in(c, 0x1AB0, 0x1AFF) || in(c, 0x1DC0, 0x1DFF) || in(c, 0x20D0, 0x20FF) || in(c, 0x302A, 0x302F) ||
           in(c, 0x3099, 0x309A) || in(c, 0xFE00, 0xFE0F) || in(c, 0xFE20, 0xFE2F) || extends_emoji(c);
}

// Letters that change with their neighbours: right-to-left, joined and reordering scripts.
bool is_shaped(char32_t c) {
    return in(c, 0x0590, 0x0DFF) || in(c, 0x0F00, 0x109F) || in(c, 0x1780, 0x18AF) || in(c, 0x1900, 0x1CFF) ||
           in(c, 0xA800, 0xABFF) || in(c, 0xFB1D, 0xFDFF) || in(c, 0xFE70, 0xFEFE) || in(c, 0x10800, 0x11FFF) ||
           in(c, 0x1E900, 0x1E95F) || c == 0x200C;
}

bool is_regional(char32_t c) {
    return in(c, 0x1F1E6, 0x1F1FF);
}

struct Reader {
    std::string_view text;
    std::size_t at = 0;
    [[nodiscard]] bool done() const { return at >= text.size(); }
    [[nodiscard]] char32_t peek() const { return done() ? 0 : parley::text::code_point_at(text, at).value; }
    void next() {
        const auto bytes = parley::text::code_point_at(text, at).bytes;
        at += bytes == 0 ? 1 : bytes;
    }
};

// Moves behind one unit and returns how many code points it holds.
std::size_t pass_unit(Reader& reader) {
    const char32_t first = reader.peek();
    std::size_t count = 1;
    reader.next();
    if (is_regional(first) && is_regional(reader.peek())) {
        reader.next();
        return 2;
    }
    const bool word = is_shaped(first);
    for (char32_t c = reader.peek(); !reader.done() && count < kLongestWord; c = reader.peek()) {
        const bool joiner = c == 0x200D;
        if (!joiner && !is_mark(c) && !(word && is_shaped(c))) break;
        reader.next();
        ++count;
        if (joiner && !reader.done() && reader.peek() > 0x20) {  // what a joiner joins belongs to it
            reader.next();
            ++count;
        }
    }
    return count;
}

}  // namespace

void Clusters::split(std::string_view text, std::vector<ImWchar>& units) {
    Reader reader{text};
    while (!reader.done()) {
        const std::size_t start = reader.at;
        const std::size_t count = pass_unit(reader);
        add(text.substr(start, reader.at - start), count, units);
    }
}

void Clusters::add(std::string_view text, std::size_t code_points, std::vector<ImWchar>& units) {
    if (code_points > 1) {
        const auto known = codes_.find(std::string(text));
        if (known != codes_.end()) return units.push_back(known->second);
        if (texts_.size() <= kLast - kFirst) {
            const auto code = static_cast<ImWchar>(kFirst + texts_.size());
            codes_.emplace(text, code);
            texts_.emplace_back(text);
            return units.push_back(code);
        }
    }
    for (Reader reader{text}; !reader.done(); reader.next()) {
        const char32_t c = reader.peek();
        if (c == 0xFE0F || c == 0x200D) continue;
        units.push_back(c == 0 || in(c, kFirst, kLast) ? 0xFFFD : static_cast<ImWchar>(c));
    }
}

std::string_view Clusters::text_of(ImWchar unit) const {
    if (unit < kFirst || unit - kFirst >= texts_.size()) return {};
    return texts_[unit - kFirst];
}

}  // namespace parley::ui
