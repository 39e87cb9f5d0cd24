// What handlers work with: the owners of everything, for as long as the server runs.
#pragma once

#include <string>

#include "auth/login_limits.hpp"
#include "auth/password_pool.hpp"
#include "auth/registration.hpp"
#include "people/people.hpp"
#include "rooms/rooms.hpp"
#include "session/session.hpp"
#include "store/store.hpp"

namespace parley::handlers {

struct Services {
    shard::Shards& shards;
    store::Store& store;
    rooms::Rooms& rooms;
    people::People& people;
    session::SessionTables& sessions;
    auth::PasswordPool& passwords;
    auth::LoginLimits& login_limits;  // touched on shard 0 only
    auth::RegistrationRules registration;
    std::string build;
    bool unlimited_logins = false;
};

// One message's surroundings.
struct Context {
    session::Session& session;
    Services& services;

    [[nodiscard]] rooms::ListenerRef listener() const {
        return {session.connection().shard(), session.connection().id(), session.user()};
    }
    [[nodiscard]] people::DeviceRef device() const { return {session.connection().shard(), session.connection().id()}; }
    [[nodiscard]] store::Operation operation(const OpId& op) const {
        return {session.user(), op, session.fingerprint()};
    }
    [[nodiscard]] shard::ShardId here() const { return session.connection().shard(); }
};

}  // namespace parley::handlers
