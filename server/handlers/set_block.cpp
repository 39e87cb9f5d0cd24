#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const SetBlock& ask) {
    here.services.store.submit(store::SetBlock{here.operation(ask.op), ask.person, ask.on}, here.here(),
                               settle(here.session.reply_to(ask.op)));
}

}  // namespace parley::handlers
