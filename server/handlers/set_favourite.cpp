#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

// Nobody else hears of it: it needs no room.
void handle(Context here, const SetFavourite& ask) {
    here.services.store.submit(store::SetFavourite{here.operation(ask.op), ask.room, ask.on}, here.here(),
                               settle(here.session.reply_to(ask.op)));
}

}  // namespace parley::handlers
