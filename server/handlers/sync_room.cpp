#include "handlers/handlers.hpp"
#include "handlers/signed_in.hpp"

namespace parley::handlers {

// The events that a client found missing, page by page as it takes them.
void handle(Context here, const SyncRoom& ask) {
    here.services.rooms.on_room(ask.room, [ask, services = &here.services, listener = here.listener(),
                                           reply = here.session.reply_to(ask.request)](
                                              std::expected<rooms::RoomContext, Refusal> found) mutable {
        if (!found) return reply.refuse(found.error());
        // Who is on her way in hears nothing yet: what she would miss comes behind her Subscribed.
        if (!found->room().is_in(listener.user)) return reply.refuse(found->room().refusal_for_stranger());
        SignedIn::want(*services, listener, ask.room, {ask.after, found->room().head()});
        reply.settled();
    });
}

}  // namespace parley::handlers
