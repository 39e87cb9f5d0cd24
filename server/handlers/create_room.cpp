#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"
#include "text/names.hpp"

namespace parley::handlers {

// The room is made and its creator joins it in one commit; she hears of it as RoomAdded.
void handle(Context here, const CreateRoom& ask) {
    if (!text::is_room_name(ask.name.view())) return refuse_operation(here, ask.op, Refusal::room_name_not_allowed);
    auto& shard = here.session.shard();
    const store::CreateRoom change{here.operation(ask.op), RoomId(shard.random() >> 1 | 1), ask.name,
                                   shard.wall_clock(), ask.access};
    here.services.store.submit(change, here.here(), settle(here.session.reply_to(ask.op)));
}

}  // namespace parley::handlers
