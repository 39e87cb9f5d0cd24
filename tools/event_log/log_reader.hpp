// Reads one event log, line by line, in constant memory beside its table of clients, rooms and outboxes. One thread.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event_log/event_log.hpp"

namespace parley::event_log {

class LogReader {
  public:
    // Errors are sentences that name the file and the line.
    [[nodiscard]] static std::expected<LogReader, std::string> open(const std::filesystem::path& file);

    // Nothing: the log is at its end.
    [[nodiscard]] std::expected<std::optional<Event>, std::string> next();

    // Of what next() has read so far.
    [[nodiscard]] const std::vector<std::string>& clients() const { return clients_; }
    // Up to when the log is whole; nothing: it never was.
    [[nodiscard]] std::optional<std::int64_t> whole_ns() const { return whole_ns_; }

  private:
    explicit LogReader(const std::filesystem::path& file) : file_(file), stream_(file, std::ios::binary) {}
    // False: no whole line is left.
    [[nodiscard]] bool read_line();
    // Empty: the line names something or is an event (then in `event`). Else what is wrong with it.
    [[nodiscard]] std::string_view take_line(std::optional<Event>& event);
    [[nodiscard]] std::string_view take_event(char letter, Event& event);

    template <class Number>
    [[nodiscard]] bool take(Number& into, int base = 10);
    [[nodiscard]] bool take_client(ClientNumber& client);
    [[nodiscard]] bool take_room(RoomId& room);
    [[nodiscard]] bool take_op(OpId& op);
    [[nodiscard]] bool take_sequence(Sequence& sequence);
    [[nodiscard]] bool take_reason(Refusal& reason);

    std::filesystem::path file_;
    std::ifstream stream_;
    std::string line_;
    std::string_view rest_;  // of the line
    std::uint64_t line_number_ = 0;
    std::vector<std::string> clients_;
    std::vector<RoomId> rooms_;
    std::vector<OutboxId> outboxes_;
    std::optional<std::int64_t> whole_ns_;
};

}  // namespace parley::event_log
