#include "auth/normal_form.hpp"

#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>

namespace parley::auth {

namespace {

std::string mapped(std::string_view name, int options) {
    utf8proc_uint8_t* bytes = nullptr;
    const auto size =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(name.data()), static_cast<utf8proc_ssize_t>(name.size()),
                     &bytes, static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(bytes, &std::free);
    return size < 0 ? std::string() : std::string(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

utf8proc_category_t category_of(char32_t point) {
    return utf8proc_category(static_cast<utf8proc_int32_t>(point));
}

}  // namespace

std::string composed(std::string_view name) {
    return mapped(name, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string folded(std::string_view name) {
    return mapped(name, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE |
                            UTF8PROC_STRIPCC);
}

std::vector<char32_t> code_points(std::string_view text) {
    std::vector<char32_t> points;
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    for (auto left = static_cast<utf8proc_ssize_t>(text.size()); left > 0;) {
        utf8proc_int32_t point = 0;
        const auto size = utf8proc_iterate(at, left, &point);
        if (size <= 0) break;
        points.push_back(static_cast<char32_t>(point));
        at += size;
        left -= size;
    }
    return points;
}

void append(std::string& text, char32_t point) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes.data());
    text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

bool is_space(char32_t point) {
    return category_of(point) == UTF8PROC_CATEGORY_ZS;
}

bool is_mark(char32_t point) {
    const auto category = category_of(point);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

bool is_styled(char32_t point) {
    return utf8proc_get_property(static_cast<utf8proc_int32_t>(point))->decomp_type != 0;
}

}  // namespace parley::auth
