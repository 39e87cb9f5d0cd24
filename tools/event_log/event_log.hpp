// What clients sent, had acknowledged and saw, as lines of a file: the evidence that parley-audit judges. Written by
// parley-load, parley-cli and the tests through Recorder (recorder.hpp); read by LogReader (log_reader.hpp).
//
// The first line is "parley-events 1". Each further line is one letter and its fields, decimal unless said otherwise:
//
//   c CLIENT NAME                          a client of this log; one client is one device, which must see nothing twice
//   g ROOM ID    o OUTBOX ID               short numbers for ids (hexadecimal) that the lines below use
//   b ROOM SEQ                             what the room held up to here was there before the run, and nobody's here
//   s NS CLIENT ROOM OUTBOX NUMBER         sent; written before the message can leave
//   a NS CLIENT ROOM OUTBOX NUMBER SEQ     acknowledged as this place of the room
//   r NS CLIENT OUTBOX NUMBER REASON       refused for good
//   v NS CLIENT ROOM OUTBOX NUMBER SEQ     seen live, after the client's own removal of doubles; w: seen by catching up
//   j NS CLIENT ROOM SEQ                   in the room: sees everything after this place
//   l NS CLIENT ROOM SEQ                   left, at the place of its leaving; 0: the place is not known
//   x NS CLIENT ROOM SEQ                   was told that it is too far behind: sees everything after this place again
//   e NS                                   whole: every client has been told of all there was to tell so far
//
// NS is nanoseconds of the machine's monotonic clock, so that logs of several processes can be compared. Within a log
// it rises with every line, so that it tells their order however quickly they came. A log that is cut, even in the
// middle of a line, is judged up to its last whole line.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

#include "protocol/ids.hpp"
#include "protocol/refusal.hpp"

namespace parley::event_log {

using ClientNumber = std::uint32_t;  // counts the clients of one log from 0

struct Event {
    enum class Kind : char {
        base = 'b',
        sent = 's',
        acknowledged = 'a',
        refused = 'r',
        seen_live = 'v',
        caught_up = 'w',
        entered = 'j',
        left = 'l',
        reset = 'x',
    };
    Kind kind = Kind::sent;
    std::int64_t at_ns = 0;
    ClientNumber client = 0;
    RoomId room;
    OpId op;
    Sequence sequence;
    Refusal reason = Refusal::busy;
};

// Writes one log. Owned by the program that runs the clients; one thread. Buffered: a line is in the file when `sent`,
// flush() or finish() returns, or when the buffer is full. An error of the disk is kept and told by finish(): nothing
// is written after it, so that what is there stays whole.
class EventLog {
  public:
    // The file must not exist yet: evidence is not overwritten. The error is a sentence.
    [[nodiscard]] static std::expected<EventLog, std::string> create(const std::filesystem::path& file);
    EventLog(EventLog&& other) noexcept;
    EventLog& operator=(EventLog&&) = delete;
    ~EventLog();  // flushes; without finish() the log is not whole

    [[nodiscard]] ClientNumber add_client(std::string_view name);
    void base(RoomId room, Sequence head);
    // Everything written so far is in the file when this returns: a client that is killed has sent nothing that its log
    // does not hold.
    void sent(ClientNumber client, RoomId room, OpId op);
    void acknowledged(ClientNumber client, RoomId room, OpId op, Sequence sequence);
    void refused(ClientNumber client, OpId op, Refusal reason);
    void seen(ClientNumber client, RoomId room, OpId op, Sequence sequence, bool live);
    void entered(ClientNumber client, RoomId room, Sequence after);
    void left(ClientNumber client, RoomId room, Sequence at);
    void reset(ClientNumber client, RoomId room, Sequence after);

    void flush();
    // Every client has been told of all there was to tell: what was acknowledged before now must have been seen.
    void whole();
    // whole(), and closes the file. The error is a sentence.
    [[nodiscard]] std::expected<void, std::string> finish();
    // Of a client that stops while something is not answered: as finish(), and the end of the log is not whole.
    [[nodiscard]] std::expected<void, std::string> close();

  private:
    [[nodiscard]] std::int64_t next_ns();
    EventLog(int descriptor, std::filesystem::path file) : descriptor_(descriptor), file_(std::move(file)) {}

    template <class Key>
    [[nodiscard]] std::uint64_t short_number(std::unordered_map<Key, std::uint64_t>& known, char letter, Key id);
    void begin(Event::Kind kind, ClientNumber client);
    void add_room(RoomId room);
    void field(std::uint64_t number);
    void end_line();

    int descriptor_ = -1;
    std::filesystem::path file_;
    std::string buffer_;
    std::string line_;
    std::string error_;
    std::int64_t last_ns_ = 0;
    ClientNumber clients_ = 0;
    std::unordered_map<RoomId, std::uint64_t> rooms_;
    std::unordered_map<OutboxId, std::uint64_t> outboxes_;
};

}  // namespace parley::event_log
