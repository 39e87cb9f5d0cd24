#include "text/direction.hpp"

#include "text/utf8.hpp"

namespace parley::text {

bool has_right_to_left(std::string_view text) {
    const auto in = [](char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; };
    for (std::size_t at = 0; at < text.size();) {
        const auto [c, bytes] = code_point_at(text, at);
        if (in(c, 0x0590, 0x08FF) || in(c, 0xFB1D, 0xFDFF) || in(c, 0xFE70, 0xFEFC) || in(c, 0x10800, 0x10FFF) ||
            in(c, 0x1E800, 0x1EFFF) || c == 0x200F || in(c, 0x202A, 0x202E) || in(c, 0x2066, 0x2069))
            return true;
        at += bytes == 0 ? 1 : bytes;
    }
    return false;
}

std::string isolated(std::string_view name) {
    if (!has_right_to_left(name)) return std::string(name);
    return "\u2068" + std::string(name) + "\u2069";
}

}  // namespace parley::text
