// The modules of the real server above its sockets, wired as the program wires them, on seeded shards and a store
// without threads. Whoever owns it runs the shards and the store in the order it likes, and supplies the connections.
#pragma once

#include <memory>
#include <optional>

#include "auth/password_pool.hpp"
#include "handlers/handlers.hpp"
#include "seeded_server/seeded_store.hpp"
#include "support/seeded_shards.hpp"

namespace parley::support {

class ServerModules final : public store::CommitListener, public people::PresenceListener {
  public:
    struct Rules {
        bool unlimited_rates = true;
        bool unlimited_logins = true;
        auth::RegistrationRules registration;
        std::size_t password_threads = 1;  // 0: passwords().run_one() computes
        SeededStore::Rules store;
    };
    // Both must outlive the modules. Throws what opening the store throws.
    ServerModules(store::Backend& backend, SeededShards& shards, std::uint64_t seed, Rules rules);
    // The end of the process: what waits on the shards is dropped, nobody is told anything. Sessions end before.
    ~ServerModules() override;

    // On the connection's shard or outside any task; the connection outlives the session.
    [[nodiscard]] std::unique_ptr<session::Session> open(net::Connection& connection);

    [[nodiscard]] SeededStore& store() { return *store_; }
    [[nodiscard]] rooms::Rooms& rooms() { return rooms_; }
    // From now on people may ask only as fast as on a server.
    void limit_rates() { rules_.unlimited_rates = false; }
    [[nodiscard]] auth::PasswordPool& passwords() { return passwords_; }
    // From now on replies go nowhere: before sessions are destroyed without having been told of their end.
    void close() { sessions_.close(); }

  private:
    void on_room_events(shard::ShardId here, RoomId room, std::span<const RoomEvent> events) override;
    void on_account_events(shard::ShardId here, UserId user, std::span<const AccountEvent> events) override;
    void on_profiles(shard::ShardId here, std::span<const Profile> profiles) override;
    void presence_changed(RoomId room, Sequence committed, UserId user, Presence presence) override;

    SeededShards& shards_;
    session::SessionTables sessions_;
    std::unique_ptr<SeededStore> store_;
    rooms::Rooms rooms_;
    people::People people_;
    auth::PasswordPool passwords_;
    auth::LoginLimits login_limits_;
    handlers::Services services_;
    session::SessionRules rules_;
};

}  // namespace parley::support
