// Events as lines on standard output: JSON for programs, plain text for people. Control characters that others wrote
// never reach a terminal.
#pragma once

#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/client.hpp"

namespace parley::cli {

// A message as it is shown, with the accounts of who reacts with what.
struct ShownMessage {
    std::string author;
    Message message;
    std::vector<std::pair<std::string, std::vector<std::string>>> reactions = {};
};
// What somebody did to a message.
struct ShownChange {
    std::string author;  // nobody: of a thread
    Sequence sequence;
    MessageChange change;
};
// What somebody did to a room.
struct ShownRoomChange {
    std::string author;
    Sequence sequence;
    RoomChange change;
    std::string person = {};  // whom it is about
};
struct ShownPerson {
    std::string name;
    std::string nick;
    Presence presence = Presence::offline;
    std::string status = {};
    bool blocked = false;
    // --- of one that was asked for
    std::optional<Timestamp> last_seen = {};
    std::optional<Timestamp> status_until = {};
    std::optional<Availability> availability = {};  // of oneself: what was chosen
};
struct ShownRoom {
    std::string name;
    std::uint32_t members = 0;  // 0: not known here
    bool joined = false;
    std::uint32_t unread = 0;
    std::string topic = {};
    bool is_private = false;
    bool favourite = false;
    bool archived = false;
    std::uint32_t mentions = 0;  // among them
};

class Printer {
  public:
    Printer(std::FILE* out, bool json) : out_(out), json_(json) {}

    void ready(std::string_view name, const std::vector<std::string>& rooms, std::uint64_t connection);
    void message(std::string_view room, const ShownMessage& shown);
    void changed(std::string_view room, const ShownChange& shown);
    void room_changed(std::string_view room, const ShownRoomChange& shown);
    void invited(std::string_view room, std::string_view who, std::string_view by);
    void pins(std::string_view room, const std::vector<ShownMessage>& messages);
    void history(std::string_view room, const std::vector<ShownMessage>& messages);
    void done(std::string_view op, std::string_view room, Sequence sequence, Ordinal ordinal);
    // It is in the outbox file: also a crash of this program does not lose it. Not `kept`: it would.
    void pending(std::string_view op, std::string_view room, bool kept);
    // What an earlier run could not send, and this one neither: here is its text.
    void refused_earlier(std::string_view room, std::string_view reason, std::string_view sentence,
                         std::string_view text);
    void refused(std::string_view op, std::string_view room, std::string_view reason, std::string_view sentence);
    void error(std::string_view reason, std::string_view sentence);
    // To people alone: programs read the events.
    void note(const std::string& sentence);
    void connection(client::ConnectionState state, std::string_view why, std::int64_t retry_in_ms,
                    std::uint64_t connection);
    void reset(std::string_view room);
    void person(const ShownPerson& person);
    void people(std::string_view room, const std::vector<ShownPerson>& people);
    void rooms(const std::vector<ShownRoom>& rooms);

  private:
    void messages(std::string_view event, std::string_view room, const std::vector<ShownMessage>& messages);
    void line(const std::string& text);

    std::FILE* out_;
    bool json_;
};

// "2026-11-21T09:00:00.123Z"
[[nodiscard]] std::string iso_time(Timestamp time);
// Control characters but newline and tab become '?'.
[[nodiscard]] std::string safe_for_a_terminal(std::string_view text);

}  // namespace parley::cli
