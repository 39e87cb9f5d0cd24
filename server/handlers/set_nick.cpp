#include "auth/look_alike.hpp"
#include "auth/shown_names.hpp"
#include "handlers/handlers.hpp"
#include "handlers/operations.hpp"

namespace parley::handlers {

void handle(Context here, const SetNick& ask) {
    if (!auth::may_be_nick(ask.nick.view())) return refuse_operation(here, ask.op, Refusal::nick_not_allowed);
    here.services.store.submit(store::SetNick{here.operation(ask.op), ask.nick, auth::skeleton_of(ask.nick.view())},
                               here.here(), settle(here.session.reply_to(ask.op)));
}

}  // namespace parley::handlers
