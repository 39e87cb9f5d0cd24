#include "handlers/handlers.hpp"
#include "handlers/signed_in.hpp"

namespace parley::handlers {

// The events that a client found missing, page by page as it takes them.
void handle(Context here, const SyncRoom& ask) {
    here.services.rooms.on_room(ask.room, [ask, services = &here.services, listener = here.listener(),
                                           reply = here.session.reply_to(ask.request)](
                                              std::expected<rooms::RoomContext, Refusal> found) mutable {
        if (!found) return reply.refuse(found.error());
        if (const auto why = found->room().why_not_read(listener.user)) return reply.refuse(*why);
        SignedIn::want(*services, listener, ask.room, {ask.after, found->room().head()});
        reply.settled();
    });
}

}  // namespace parley::handlers
