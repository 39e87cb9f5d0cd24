// What a server owes one connection: an answer to every frame that asks for one, or the end of the connection. Kept by
// a peer that sends what no client of ours would, so that it can be judged.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "protocol/codec.hpp"

namespace parley::simulation {

// What may come of a frame.
struct Debt {
    std::string frame;                   // for the story
    std::optional<OpId> op = {};         // that the answer names
    RequestId request = 0;               // likewise; of a ClientBeat its number
    RoomId synced = {};                  // RoomEvents of this room, or a RoomReset, are the answer
    Sequence synced_after = {};          //
    bool logs_in = false;                // Welcome is the answer
    bool only_refusal = false;           // doing it would be letting in whom nobody knows
    bool only_close = false;             // nothing but the end is the answer
    bool is_off = false;                 // the room was left meanwhile: perhaps there is no answer
    std::optional<Refusal> reason = {};  // unless the answer is a retryable refusal
};

// Of a message as the wire defines its answer; nothing where none is due.
[[nodiscard]] std::optional<Debt> debt_for(const ClientMessage& message);

class Debts {
  public:
    void owe(Debt debt) { open_.push_back(std::move(debt)); }
    // What is wrong with this message, if something is. Pays the first debt that it answers.
    [[nodiscard]] std::optional<std::string> pay(const ServerMessage& message);
    void forget_room(RoomId room);  // that was left: nothing more comes of it
    [[nodiscard]] bool owe(OpId op) const;
    [[nodiscard]] bool owe_the_end() const;
    // The connection is over: no more is owed.
    void close() { open_.clear(); }
    [[nodiscard]] bool empty() const { return first() == nullptr; }
    [[nodiscard]] const Debt* first() const;

  private:
    std::vector<Debt> open_;
    std::set<RequestId> taken_for_served_;  // syncs
};

}  // namespace parley::simulation
