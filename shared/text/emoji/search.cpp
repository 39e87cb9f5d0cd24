// Finding emoji by words.
#include <algorithm>
#include <string>
#include <utility>

#include "emoji/emoji.hpp"
#include "emoji/emoji_table.hpp"
#include "protocol/limits.hpp"

namespace parley::emoji {

namespace {

// How well a record fits; the lower the better.
enum Fit : std::uint8_t { is_shortcode, begins_shortcode, is_word, begins_word, is_keyword, begins_keyword, none };

struct Query {
    std::string whole;  // with _ between the words
    std::vector<std::string> words;
};

Query query_of(std::string_view text) {
    Query query;
    std::string word;
    const auto end_word = [&] {
        if (word.empty()) return;
        query.whole += (query.whole.empty() ? "" : "_") + word;
        query.words.push_back(std::exchange(word, {}));
    };
    for (const char c : text.substr(0, limits::kEmojiQuery)) {
        if (c == ' ' || c == '_' || c == ':' || c == '\t' || c == '\n')
            end_word();
        else
            word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    }
    end_word();
    return query;
}

// The best of `words`, which stand between any of `separators`.
Fit best_of(std::string_view words, std::string_view separators, std::string_view wanted, Fit whole, Fit beginning) {
    auto best = none;
    while (!words.empty()) {
        const auto end = std::min(words.find_first_of(separators), words.size());
        const auto word = words.substr(0, end);
        if (word == wanted) return whole;
        if (word.starts_with(wanted)) best = beginning;
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return best;
}

Fit fit_of(const Record& record, const Query& query) {
    const auto as_one = best_of(record.shortcodes, " ", query.whole, is_shortcode, begins_shortcode);
    if (as_one != none) return as_one;
    auto worst = is_shortcode;
    for (const auto& word : query.words) {
        const auto fit = std::min(best_of(record.shortcodes, " _", word, is_word, begins_word),
                                  best_of(record.keywords, " ", word, is_keyword, begins_keyword));
        worst = std::max(worst, fit);
    }
    return worst;
}

}  // namespace

std::vector<Emoji> search(std::string_view words, std::size_t limit) {
    const auto query = query_of(words);
    if (query.words.empty()) return {};
    std::vector<std::pair<Fit, std::size_t>> fitting;
    for (std::size_t place = 0; place < record_count(); ++place) {
        const auto fit = fit_of(record_at(place), query);
        if (fit != none) fitting.emplace_back(fit, place);
    }
    std::sort(fitting.begin(), fitting.end());
    fitting.resize(std::min(fitting.size(), limit));
    std::vector<Emoji> found;
    for (const auto& [fit, place] : fitting) found.push_back(at(place));
    return found;
}

}  // namespace parley::emoji
