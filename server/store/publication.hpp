// What one commit makes known, sorted by the shard that hears it: one post to each, in which the events come before the
// answers, so no acknowledgement overtakes an event. Built and sent by the store thread.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "store/store.hpp"

namespace parley::store {

class Publication {
  public:
    Publication(shard::Shards& shards, CommitListener& listener) : shards_(shards), listener_(listener) {}

    void add(Effects effects);
    void add_answer(shard::ShardId asker, Answer answer, const Outcome& outcome);
    void post();  // once

  private:
    // What one shard hears; rooms and people in the order of their first event.
    struct Delivery {
        std::vector<Profile> profiles;
        std::vector<std::pair<RoomId, std::vector<RoomEvent>>> rooms;
        std::vector<std::pair<UserId, std::vector<AccountEvent>>> people;
        std::vector<std::pair<Answer, Outcome>> answers;
        void hand_over(shard::ShardId here, CommitListener& listener);
    };
    [[nodiscard]] Delivery& at(shard::ShardId shard) { return deliveries_[shard]; }

    shard::Shards& shards_;
    CommitListener& listener_;
    std::map<shard::ShardId, Delivery> deliveries_;
};

}  // namespace parley::store
