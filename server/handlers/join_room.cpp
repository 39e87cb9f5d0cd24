#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const JoinRoom& ask) {
    here.services.rooms.on_room(
        ask.room, [ask, operation = here.operation(ask.op), &store = here.services.store, asker = here.here(),
                   reply = here.session.reply_to(ask.op)](std::expected<rooms::RoomContext, Refusal> found) mutable {
            if (!found) return refuse_operation(store, asker, operation, found.error(), std::move(reply));
            if (const auto why = found->room().why_not_join(operation.user))
                return refuse_operation(*found, operation, *why, std::move(reply));
            found->submit_membership(operation.user, true, store::JoinRoom{operation, ask.room, found->wall_clock()},
                                     settle(std::move(reply)));
        });
}

}  // namespace parley::handlers
