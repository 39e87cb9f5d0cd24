// The changes of one client that the server has not settled, in the order of their numbers. Decides what may be sent (a
// window, nothing before the host has kept it, go-back-N after a retryable refusal) and which results may be confirmed:
// those that a restart would not send again. Pure; owned by Core.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>

#include "client/jitter.hpp"
#include "protocol/codec.hpp"

namespace parley::client {

class Outbox {
  public:
    explicit Outbox(OutboxId id) : id_(id) {}

    [[nodiscard]] OutboxId id() const { return id_; }
    [[nodiscard]] bool full() const { return entries_.size() >= limits::kOutboxEntries; }
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] bool owns(OpId op) const { return op.outbox == id_; }

    [[nodiscard]] bool is_first(OpId op) const { return !entries_.empty() && entries_.front().number == op.number; }

    // The OpId for the next add(), which must follow with a message that carries it.
    [[nodiscard]] OpId next_op() const { return OpId{id_, last_number_ + 1}; }
    // Not `ready`: it and what follows it wait until make_ready().
    void add(Buffer frame, bool ready = true);
    void make_ready(std::uint64_t number);
    // Of an earlier run, in the order of the numbers; nothing: settled then, its number is used up.
    void restore(std::uint64_t number, std::optional<Buffer> frame);

    // The next frame that may go out now, marked as sent; nothing while the window is full or a wait is on.
    [[nodiscard]] const Buffer* next_to_send(std::int64_t now_ms);
    // Done, refused for good, or seen in the room: gone. False: it was settled before.
    bool settle(OpId op);
    // The host is being told what became of a settled one; until it has written that down, the result is not confirmed.
    void recording(std::uint64_t number) { unrecorded_.insert(number); }
    void recorded(std::uint64_t number) { unrecorded_.erase(number); }
    void give_up_recording() { unrecorded_.clear(); }
    // It and all after it are sent again, after a wait; first it alone, and more with every answer.
    void refused_for_now(OpId op, Refusal reason, std::uint32_t retry_after_ms, std::int64_t now_ms, Dice& dice);
    // Everything unsettled is sent again, in order, on the next connection.
    void connection_lost();

    // Every number up to here is settled (and recorded) and should be confirmed now; nothing if too few are new.
    // `force`: any that is new.
    [[nodiscard]] std::optional<std::uint64_t> take_confirmable(bool force);
    [[nodiscard]] std::optional<std::int64_t> deadline() const;

  private:
    struct Entry {
        std::uint64_t number = 0;
        Buffer frame;
        bool ready = true;
        bool in_flight = false;
    };
    [[nodiscard]] const Entry* next_waiting() const;
    [[nodiscard]] std::deque<Entry>::iterator find(std::uint64_t number);
    void take_back_from(std::deque<Entry>::iterator first);

    OutboxId id_;
    std::deque<Entry> entries_;
    std::set<std::uint64_t> unrecorded_;
    std::uint64_t last_number_ = 0;
    std::uint64_t confirmed_ = 0;
    std::size_t in_flight_ = 0;
    std::size_t window_ = limits::kUnansweredPerSession;
    std::int64_t hold_until_ = 0;
    BackOff back_off_{limits::kReconnectFirst, limits::kReconnectLongest};
};

}  // namespace parley::client
