// Finds a session from another shard: a table per shard, touched only there.
#pragma once

#include <functional>
#include <unordered_map>
#include <vector>

#include "net/connection.hpp"
#include "shard/executor.hpp"

namespace parley::session {

class Session;

struct SessionRef {
    shard::ShardId shard{};
    net::ConnectionId connection{};
};

class SessionTables {
  public:
    explicit SessionTables(shard::Shards& shards) : shards_(shards), tables_(shards.count()) {}

    void enter(Session& session);  // on the session's shard, as leave
    void leave(Session& session);
    // Any shard: runs on the session's shard if it is still there.
    void on_session(SessionRef ref, std::move_only_function<void(Session&)> call);

    // After the shards have stopped: what is answered from now on goes nowhere.
    void close() { closed_ = true; }

  private:
    shard::Shards& shards_;
    bool closed_ = false;
    std::vector<std::unordered_map<net::ConnectionId, Session*>> tables_;
};

}  // namespace parley::session
