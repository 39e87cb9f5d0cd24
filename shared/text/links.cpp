#include "text/links.hpp"

#include <algorithm>

namespace parley::text {

namespace {

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<signed char>(c) < 0;
}

bool starts_with_ignoring_case(std::string_view text, std::string_view word) {
    if (text.size() < word.size()) return false;
    return std::equal(word.begin(), word.end(), text.begin(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + 32) : b); });
}

std::size_t scheme_at(std::string_view text, std::size_t at) {
    if (at > 0 && is_letter_or_digit(text[at - 1])) return 0;
    for (const std::string_view scheme : {std::string_view("https://"), std::string_view("http://")})
        if (starts_with_ignoring_case(text.substr(at), scheme)) return scheme.size();
    return 0;
}

// How many more of these brackets are closed than opened.
std::ptrdiff_t surplus(std::string_view address, char opening, char closing) {
    return std::count(address.begin(), address.end(), closing) - std::count(address.begin(), address.end(), opening);
}

std::size_t without_trailing_punctuation(std::string_view address) {
    auto round = surplus(address, '(', ')');
    auto square = surplus(address, '[', ']');
    auto size = address.size();
    for (; size > 0; --size) {
        const char last = address[size - 1];
        if (last == ')' ? round-- > 0 : last == ']' ? square-- > 0 : false) continue;
        if (std::string_view(".,;:!?'*_~").find(last) == std::string_view::npos) break;
    }
    return size;
}

}  // namespace

bool ends_address(std::string_view text, std::size_t at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c <= 0x20 || c == 0x7F || c == '<' || c == '>' || c == '"' || c == '`' || c == '\\' || c == '^' || c == '{' ||
        c == '|' || c == '}')
        return true;
    if (c != 0xC2 && c != 0xE2 && c != 0xE3) return false;
    const auto follows = [&](std::string_view bytes) { return text.substr(at).starts_with(bytes); };
    return follows("\xC2\xA0") || follows("\xE2\x80\x8B") || follows("\xE3\x80\x80") || follows("\xE3\x80\x81") ||
           follows("\xE3\x80\x82") || follows("\xE2\x80\xA8") || follows("\xE2\x80\xA9");
}

std::size_t end_of_link_at(std::string_view text, std::size_t at) {
    const auto scheme = scheme_at(text, at);
    const auto host = at + scheme;
    if (scheme == 0 || host >= text.size() || !is_letter_or_digit(text[host]) || ends_address(text, host)) return at;
    auto end = host;
    while (end < text.size() && !ends_address(text, end)) ++end;
    return at + without_trailing_punctuation(text.substr(at, end - at));
}

std::vector<Link> links_in(std::string_view text) {
    std::vector<Link> links;
    for (std::size_t at = text.find("://"); at != std::string_view::npos && links.size() < kLinksOfOneText;
         at = text.find("://", at)) {
        const auto begin = at >= 5 && scheme_at(text, at - 5) == 8 ? at - 5 : at >= 4 ? at - 4 : at;
        at += 3;
        if (begin + scheme_at(text, begin) != at || (!links.empty() && begin < links.back().end)) continue;
        const auto end = end_of_link_at(text, begin);
        if (end == begin) continue;
        links.push_back({begin, end});
        at = end;
    }
    return links;
}

}  // namespace parley::text
