#include "handlers/handlers.hpp"

namespace parley::handlers {

// Too frequent ones are dropped: the next one covers them.
void handle(Context here, const ConfirmResults& confirm) {
    if (!here.session.take_token(session::RateKind::notice)) return;
    here.services.store.submit(store::ForgetResults{here.session.user(), confirm.outbox, confirm.through}, here.here(),
                               [](const store::Outcome&) {});
}

}  // namespace parley::handlers
