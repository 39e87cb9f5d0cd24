#include "handlers/handlers.hpp"

namespace parley::handlers {

// Too frequent ones are dropped: the client sends one a second at most.
void handle(Context here, const MarkRead& mark) {
    if (!here.session.may_notify(RateKind::mark)) return;
    here.services.people.mark_read(here.session.user(), mark.room, mark.read);
}

}  // namespace parley::handlers
