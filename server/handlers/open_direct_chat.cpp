#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const OpenDirectChat& ask) {
    auto& shard = here.session.shard();
    const store::OpenDirectChat change{here.operation(ask.op), RoomId(shard.random() >> 1 | 1), ask.person,
                                       shard.wall_clock()};
    here.services.store.submit(change, here.here(), settle(here.session.reply_to(ask.op)));
}

}  // namespace parley::handlers
