#include "handlers/sign_in.hpp"

#include "auth/tokens.hpp"
#include "observe/log.hpp"

namespace parley::handlers {

namespace {

constexpr shard::ShardId kLoginKeeper{0};
constexpr std::chrono::milliseconds kTokenLife = std::chrono::hours(24) * 90;

// What was tried before the right password no longer counts.
void count_success(const Attempt& attempt) {
    attempt.services->shards.post_to(
        kLoginKeeper, [&limits = attempt.services->login_limits, account = attempt.account, address = attempt.address] {
            limits.succeeded(account.view(), address);
        });
}

// The pool's answer comes on its own thread: the rest goes on on the session's shard.
void password_checked(Attempt attempt, const store::AccountRecord& account, auth::PasswordCheck check) {
    if (!check.matches) {
        observe::info("login_refused",
                      {{"conn", net::number_of(attempt.session.connection)}, {"address", attempt.address}});
        return fail(std::move(attempt), Refusal::wrong_name_or_password);
    }
    if (!check.better_hash.empty()) {
        attempt.services->store.submit(store::ReplacePasswordHash{account.profile.user, std::move(check.better_hash)},
                                       attempt.session.shard, [](const store::Outcome&) {});
    }
    count_success(attempt);
    give_token(std::move(attempt), account.profile.user);
}

}  // namespace

void on_its_shard(Attempt attempt, std::move_only_function<void(Attempt)> then) {
    auto& shards = attempt.services->shards;
    const auto shard = attempt.here();
    shards.post_to(shard,
                   [attempt = std::move(attempt), then = std::move(then)]() mutable { then(std::move(attempt)); });
}

void fail(Attempt attempt, Refusal why, std::chrono::milliseconds retry_after) {
    attempt.services->sessions.on_session(attempt.session, [](session::Session& session) { session.login_failed(); });
    attempt.reply.refuse(why, retry_after);
}

void limit(Attempt attempt, std::move_only_function<void(Attempt)> then) {
    if (attempt.services->unlimited_logins) return then(std::move(attempt));
    auto& shards = attempt.services->shards;
    shards.post_to(kLoginKeeper, [&clock = shards.at(kLoginKeeper), attempt = std::move(attempt),
                                  then = std::move(then)]() mutable {
        auto& limits = attempt.services->login_limits;
        const auto wait = limits.take(attempt.account.view(), attempt.address, clock.now().time_since_epoch());
        if (wait.count() > 0) return fail(std::move(attempt), Refusal::login_too_often, wait);
        then(std::move(attempt));
    });
}

namespace {

// If the pool is full it drops the closure and with it the reply, which then answers by itself: retryable.
void verify_password(Attempt attempt, store::AccountRecord account) {
    auto& services = *attempt.services;
    const auto session = attempt.session;
    auto password = attempt.password.str();
    auto stored = account.password_hash;
    auto done = [attempt = std::move(attempt), account = std::move(account)](auth::PasswordCheck check) mutable {
        on_its_shard(std::move(attempt),
                     [account = std::move(account), check = std::move(check)](Attempt checked) mutable {
                         password_checked(std::move(checked), account, std::move(check));
                     });
    };
    if (!services.passwords.verify(std::move(password), std::move(stored), std::move(done)))
        services.sessions.on_session(session, [](session::Session& at) { at.login_failed(); });
}

}  // namespace

void check_password(Attempt attempt) {
    auto& store = attempt.services->store;
    const auto shard = attempt.here();
    auto name = attempt.account;  // before the attempt moves: arguments are made in no order
    store.read(
        shard, [name = std::move(name)](store::Reader& reader) { return reader.account(name); },
        [attempt = std::move(attempt)](store::Reader::Read<std::optional<store::AccountRecord>> read) mutable {
            if (!read) return fail(std::move(attempt), Refusal::storage_failing);
            verify_password(std::move(attempt), read->value_or(store::AccountRecord{}));
        });
}

void give_token(Attempt attempt, UserId user) {
    const auto token = auth::new_token();
    const auto hash = auth::hash_of(token);
    const auto now = attempt.services->shards.at(attempt.here()).wall_clock();
    const store::AddToken change{user, hash, now, Timestamp{now.milliseconds + kTokenLife.count()}};
    auto& store = attempt.services->store;
    const auto shard = attempt.here();
    store.submit(
        change, shard, [attempt = std::move(attempt), user, token, hash](const store::Outcome& outcome) mutable {
            if (!outcome.done()) return fail(std::move(attempt), outcome.refusal);
            auto& services = *attempt.services;
            const auto session = attempt.session;
            services.sessions.on_session(session, [&services, user, token, hash,
                                                   reply = std::move(attempt.reply)](session::Session& at) mutable {
                sign_in({at, services}, {user, hash, token}, {}, std::move(reply));
            });
        });
}

void sign_in(Context here, Identity identity, Known known, session::Reply reply) {
    const auto user = identity.user;
    if (here.session.logged_in()) here.session.log_out();  // the old one leaves before the new one enters
    here.session.log_in(user,
                        std::make_unique<SignedIn>(here, std::move(identity), std::move(known), std::move(reply)));
}

}  // namespace parley::handlers
