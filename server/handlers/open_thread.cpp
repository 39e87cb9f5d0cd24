#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

// Decided on the home of the message's room; the answer comes by way of the thread's, behind what makes her one of it.
void handle(Context here, const OpenThread& ask) {
    const RoomId fresh(here.session.shard().random() >> 1 | 1);
    here.services.rooms.on_room(
        ask.room, [ask, fresh, operation = here.operation(ask.op), &store = here.services.store, asker = here.here(),
                   reply = here.session.reply_to(ask.op)](std::expected<rooms::RoomContext, Refusal> found) mutable {
            if (!found) return refuse_operation(store, asker, operation, found.error(), std::move(reply));
            if (const auto why = found->room().why_not_read(operation.user))
                return refuse_operation(*found, operation, *why, std::move(reply));
            found->submit(store::OpenThread{operation, {ask.room, ask.ordinal}, fresh, found->wall_clock()},
                          settle(std::move(reply)));
        });
}

}  // namespace parley::handlers
