// The last steps that every way of signing in shares.
#pragma once

#include <string>

#include "handlers/signed_in.hpp"

namespace parley::handlers {

[[nodiscard]] inline auth::RegistrationAsker asker_of(const net::Peer& peer) {
    return {peer.peer_is_loopback, peer.host_is_loopback, peer.was_forwarded};
}

// One attempt to sign in with a password, as it goes from shard to shard.
struct Attempt {
    Services* services;
    session::SessionRef session;
    AccountName account;
    Password password;
    std::string address;
    session::Reply reply;

    [[nodiscard]] shard::ShardId here() const { return session.shard; }
};

// Goes on with the attempt on its session's shard.
void on_its_shard(Attempt attempt, std::move_only_function<void(Attempt)> then);

// Ends the attempt: the session may try again.
void fail(Attempt attempt, Refusal why, std::chrono::milliseconds retry_after = {});

// On shard 0: whether this account and address may try now; `then` runs there.
void limit(Attempt attempt, std::move_only_function<void(Attempt)> then);

// Reads the account, verifies the password, signs in. An unknown account costs the same time and gets the same answer.
void check_password(Attempt attempt);

// Makes a session token for her, stores its hash, signs the session in with it.
void give_token(Attempt attempt, UserId user);

// Attaches the session to the identity, which is proven. On the session's shard.
void sign_in(Context here, Identity identity, Known known, session::Reply reply);

}  // namespace parley::handlers
