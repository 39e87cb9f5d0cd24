#include "handlers/handlers.hpp"

namespace parley::handlers {

void handle(Context here, const LookUpPerson& ask) {
    here.services.people.look_up(
        ask.person, [ask, reply = here.session.reply_to(ask.request)](store::Reader::Read<people::Seen> seen) mutable {
            if (!seen) return reply.refuse(Refusal::storage_failing);
            reply.send(net::make_frame(PersonSeen{ask.request, ask.person, seen->presence, seen->last_seen}));
        });
}

}  // namespace parley::handlers
