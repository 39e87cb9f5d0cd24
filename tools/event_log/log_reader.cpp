#include "event_log/log_reader.hpp"

#include <charconv>

namespace parley::event_log {

namespace {

constexpr std::string_view kFirstLine = "parley-events 1";
constexpr std::size_t kLongestLine = 512;

bool names_an_event(char letter) {
    return std::string_view("bsarvwjlx").find(letter) != std::string_view::npos;
}

}  // namespace

std::expected<LogReader, std::string> LogReader::open(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) return std::unexpected(file.string() + " is not a file");
    LogReader reader(file);
    if (!reader.stream_) return std::unexpected(file.string() + " cannot be read");
    if (!reader.read_line() || reader.line_ != kFirstLine)
        return std::unexpected(file.string() + " is not an event log: its first line is not \"" +
                               std::string(kFirstLine) + "\"");
    return reader;
}

std::expected<std::optional<Event>, std::string> LogReader::next() {
    while (read_line()) {
        std::optional<Event> event;
        const auto wrong = take_line(event);
        if (!wrong.empty())
            return std::unexpected(file_.string() + ":" + std::to_string(line_number_) + ": " + std::string(wrong));
        if (event) return event;
    }
    return std::nullopt;
}

bool LogReader::read_line() {
    line_.clear();
    for (char c = 0; stream_.get(c);) {
        if (c == '\n') {
            ++line_number_;
            return true;
        }
        if (line_.size() <= kLongestLine) line_ += c;  // a longer one is found to be wrong
    }
    return false;
}

std::string_view LogReader::take_line(std::optional<Event>& event) {
    if (line_.size() < 2 || line_[1] != ' ' || line_.size() > kLongestLine) return "it is not an event";
    const char letter = line_[0];
    rest_ = std::string_view(line_).substr(1);
    std::uint64_t number = 0;
    if (letter == 'c') {
        if (!take(number) || number != clients_.size() || !rest_.starts_with(' '))
            return "clients are numbered from 0 upwards, each with a name";
        clients_.emplace_back(rest_.substr(1));
        return {};
    }
    if (letter == 'g' || letter == 'o') {
        std::uint64_t id = 0;
        const auto known = letter == 'g' ? rooms_.size() : outboxes_.size();
        if (!take(number) || number != known || !take(id, 16) || !rest_.empty())
            return "rooms and outboxes are numbered from 0 upwards, each with an id";
        letter == 'g' ? void(rooms_.emplace_back(id)) : void(outboxes_.emplace_back(id));
        return {};
    }
    if (letter == 'e') {
        std::int64_t whole = 0;
        if (!take(whole) || !rest_.empty()) return "that it is whole has a time and nothing else";
        whole_ns_ = whole;
        return {};
    }
    if (!names_an_event(letter)) return "it is not an event";
    return take_event(letter, event.emplace());
}

std::string_view LogReader::take_event(char letter, Event& event) {
    using Kind = Event::Kind;
    event.kind = static_cast<Kind>(letter);
    bool whole = event.kind == Kind::base || (take(event.at_ns) && take_client(event.client));
    if (event.kind != Kind::refused) whole = whole && take_room(event.room);
    const bool has_op = event.kind == Kind::sent || event.kind == Kind::acknowledged || event.kind == Kind::refused ||
                        event.kind == Kind::seen_live || event.kind == Kind::caught_up;
    if (has_op) whole = whole && take_op(event.op);
    if (event.kind == Kind::refused) {
        whole = whole && take_reason(event.reason);
    } else if (event.kind != Kind::sent) {
        whole = whole && take_sequence(event.sequence);
    }
    if (!whole || !rest_.empty()) return "its fields are not those of its kind, or name what was not named before";
    return {};
}

template <class Number>
bool LogReader::take(Number& into, int base) {
    if (!rest_.starts_with(' ')) return false;
    const auto* end = rest_.data() + rest_.size();
    const auto [after, error] = std::from_chars(rest_.data() + 1, end, into, base);
    if (error != std::errc()) return false;
    rest_.remove_prefix(static_cast<std::size_t>(after - rest_.data()));
    return true;
}

bool LogReader::take_client(ClientNumber& client) {
    return take(client) && client < clients_.size();
}

bool LogReader::take_room(RoomId& room) {
    std::uint64_t number = 0;
    if (!take(number) || number >= rooms_.size()) return false;
    room = rooms_[number];
    return true;
}

bool LogReader::take_op(OpId& op) {
    std::uint64_t outbox = 0;
    if (!take(outbox) || outbox >= outboxes_.size() || !take(op.number)) return false;
    op.outbox = outboxes_[outbox];
    return true;
}

bool LogReader::take_sequence(Sequence& sequence) {
    std::uint64_t place = 0;
    if (!take(place)) return false;
    sequence = Sequence(place);
    return true;
}

bool LogReader::take_reason(Refusal& reason) {
    std::uint64_t code = 0;
    if (!take(code) || code > 0xFF || !is_known(static_cast<Refusal>(code))) return false;
    reason = static_cast<Refusal>(code);
    return true;
}

}  // namespace parley::event_log
