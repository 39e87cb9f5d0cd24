#include "markup/inline_reader.hpp"

#include <algorithm>

#include "markup/mention.hpp"
#include "protocol/limits.hpp"
#include "text/links.hpp"

namespace parley::markup {

Backticks::Backticks(std::string_view text, const std::vector<ContentLine>& lines, Counts& counts) {
    std::uint32_t longest = 0;
    for (std::uint32_t line = 0; line < lines.size(); ++line) {
        const auto content = lines[line].content;
        counts.steps += content.size();
        for (auto at = content.begin; at < content.end; ++at) {
            if (text[at] != '`') continue;
            const auto begin = at;
            while (at < content.end && text[at] == '`') ++at;
            runs_.push_back({begin, at - begin, line, kNone, kNone});
            longest = std::max(longest, at - begin);
        }
    }
    if (runs_.empty()) return;
    std::vector<std::uint32_t> last_of_length(longest + 1, kNone);
    counts.steps += longest + runs_.size();
    for (auto i = runs_.size(); i-- > 0;) {
        auto& run = runs_[i];
        run.next_as_long = last_of_length[run.length];
        run.next_shorter = last_of_length[run.length - 1];
        last_of_length[run.length] = static_cast<std::uint32_t>(i);
    }
}

const Backticks::Run* Backticks::end_of(std::uint32_t at, std::uint32_t length) {
    while (runs_[here_].at + runs_[here_].length <= at) ++here_;
    const auto& run = runs_[here_];
    const auto next = length == run.length ? run.next_as_long : run.next_shorter;
    return next == kNone ? nullptr : &runs_[next];
}

InlineReader::InlineReader(std::string_view text, const std::vector<ContentLine>& lines, std::vector<Piece>& pieces,
                           Counts& counts)
    : text_(text),
      lines_(lines),
      pieces_(pieces),
      counts_(counts),
      delimiters_(counts),
      backticks_(text, lines, counts) {
    pieces_.clear();
    pieces_.reserve(lines.back().content.end - lines.front().begin);  // it cannot be more than one for each byte
    content_ = lines.front().content;
    at_ = text_begin_ = content_.begin;
}

void InlineReader::read() {
    while (true) {
        while (at_ < content_.end) read_one();
        if (line_ + 1 == lines_.size()) break;
        next_line();
    }
    end_text();
    delimiters_.pair_from(0);
}

void InlineReader::read_one() {
    ++counts_.steps;
    switch (text_[at_]) {
        case '\\':
            return read_escape();
        case '`':
            return read_code();
        case '*':
        case '_':
        case '~':
        case '|':
            return read_delimiter();
        case '[':
            return open_bracket();
        case ']':
            return close_bracket();
        case '<':
            return read_angle();
        case 'h':
        case 'H':
            return read_address();
        default:
            ++at_;
    }
}

void InlineReader::read_escape() {
    if (at_ + 1 >= content_.end || !is_ascii_punctuation(text_[at_ + 1])) {
        ++at_;
        return;
    }
    take(PieceKind::mark, at_ + 1);
    ++at_;
}

void InlineReader::read_code() {
    const auto length = same_from(at_);
    const auto* last = may_mark() ? backticks_.end_of(at_, length) : nullptr;
    if (last == nullptr) {
        at_ += length;
        return;
    }
    ++counts_.spans;
    take(PieceKind::mark, at_ + length);
    code_until(*last);
    take(PieceKind::mark, last->at + last->length);
}

// One space on each side belongs to the marks, unless there is nothing else: `` ` `` shows a backtick.
void InlineReader::code_until(const Backticks::Run& last) {
    const auto begin = at_;
    const auto inside = text_.substr(begin, last.at - begin);
    const bool ends_padded = last.at > lines_[last.line].content.begin && inside.back() == ' ';
    const bool padded = ends_padded && inside.front() == ' ' && inside.find_first_not_of(' ') != inside.npos;
    if (padded) take(PieceKind::mark, at_ + 1);
    for (; line_ < last.line; next_line(kInCode)) take(PieceKind::code, content_.end);
    const auto end = last.at - (padded ? 1 : 0);
    counts_.steps += last.at - begin;
    take(PieceKind::code, end);
    take(PieceKind::mark, last.at);
}

void InlineReader::read_delimiter() {
    const auto length = same_from(at_);
    const auto place =
        delimiters_.add(text_[at_], length, before(text_, content_, at_), after(text_, content_, at_ + length));
    counts_.steps += length;
    if (place == Delimiters::kNone)
        at_ += length;
    else
        take(PieceKind::delimiter, at_ + length, place);
}

void InlineReader::open_bracket() {
    take(PieceKind::text, at_ + 1);
    brackets_.open(pieces_.size() - 1, delimiters_.size());
}

void InlineReader::close_bracket() {
    const auto bracket = brackets_.close();
    const auto end = at_ + 1;
    if (!bracket || !bracket->may_link || !may_link()) {
        at_ = end;
        return;
    }
    const auto destination = end_of_destination(text_, content_, end, counts_);
    end_text();
    if (!destination || is_empty_since(bracket->piece)) {
        at_ = end;
        return;
    }
    ++counts_.spans;
    ++counts_.links;
    pieces_[bracket->piece].kind = PieceKind::link_begin;
    pieces_[bracket->piece].number = pieces_.size();
    delimiters_.pair_from(bracket->delimiter);
    brackets_.linked();
    take(PieceKind::link_end, *destination);
}

// A link that shows nothing would be lost text.
bool InlineReader::is_empty_since(std::size_t piece) const {
    return std::all_of(pieces_.begin() + static_cast<std::ptrdiff_t>(piece) + 1, pieces_.end(),
                       [&](const Piece& inside) {
                           ++counts_.steps;
                           if (inside.kind == PieceKind::mark || inside.kind == PieceKind::line_break) return true;
                           return inside.kind == PieceKind::text &&
                                  inside.source.of(text_).find_first_not_of(" \t") == std::string_view::npos;
                       });
}

void InlineReader::read_angle() {
    if (!read_mention() && !read_address_in_angles()) ++at_;
}

bool InlineReader::read_mention() {
    if (!may_mark()) return false;
    const auto mention = mention_at(text_.substr(0, content_.end), at_);
    if (!mention) return false;
    ++counts_.spans;
    take(mention->kind, mention->end, mention->number);
    return true;
}

bool InlineReader::read_address_in_angles() {
    if (!may_link() || at_ + 1 >= content_.end) return false;
    const auto limited = text_.substr(0, content_.end);
    const auto end = static_cast<std::uint32_t>(text::end_of_link_at(limited, at_ + 1));
    counts_.steps += end - at_;
    if (end == at_ + 1 || end >= content_.end || text_[end] != '>') return false;
    ++counts_.spans;
    ++counts_.links;
    take(PieceKind::mark, at_ + 1);
    take(PieceKind::address, end);
    take(PieceKind::mark, end + 1);
    return true;
}

// Within brackets an address ends where the link it would be the text of does.
void InlineReader::read_address() {
    const auto limit = brackets_.empty() ? content_.end : std::min(content_.end, next_destination());
    const auto end = static_cast<std::uint32_t>(text::end_of_link_at(text_.substr(0, limit), at_));
    counts_.steps += end - at_;
    if (end == at_) {
        ++at_;
    } else if (may_link()) {
        ++counts_.spans;
        ++counts_.links;
        take(PieceKind::address, end);
    } else {
        at_ = end;
    }
}

std::uint32_t InlineReader::next_destination() {
    if (seen_destination_ < at_) {
        const auto paragraph = text_.substr(0, lines_.back().content.end);
        seen_destination_ = static_cast<std::uint32_t>(std::min(paragraph.find("](", at_), paragraph.size()));
        counts_.steps += seen_destination_ - at_;
    }
    return seen_destination_;
}

bool InlineReader::may_mark() const {
    return counts_.spans < limits::kMarkedSpans;
}
bool InlineReader::may_link() const {
    return may_mark() && counts_.links < text::kLinksOfOneText;
}

std::uint32_t InlineReader::same_from(std::uint32_t at) const {
    auto end = at;
    while (end < content_.end && text_[end] == text_[at]) ++end;
    return end - at;
}

void InlineReader::next_line(std::uint64_t in_code) {
    end_text();
    ++counts_.steps;
    const auto end = content_.end;
    content_ = lines_[++line_].content;
    add(PieceKind::line_break, {end, end + 1}, in_code);
    add(PieceKind::mark, {end + 1, content_.begin});
    at_ = text_begin_ = content_.begin;
}

void InlineReader::end_text() {
    add(PieceKind::text, {text_begin_, at_});
    text_begin_ = at_;
}

void InlineReader::add(PieceKind kind, Range source, std::uint64_t number) {
    if (source.size() > 0) pieces_.push_back({source, number, kind});
}

void InlineReader::take(PieceKind kind, std::uint32_t end, std::uint64_t number) {
    end_text();
    add(kind, {at_, end}, number);
    at_ = text_begin_ = end;
}

}  // namespace parley::markup
