#include "handlers/operations.hpp"

namespace parley::handlers {

store::Answer settle(session::Reply reply) {
    return [reply = std::move(reply)](const store::Outcome& outcome) mutable {
        if (outcome.done()) return reply.done(outcome.result.room, outcome.result.sequence, outcome.result.ordinal);
        reply.refuse(outcome.refusal);
    };
}

void refuse_operation(const rooms::RoomContext& here, const store::Operation& operation, Refusal why,
                      session::Reply reply) {
    here.submit(store::RecordRefusal{operation, why}, settle(std::move(reply)));
}

void refuse_operation(store::Store& store, shard::ShardId here, const store::Operation& operation, Refusal why,
                      session::Reply reply) {
    store.submit(store::RecordRefusal{operation, why}, here, settle(std::move(reply)));
}

}  // namespace parley::handlers
