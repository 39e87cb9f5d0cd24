// Holds any number of event logs against the stored history. One thread. Memory: the history, 24 bytes for each of its
// messages, for each client and room the gaps in what it saw, and what was sent and is not stored; never the events
// themselves.
#pragma once

#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "audit/number_set.hpp"
#include "audit/stored_history.hpp"
#include "audit/verdict.hpp"
#include "event_log/log_reader.hpp"

namespace parley::audit {

// How much there was to judge: a clean verdict on nothing says nothing.
struct Evidence {
    std::uint64_t logs = 0;
    std::uint64_t logs_never_whole = 0;
    std::uint64_t clients = 0;
    std::uint64_t stored = 0;
    std::uint64_t sent = 0;
    std::uint64_t acknowledged = 0;
    std::uint64_t refused = 0;
    std::uint64_t seen = 0;
    std::uint64_t caught_up = 0;  // of those seen
    std::uint64_t resets = 0;
};

class Judge {
  public:
    // Both must outlive the judge.
    Judge(const StoredHistory& stored, Verdict& verdict);

    // One log to its end. The error says which line cannot be read; the verdict is then worth nothing.
    [[nodiscard]] std::expected<void, std::string> take(event_log::LogReader& log, const std::string& name);
    // After the last log, once.
    void conclude();
    [[nodiscard]] const Evidence& evidence() const { return evidence_; }

  private:
    using Event = event_log::Event;
    // Where an operation is stored: room and message by their index in the history.
    struct Place {
        std::uint64_t number = 0;
        std::uint32_t room = 0;
        std::uint32_t message = 0;
    };
    // A stay of a client in a room: it must see what lies above `after` and …
    struct Stay {
        Sequence after;
        Sequence last_seen;
        enum class End : std::uint8_t { open, at_place, unknown } end = End::open;
        Sequence left_at;                      // … below this (at_place)
        std::optional<std::int64_t> whole_ns;  // … was acknowledged before this (open, of a log that is whole)
    };
    // What one client saw of one room.
    struct View {
        NumberSet seen;  // messages by their index in the history
        Sequence last;
        std::vector<Stay> stays;
    };
    struct Client {
        std::string name;
        std::map<RoomId, View> views;
    };
    // An operation that is stored nowhere, as its sender's log has it.
    struct Unplaced {
        bool answered = false;  // acknowledged (then it is lost already) or refused
        bool sent = false;
        std::int64_t sent_ns = 0;
        std::size_t log = 0;
        std::size_t client = 0;
    };
    struct Unstored {
        RoomId room;
        Sequence sequence;
        std::string seen_by;
    };

    void index_operations();
    void look_for_reordered(std::span<const Place> places);
    void look_for_doubled(std::span<const Place> places);
    void take_event(const Event& event, Client& client);
    void sent(const Event& event, const Client& client);
    void acknowledged(const Event& event, const Client& client);
    void refused(const Event& event, const Client& client);
    void seen(const Event& event, Client& client);
    void entered(const Event& event, Client& client);
    void left(const Event& event, Client& client);
    void reset(const Event& event, Client& client);

    void look_for_unseen(const Client& client, const StoredRoom& room, const View& view, const Stay& stay);
    void look_for_unanswered();
    void look_for_phantoms();

    [[nodiscard]] std::span<const Place> places_of(OpId op) const;
    [[nodiscard]] std::optional<std::uint32_t> room_index(RoomId room) const;
    [[nodiscard]] std::string place_name(RoomId room, Sequence sequence) const;
    [[nodiscard]] bool was_sent(OpId op) const;

    const StoredHistory& stored_;
    Verdict& verdict_;
    Evidence evidence_;
    std::unordered_map<RoomId, std::uint32_t> rooms_;
    std::unordered_map<OutboxId, std::vector<Place>> places_;  // by number
    std::vector<std::vector<std::int64_t>> acknowledged_ns_;   // of each stored message, the first time; 0: never
    std::unordered_map<OutboxId, NumberSet> sent_;
    std::unordered_map<OpId, Unplaced> unplaced_;
    std::vector<std::optional<std::int64_t>> whole_ns_;  // of each log
    std::unordered_map<OpId, Unstored> unstored_;        // seen, but not in the store
    std::unordered_map<RoomId, Sequence> bases_;
    std::vector<Client> clients_;
};

}  // namespace parley::audit
