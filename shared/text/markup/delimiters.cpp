#include "markup/delimiters.hpp"

#include <array>
#include <string_view>

#include "protocol/limits.hpp"

namespace parley::markup {

namespace {

constexpr std::string_view kMarks = "*_~|";

bool is_emphasis(char mark) {
    return mark == '*' || mark == '_';
}

bool has_fitting_length(char mark, std::uint32_t length) {
    return is_emphasis(mark) || (mark == '~' ? length == 2 : length >= 2);
}

bool separates(Beside beside) {
    return beside != Beside::letter;
}

// Where nothing was found below, nothing will be for another closer of the same sort: that keeps the whole linear.
std::size_t sort_of(const Delimiter& closer) {
    return (kMarks.find(closer.mark) * 2 + (closer.can_open ? 1 : 0)) * 3 + closer.length % 3;
}
constexpr std::size_t kSorts = 4 * 2 * 3;

// "The rule of three" keeps *foo**bar* from being taken apart.
bool fit_together(const Delimiter& opener, const Delimiter& closer) {
    if (opener.mark != closer.mark || !opener.can_open) return false;
    if (!is_emphasis(closer.mark) || (!opener.can_close && !closer.can_open)) return true;
    return (opener.length + closer.length) % 3 != 0 || (opener.length % 3 == 0 && closer.length % 3 == 0);
}

std::uint32_t taken_at_once(const Delimiter& opener, const Delimiter& closer) {
    return opener.unpaired >= 2 && closer.unpaired >= 2 ? 2 : 1;
}

bool is_used_up(const Delimiter& delimiter) {
    return delimiter.unpaired < (is_emphasis(delimiter.mark) ? 1u : 2u);
}

}  // namespace

std::uint32_t Delimiters::add(char mark, std::uint32_t length, Beside before, Beside after) {
    if (!has_fitting_length(mark, length)) return kNone;
    const bool left_flanking = after != Beside::space && (after != Beside::punctuation || separates(before));
    const bool right_flanking = before != Beside::space && (before != Beside::punctuation || separates(after));
    Delimiter delimiter;
    delimiter.mark = mark;
    delimiter.length = delimiter.unpaired = length;
    delimiter.can_open = left_flanking && (mark != '_' || !right_flanking || before == Beside::punctuation);
    delimiter.can_close = right_flanking && (mark != '_' || !left_flanking || after == Beside::punctuation);
    if (!delimiter.can_open && !delimiter.can_close) return kNone;
    const auto place = size();
    delimiter.previous = last_;
    delimiter.next = kNone;
    if (last_ != kNone) delimiters_[last_].next = place;
    delimiters_.push_back(delimiter);
    last_ = place;
    return place;
}

void Delimiters::pair_from(std::uint32_t first) {
    std::array<std::uint32_t, kSorts> lowest;
    lowest.fill(first);
    auto closer = first_unsettled_from(first);
    const auto below = closer == kNone ? last_ : delimiters_[closer].previous;
    while (closer != kNone) {
        ++counts_.steps;
        const auto next = delimiters_[closer].next;
        if (!delimiters_[closer].can_close) {
            closer = next;
            continue;
        }
        auto& bound = lowest[sort_of(delimiters_[closer])];
        const auto opener = opener_for(closer, bound);
        if (opener == kNone) {
            bound = closer;
            if (!delimiters_[closer].can_open) settle(closer);
            closer = next;
            continue;
        }
        settle_between(opener, closer);
        pair(opener, closer);
        if (is_used_up(delimiters_[opener])) settle(opener);
        if (is_used_up(delimiters_[closer])) {
            settle(closer);
            closer = next;
        }
    }
    last_ = below;
    if (below != kNone) delimiters_[below].next = kNone;
}

std::uint32_t Delimiters::first_unsettled_from(std::uint32_t first) {
    auto found = kNone;
    for (auto place = last_; place != kNone && place >= first; place = delimiters_[place].previous) {
        ++counts_.steps;
        found = place;
    }
    return found;
}

std::uint32_t Delimiters::opener_for(std::uint32_t closer, std::uint32_t lowest) {
    auto place = delimiters_[closer].previous;
    for (; place != kNone && place >= lowest; place = delimiters_[place].previous) {
        ++counts_.steps;
        if (fit_together(delimiters_[place], delimiters_[closer])) return place;
    }
    return kNone;
}

// Beyond the bound they are paired all the same, so that what is inside others stays inside them, and shown.
void Delimiters::pair(std::uint32_t opener, std::uint32_t closer) {
    auto& opens = delimiters_[opener];
    auto& closes = delimiters_[closer];
    const auto taken = taken_at_once(opens, closes);
    opens.unpaired -= taken;
    closes.unpaired -= taken;
    if (counts_.spans >= limits::kMarkedSpans) return;
    ++counts_.spans;
    ++(taken == 2 ? opens.opens.doubles : opens.opens.singles);
    ++(taken == 2 ? closes.closes.doubles : closes.closes.singles);
}

void Delimiters::settle(std::uint32_t place) {
    const auto& settled = delimiters_[place];
    if (settled.previous != kNone) delimiters_[settled.previous].next = settled.next;
    if (settled.next != kNone)
        delimiters_[settled.next].previous = settled.previous;
    else
        last_ = settled.previous;
}

void Delimiters::settle_between(std::uint32_t opener, std::uint32_t closer) {
    delimiters_[opener].next = closer;
    delimiters_[closer].previous = opener;
}

}  // namespace parley::markup
