#include "event_log/event_log.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <system_error>
#include <utility>

namespace parley::event_log {

namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

std::string reason_of(int error) {
    return std::error_code(error, std::generic_category()).message();
}

void append_number(std::string& text, std::uint64_t number, int base) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, number, base).ptr;
    text.append(digits, end);
}

}  // namespace

std::expected<EventLog, std::string> EventLog::create(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return std::unexpected("the event log " + file.string() + " cannot be made: " + reason_of(errno));
    EventLog log(descriptor, file);
    log.buffer_ = "parley-events 1\n";
    log.flush();
    return log;
}

EventLog::EventLog(EventLog&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      file_(std::move(other.file_)),
      buffer_(std::move(other.buffer_)),
      line_(std::move(other.line_)),
      error_(std::move(other.error_)),
      last_ns_(other.last_ns_),
      clients_(other.clients_),
      rooms_(std::move(other.rooms_)),
      outboxes_(std::move(other.outboxes_)) {}

EventLog::~EventLog() {
    if (descriptor_ < 0) return;
    flush();
    ::close(descriptor_);
}

std::int64_t EventLog::next_ns() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch() / std::chrono::nanoseconds(1);
    return last_ns_ = std::max<std::int64_t>(now, last_ns_ + 1);
}

ClientNumber EventLog::add_client(std::string_view name) {
    line_ = "c ";
    append_number(line_, clients_, 10);
    line_ += ' ';
    line_ += name;
    end_line();
    return clients_++;
}

void EventLog::base(RoomId room, Sequence head) {
    const auto number = short_number(rooms_, 'g', room);
    line_ = "b ";
    append_number(line_, number, 10);
    field(head.value());
    end_line();
}

void EventLog::sent(ClientNumber client, RoomId room, OpId op) {
    const auto outbox = short_number(outboxes_, 'o', op.outbox);
    begin(Event::Kind::sent, client);
    add_room(room);
    field(outbox);
    field(op.number);
    end_line();
    flush();
}

void EventLog::acknowledged(ClientNumber client, RoomId room, OpId op, Sequence sequence) {
    const auto outbox = short_number(outboxes_, 'o', op.outbox);
    begin(Event::Kind::acknowledged, client);
    add_room(room);
    field(outbox);
    field(op.number);
    field(sequence.value());
    end_line();
}

void EventLog::refused(ClientNumber client, OpId op, Refusal reason) {
    const auto outbox = short_number(outboxes_, 'o', op.outbox);
    begin(Event::Kind::refused, client);
    field(outbox);
    field(op.number);
    field(static_cast<std::uint64_t>(reason));
    end_line();
}

void EventLog::seen(ClientNumber client, RoomId room, OpId op, Sequence sequence, bool live) {
    const auto outbox = short_number(outboxes_, 'o', op.outbox);
    begin(live ? Event::Kind::seen_live : Event::Kind::caught_up, client);
    add_room(room);
    field(outbox);
    field(op.number);
    field(sequence.value());
    end_line();
}

void EventLog::entered(ClientNumber client, RoomId room, Sequence after) {
    begin(Event::Kind::entered, client);
    add_room(room);
    field(after.value());
    end_line();
}

void EventLog::left(ClientNumber client, RoomId room, Sequence at) {
    begin(Event::Kind::left, client);
    add_room(room);
    field(at.value());
    end_line();
}

void EventLog::reset(ClientNumber client, RoomId room, Sequence after) {
    begin(Event::Kind::reset, client);
    add_room(room);
    field(after.value());
    end_line();
}

void EventLog::flush() {
    std::string_view rest = buffer_;
    while (!rest.empty() && error_.empty()) {
        const auto written = ::write(descriptor_, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) error_ = "the event log " + file_.string() + " cannot be written: " + reason_of(errno);
        rest.remove_prefix(written > 0 ? static_cast<std::size_t>(written) : 0);
    }
    buffer_.clear();
}

void EventLog::whole() {
    line_ = "e ";
    append_number(line_, static_cast<std::uint64_t>(next_ns()), 10);
    end_line();
    flush();
}

std::expected<void, std::string> EventLog::finish() {
    whole();
    return close();
}

std::expected<void, std::string> EventLog::close() {
    flush();
    if (::close(std::exchange(descriptor_, -1)) != 0 && error_.empty())
        error_ = "the event log " + file_.string() + " cannot be written: " + reason_of(errno);
    if (!error_.empty()) return std::unexpected(error_);
    return {};
}

// The line that names an id stands before the first line that uses it; so it is asked for before that one is begun.
template <class Key>
std::uint64_t EventLog::short_number(std::unordered_map<Key, std::uint64_t>& known, char letter, Key id) {
    const auto [entry, is_new] = known.try_emplace(id, known.size());
    if (!is_new) return entry->second;
    buffer_ += letter;
    buffer_ += ' ';
    append_number(buffer_, entry->second, 10);
    buffer_ += ' ';
    append_number(buffer_, id.value(), 16);
    buffer_ += '\n';
    return entry->second;
}

void EventLog::begin(Event::Kind kind, ClientNumber client) {
    line_ = static_cast<char>(kind);
    field(static_cast<std::uint64_t>(next_ns()));
    field(client);
}

void EventLog::add_room(RoomId room) {
    field(short_number(rooms_, 'g', room));
}

void EventLog::field(std::uint64_t number) {
    line_ += ' ';
    append_number(line_, number, 10);
}

void EventLog::end_line() {
    buffer_ += line_;
    buffer_ += '\n';
    if (buffer_.size() >= kBufferBytes) flush();
}

}  // namespace parley::event_log
