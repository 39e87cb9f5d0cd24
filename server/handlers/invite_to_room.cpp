#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const InviteToRoom& ask) {
    here.services.rooms.on_room(
        ask.room, [ask, operation = here.operation(ask.op), &store = here.services.store, asker = here.here(),
                   reply = here.session.reply_to(ask.op)](std::expected<rooms::RoomContext, Refusal> found) mutable {
            if (!found) return refuse_operation(store, asker, operation, found.error(), std::move(reply));
            if (const auto why = found->room().why_not_invite(operation.user, ask.person))
                return refuse_operation(*found, operation, *why, std::move(reply));
            const store::InviteToRoom change{operation, ask.room, ask.person, found->wall_clock()};
            found->submit_membership(ask.person, true, change, settle(std::move(reply)));
        });
}

}  // namespace parley::handlers
