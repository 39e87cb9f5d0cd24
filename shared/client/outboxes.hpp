// The outboxes that one client sends from: those it has adopted, the one begun first in front, then its own. One after
// the other: while an earlier one has something to send the later ones wait, so that what was written first is said
// first. Pure; owned by Core.
#pragma once

#include <list>
#include <map>
#include <set>
#include <vector>

#include "client/outbox.hpp"
#include "client/saved.hpp"

namespace parley::client {

class Outboxes {
  public:
    explicit Outboxes(OutboxId own) : own_(own) {}

    [[nodiscard]] Outbox& own() { return own_; }
    [[nodiscard]] Outbox* find(OutboxId id);  // nullptr: neither own nor adopted
    // 0 for the first adopted; the own one is last.
    [[nodiscard]] std::size_t rank(OutboxId id) const;
    [[nodiscard]] std::size_t unsettled() const;

    [[nodiscard]] bool has_room_for(std::size_t operations) const;
    // REQUIRES: no outbox here has this id.
    void adopt(const SavedOutbox& orphan);
    // The host holds no record of this operation any more.
    void record_is_gone(OpId op);
    // An adopted outbox of which nothing is left, neither to send nor in the host's store. It is here no more.
    [[nodiscard]] std::optional<Outbox> take_finished();
    [[nodiscard]] std::vector<OutboxId> adopted() const;

    [[nodiscard]] const Buffer* next_to_send(std::int64_t now_ms);
    void connection_lost();
    [[nodiscard]] std::optional<std::int64_t> deadline() const;
    template <class Use>
    void for_each(Use use) {
        for (auto& adopted : adopted_) use(adopted.outbox);
        use(own_);
    }

  private:
    struct Adopted {
        Outbox outbox;
        std::uint64_t place;              // in the order of writing
        std::set<std::uint64_t> records;  // in the host's store
    };

    std::list<Adopted> adopted_;
    Outbox own_;
};

}  // namespace parley::client
