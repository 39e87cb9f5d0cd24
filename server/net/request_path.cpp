#include "net/request_path.hpp"

#include <algorithm>

namespace parley::net {
namespace {

int hex_value(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
    return -1;
}

std::optional<std::string> unescaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            result.push_back(text[at]);
            continue;
        }
        if (at + 2 >= text.size()) return std::nullopt;
        const int high = hex_value(text[at + 1]);
        const int low = hex_value(text[at + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        result.push_back(static_cast<char>(high * 16 + low));
        at += 2;
    }
    return result;
}

bool is_refused(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 || byte == 0x7f || letter == '\\';
}

bool has_dot_segment(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);  // the slash
        const auto end = std::min(path.find('/'), path.size());
        const auto segment = path.substr(0, end);
        if (segment == "." || segment == "..") return true;
        path.remove_prefix(end);
    }
    return false;
}

}  // namespace

std::optional<std::string> decoded_path(std::string_view target) {
    if (target.find('#') != std::string_view::npos) return std::nullopt;
    auto path = unescaped(target.substr(0, target.find('?')));
    if (!path || path->empty() || path->front() != '/') return std::nullopt;
    if (std::any_of(path->begin(), path->end(), is_refused) || has_dot_segment(*path)) return std::nullopt;
    return path;
}

bool is_deep_link(std::string_view path) {
    return path.starts_with("/r/") || path.starts_with("/d/");
}

}  // namespace parley::net
