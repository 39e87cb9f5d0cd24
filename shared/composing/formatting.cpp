#include "composing/formatting.hpp"

namespace parley::composing {

namespace {

// How many of the mark's character stand just before `at`, and just from it on.
std::size_t before(std::string_view text, std::size_t at, char mark) {
    std::size_t count = 0;
    while (count < at && text[at - count - 1] == mark) ++count;
    return count;
}
std::size_t from(std::string_view text, std::size_t at, char mark) {
    std::size_t count = 0;
    while (at + count < text.size() && text[at + count] == mark) ++count;
    return count;
}

// Whether so many marks around a text are this one: of three stars one is italic and two are bold.
bool holds(std::size_t count, std::string_view marks) {
    if (marks != "*" && marks != "**") return count >= marks.size();
    return marks == "**" ? count >= 2 : count == 1 || count == 3;
}

bool is_of_word(char c) {
    constexpr std::string_view kBetween = " \t\n*_~`|[]()<>.,;:!?\"";
    return kBetween.find(c) == std::string_view::npos;
}

}  // namespace

Replacement with_marks_turned(std::string_view text, std::size_t begin, std::size_t end, std::string_view marks) {
    while (begin < end && (text[begin] == ' ' || text[begin] == '\n')) ++begin;
    while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\n')) --end;
    const auto words = text.substr(begin, end - begin);
    const auto size = marks.size();
    if (holds(before(text, begin, marks[0]), marks) && holds(from(text, end, marks[0]), marks))
        return {begin - size, end + size, std::string(words), begin - size, end - size};
    const bool inside = words.size() > 2 * size && holds(from(words, 0, marks[0]), marks) &&
                        holds(before(words, words.size(), marks[0]), marks);
    if (inside) return {begin, end, std::string(words.substr(size, words.size() - 2 * size)), begin, end - 2 * size};
    return {begin, end, std::string(marks) + std::string(words) + std::string(marks), begin + size, end + size};
}

Replacement with_link_made(std::string_view text, std::size_t begin, std::size_t end) {
    const auto words = std::string(text.substr(begin, end - begin));
    const bool is_address = (words.starts_with("https://") || words.starts_with("http://")) &&
                            words.find_first_of(" \n\t") == std::string::npos;
    if (is_address) return {begin, end, "[](" + words + ")", begin + 1, begin + 1};
    const auto at = words.empty() ? begin + 1 : begin + words.size() + 3;
    return {begin, end, "[" + words + "]()", at, at};
}

Word word_around(std::string_view text, std::size_t at) {
    Word word{at, at};
    while (word.begin > 0 && is_of_word(text[word.begin - 1])) --word.begin;
    while (word.end < text.size() && is_of_word(text[word.end])) ++word.end;
    return word.begin == at || word.end == at ? Word{at, at} : word;
}

}  // namespace parley::composing
