#include "session/sessions.hpp"

#include "session/session.hpp"

namespace parley::session {

void SessionTables::enter(Session& session) {
    tables_[shard::index_of(session.ref().shard)][session.ref().connection] = &session;
}

void SessionTables::leave(Session& session) {
    tables_[shard::index_of(session.ref().shard)].erase(session.ref().connection);
}

void SessionTables::on_session(SessionRef ref, std::move_only_function<void(Session&)> call) {
    if (closed_) return;
    shards_.post_to(ref.shard, [this, ref, call = std::move(call)]() mutable {
        auto& table = tables_[shard::index_of(ref.shard)];
        if (const auto found = table.find(ref.connection); found != table.end()) call(*found->second);
    });
}

}  // namespace parley::session
