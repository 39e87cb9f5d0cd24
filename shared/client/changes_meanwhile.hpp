// The changes of a room's messages that came while messages of it were on their way: a page may have been read before
// them. They are applied to what it brings; what it holds already is told by the revision of each message. Pure; owned
// by Core, one for each room.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "protocol/limits.hpp"
#include "protocol/room_events.hpp"

namespace parley::client {

class ChangesMeanwhile {
  public:
    // False: there are limits::kClientHeldEvents of them, and what is on its way cannot be put right.
    [[nodiscard]] bool add(Sequence sequence, const MessageChange& change) {
        if (changes_.size() >= limits::kClientHeldEvents) return false;
        changes_.emplace_back(sequence, change);
        return true;
    }
    template <class Use>
    void for_each(Use use) const {
        for (const auto& [sequence, change] : changes_) use(sequence, change);
    }
    void clear() { changes_.clear(); }

  private:
    std::vector<std::pair<Sequence, MessageChange>> changes_;
};

}  // namespace parley::client
