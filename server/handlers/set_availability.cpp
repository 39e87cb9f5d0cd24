#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const SetAvailability& ask) {
    here.services.store.submit(store::SetAvailability{here.operation(ask.op), ask.availability}, here.here(),
                               settle(here.session.reply_to(ask.op)));
}

}  // namespace parley::handlers
