#include "handlers/handlers.hpp"

namespace parley::handlers {

void handle(Context here, const LoadHistoryAt& ask) {
    here.services.rooms.on_room(ask.room, [ask, listener = here.listener(), reply = here.session.reply_to(ask.request)](
                                              std::expected<rooms::RoomContext, Refusal> found) mutable {
        if (!found) return reply.refuse(found.error());
        if (const auto why = found->room().why_not_read(listener.user)) return reply.refuse(*why);
        found->send_history(listener, ask, [reply = std::move(reply)](std::optional<Refusal> why) mutable {
            if (why) return reply.refuse(*why);
            reply.settled();
        });
    });
}

}  // namespace parley::handlers
