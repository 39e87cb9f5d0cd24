#include "auth/tokens.hpp"
#include "handlers/handlers.hpp"
#include "handlers/sign_in.hpp"

namespace parley::handlers {

namespace {

void resume_with(Context here, const store::TokenHash& hash, Known known, session::Reply reply,
                 const store::Reader::Read<std::optional<store::TokenRecord>>& read) {
    const auto now = here.session.shard().wall_clock();
    const bool valid = read && *read && (*read)->expires > now;
    if (!valid) {
        here.session.login_failed();
        return reply.refuse(read ? Refusal::token_not_valid : Refusal::storage_failing);
    }
    sign_in(here, {(*read)->user, hash, std::nullopt}, std::move(known), std::move(reply));
}

}  // namespace

// By token, without a password: cheap, so that everybody can come back at once.
void handle(Context here, const Resume& ask) {
    auto reply = here.session.reply_to(ask.request);
    here.session.begin_login();
    const auto hash = auth::hash_of(ask.token);
    auto& services = here.services;
    services.store.read(
        here.here(), [hash](store::Reader& reader) { return reader.token(hash); },
        [&services, session = here.session.ref(), hash, known = Known{ask.profiles, ask.positions.items()},
         reply = std::move(reply)](store::Reader::Read<std::optional<store::TokenRecord>> read) mutable {
            services.sessions.on_session(session, [&services, hash, known = std::move(known), reply = std::move(reply),
                                                   read = std::move(read)](session::Session& at) mutable {
                resume_with({at, services}, hash, std::move(known), std::move(reply), read);
            });
        });
}

}  // namespace parley::handlers
