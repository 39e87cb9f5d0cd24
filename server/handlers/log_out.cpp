#include "handlers/handlers.hpp"
#include "handlers/signed_in.hpp"

namespace parley::handlers {

// The token is withdrawn in the store first; then every connection that used it ends, this one with the answer.
void handle(Context here, const LogOut& ask) {
    auto& services = here.services;
    auto* device = services.people.devices(here.here()).find(here.device().connection);
    if (!device) return;
    const auto hash = static_cast<SignedIn*>(device)->token_hash();
    services.store.submit(
        store::RemoveToken{hash}, here.here(),
        [&services, hash, ask, user = here.session.user(), self = here.device(), session = here.session.ref(),
         reply = here.session.reply_to(ask.request)](const store::Outcome& outcome) mutable {
            if (!outcome.done()) return reply.refuse(outcome.refusal);
            services.people.withdraw_token(user, hash, self);
            services.sessions.on_session(session, [](session::Session& at) { at.log_out(); });
            reply.send(net::make_frame(LoggedOut{ask.request}));
        });
}

}  // namespace parley::handlers
