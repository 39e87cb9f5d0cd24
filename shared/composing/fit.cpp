#include "composing/fit.hpp"

#include <algorithm>

namespace parley::composing {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_same(char a, char b) {
    return lower(a) == lower(b);
}

bool begins_word(std::string_view words, std::size_t at) {
    return at == 0 || std::string_view(" .-_").find(words[at - 1]) != std::string_view::npos;
}

bool has_letters(std::string_view words, std::string_view letters) {
    for (const char c : words) {
        if (!letters.empty() && is_same(c, letters.front())) letters.remove_prefix(1);
    }
    return letters.empty();
}

}  // namespace

std::optional<Fit> fit_of(std::string_view words, std::string_view typed) {
    if (typed.empty()) return Fit::beginning;
    std::optional<Fit> best;
    for (auto at = words.begin();; ++at) {
        at = std::search(at, words.end(), typed.begin(), typed.end(), is_same);
        if (at == words.end()) return best;
        if (at == words.begin()) return words.size() == typed.size() ? Fit::whole : Fit::beginning;
        const auto place = static_cast<std::size_t>(at - words.begin());
        if (begins_word(words, place)) return Fit::beginning_of_word;
        best = Fit::within;
    }
}

std::optional<Fit> loose_fit_of(std::string_view words, std::string_view typed) {
    if (const auto fit = fit_of(words, typed)) return fit;
    for (std::size_t at = 0; at < words.size(); ++at) {
        if (begins_word(words, at) && is_same(words[at], typed.front()) && has_letters(words.substr(at), typed))
            return Fit::letters;
    }
    return std::nullopt;
}

}  // namespace parley::composing
