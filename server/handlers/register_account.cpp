#include "auth/look_alike.hpp"
#include "handlers/handlers.hpp"
#include "handlers/sign_in.hpp"

namespace parley::handlers {

namespace {

struct NewAccount {
    OpId op;
    auth::Permit permit;
};

// The account may have been made by an earlier sending of this operation: then the password decides, as at any login.
void registered(Attempt attempt, const store::Outcome& outcome) {
    if (outcome.status == store::Status::earlier) return check_password(std::move(attempt));
    if (!outcome.done()) return fail(std::move(attempt), outcome.refusal);
    give_token(std::move(attempt), outcome.result.user);
}

void store_account(Attempt attempt, const NewAccount& wanted, std::string password_hash) {
    auto& store = attempt.services->store;
    const auto asker = attempt.here();
    auto& shard = attempt.services->shards.at(asker);
    store::RegisterAccount change{wanted.op,
                                  UserId(shard.random() >> 1 | 1),
                                  attempt.account,
                                  std::move(password_hash),
                                  wanted.permit.may_be_owner,
                                  shard.wall_clock()};
    change.only_as_owner = wanted.permit.only_as_owner;
    change.skeleton = auth::skeleton_of(attempt.account.view());
    // A new account's answer may come on the home of the room it joined.
    store.submit(std::move(change), asker, [attempt = std::move(attempt)](const store::Outcome& outcome) mutable {
        on_its_shard(std::move(attempt), [outcome](Attempt stored) { registered(std::move(stored), outcome); });
    });
}

void hash_password(Attempt attempt, const NewAccount& wanted) {
    auto& services = *attempt.services;
    const auto session = attempt.session;
    auto password = attempt.password.str();
    auto done = [attempt = std::move(attempt), wanted](std::string hash) mutable {
        on_its_shard(std::move(attempt), [wanted, hash = std::move(hash)](Attempt hashed) mutable {
            store_account(std::move(hashed), wanted, std::move(hash));
        });
    };
    if (!services.passwords.hash(std::move(password), std::move(done)))
        services.sessions.on_session(session, [](session::Session& at) { at.login_failed(); });
}

}  // namespace

void handle(Context here, const Register& ask) {
    auto reply = here.session.reply_to(ask.op);
    here.session.begin_login();
    const auto& peer = here.session.connection().peer();
    Attempt attempt{&here.services, here.session.ref(), ask.account, ask.password, peer.address, std::move(reply)};
    const auto permit = here.services.registration.permit(asker_of(peer), ask.invite.view());
    if (permit.refusal) return fail(std::move(attempt), *permit.refusal);
    if (const auto why = auth::check_account(ask.account.view(), ask.password.view()))
        return fail(std::move(attempt), *why);
    const NewAccount wanted{ask.op, permit};
    limit(std::move(attempt), [wanted](Attempt limited) { hash_password(std::move(limited), wanted); });
}

}  // namespace parley::handlers
