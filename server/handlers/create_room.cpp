#include "auth/shown_names.hpp"
#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

// The room is made and its creator joins it in one commit; she hears of it as RoomAdded.
void handle(Context here, const CreateRoom& ask) {
    const auto name = auth::room_name_of(ask.name.view());
    if (!name) return refuse_operation(here, ask.op, Refusal::room_name_not_allowed);
    auto& shard = here.session.shard();
    const store::CreateRoom change{here.operation(ask.op), RoomId(shard.random() >> 1 | 1), *name, shard.wall_clock(),
                                   ask.access};
    here.services.store.submit(change, here.here(), settle(here.session.reply_to(ask.op)));
}

}  // namespace parley::handlers
