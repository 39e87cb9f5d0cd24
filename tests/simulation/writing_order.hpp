// What one living client writes itself comes, in each room, behind what it had adopted before. Owned by its device;
// what can be judged goes to the ledger.
//
// Nothing is claimed of a client that ends before the adopted post is settled, for two others may then take what it has
// left; nor of two adopted outboxes, whose writers may both have been sending a moment ago.
#pragma once

#include <map>
#include <vector>

#include "simulation/ledger.hpp"

namespace parley::simulation {

class WritingOrder {
  public:
    explicit WritingOrder(Ledger& ledger) : ledger_(ledger) {}

    void adopted(const client::SavedOutbox& orphan);
    void wrote(OpId post, RoomId room);
    void settled(OpId op);
    void released(OutboxId outbox);
    void ended();

  private:
    struct Adopted {
        OutboxId id;
        std::map<RoomId, OpId> last;  // of its posts to each room
    };

    Ledger& ledger_;
    std::vector<Adopted> adopted_;
    std::vector<Ledger::Before> claims_;  // whose earlier post is not settled
};

}  // namespace parley::simulation
