#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"
#include "text/names.hpp"

namespace parley::handlers {

namespace {

// Whoever is told of it stops showing it by herself: no clock of ours runs for it.
bool is_allowed(const SetStatus& ask, Timestamp now) {
    if (ask.until != Timestamp{} && ask.until <= now) return false;
    return ask.status.empty() ? ask.until == Timestamp{} : text::is_status(ask.status.view());
}

}  // namespace

// One that was taken when its time was still to come is done, also when it is sent again after that.
void handle(Context here, const SetStatus& ask) {
    auto reply = here.session.reply_to(ask.op);
    const auto operation = here.operation(ask.op);
    if (!is_allowed(ask, here.session.shard().wall_clock()))
        return refuse_operation(here.services.store, here.here(), operation, Refusal::status_not_allowed,
                                std::move(reply));
    here.services.store.submit(store::SetStatus{operation, ask.status, ask.until}, here.here(),
                               settle(std::move(reply)));
}

}  // namespace parley::handlers
