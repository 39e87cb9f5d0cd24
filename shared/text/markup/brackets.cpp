#include "markup/brackets.hpp"

#include <algorithm>
#include <iterator>

#include "markup/letters.hpp"
#include "protocol/limits.hpp"
#include "text/links.hpp"

namespace parley::markup {

namespace {

bool starts_ignoring_case(std::string_view text, std::string_view word) {
    return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) {
               return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b + ('a' - 'A')) : b);
           });
}

std::uint32_t scheme_size(std::string_view text) {
    for (const std::string_view scheme : {"https://", "http://", "mailto:"})
        if (starts_ignoring_case(text, scheme)) return static_cast<std::uint32_t>(scheme.size());
    return 0;
}

// Nothing of a host or a name, but for the [ of a number.
bool cannot_begin(char c) {
    return is_ascii_punctuation(c) && c != '[';
}

bool is_escape(std::string_view text, std::size_t at) {
    return text[at] == '\\' && at + 1 < text.size() && is_ascii_punctuation(text[at + 1]);
}

}  // namespace

std::optional<OpenBracket> Brackets::close() {
    if (open_.empty()) return std::nullopt;
    auto closed = open_.back();
    open_.pop_back();
    closed.may_link = open_.size() >= linked_;
    linked_ = std::min(linked_, open_.size());
    return closed;
}

std::optional<std::uint32_t> end_of_destination(std::string_view text, Range line, std::uint32_t at, Counts& counts) {
    text = text.substr(0, line.end);
    if (at >= text.size() || text[at] != '(') return std::nullopt;
    const auto begin = at + 1;
    const auto scheme = scheme_size(text.substr(begin));
    if (scheme == 0 || begin + scheme >= text.size() || cannot_begin(text[begin + scheme])) return std::nullopt;
    std::size_t depth = 0;
    for (auto end = begin + scheme; end < text.size() && end - begin <= limits::kLinkAddress; ++end) {
        ++counts.steps;
        if (is_escape(text, end)) {
            if (text::ends_address(text, ++end)) return std::nullopt;
        } else if (text[end] == ')' && depth == 0) {
            return end + 1;
        } else if (text[end] == ')') {
            --depth;
        } else if (text[end] == '(' ? ++depth > limits::kBracketsInAddress : text::ends_address(text, end)) {
            return std::nullopt;
        }
    }
    return std::nullopt;
}

std::string unescaped(std::string_view address) {
    std::string plain;
    for (std::size_t at = 0; at < address.size(); ++at) {
        if (is_escape(address, at)) ++at;
        plain += address[at];
    }
    return plain;
}

}  // namespace parley::markup
