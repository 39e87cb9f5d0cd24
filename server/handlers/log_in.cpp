#include "handlers/handlers.hpp"
#include "handlers/sign_in.hpp"

namespace parley::handlers {

void handle(Context here, const LogIn& ask) {
    auto reply = here.session.reply_to(ask.request);
    here.session.begin_login();
    limit({&here.services, here.session.ref(), ask.account, ask.password, here.session.connection().peer().address,
           std::move(reply)},
          [](Attempt attempt) { check_password(std::move(attempt)); });
}

}  // namespace parley::handlers
