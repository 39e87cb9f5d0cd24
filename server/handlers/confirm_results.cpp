#include "handlers/handlers.hpp"

namespace parley::handlers {

// It also ends a wait for an operation that the client has seen done by its event. Too frequent ones are dropped: the
// next one covers them.
void handle(Context here, const ConfirmResults& confirm) {
    here.session.confirmed(confirm.outbox, confirm.through);
    if (!here.session.may_notify(RateKind::notice)) return;
    here.services.store.submit(store::ForgetResults{here.session.user(), confirm.outbox, confirm.through}, here.here(),
                               [](const store::Outcome&) {});
}

}  // namespace parley::handlers
