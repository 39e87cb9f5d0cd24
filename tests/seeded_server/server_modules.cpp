#include "seeded_server/server_modules.hpp"

namespace parley::support {

ServerModules::ServerModules(store::Backend& backend, SeededShards& shards, std::uint64_t seed, Rules rules)
    : shards_(shards),
      sessions_(shards),
      store_(std::make_unique<SeededStore>(backend, shards, *this, seed, rules.store)),
      rooms_(shards, *store_),
      people_(shards, *store_, *this),
      passwords_(auth::least_cost(), rules.password_threads),
      services_{shards,        *store_,
                rooms_,        people_,
                sessions_,     passwords_,
                login_limits_, rules.registration,
                "test",        rules.unlimited_logins},
      rules_{&shards, &sessions_, rules.unlimited_rates,
             [this](session::Session& session, const ClientMessage& message) {
                 handlers::dispatch({session, services_}, message);
             }} {}

ServerModules::~ServerModules() {
    sessions_.close();
    passwords_.stop();
    store_->drop_all();
    shards_.drop_all();
}

std::unique_ptr<session::Session> ServerModules::open(net::Connection& connection) {
    return std::make_unique<session::Session>(connection, rules_);
}

void ServerModules::on_room_events(shard::ShardId here, RoomId room, std::span<const RoomEvent> events) {
    rooms_.publish(here, room, events);
}
void ServerModules::on_account_events(shard::ShardId here, UserId user, std::span<const AccountEvent> events) {
    people_.account_changed(here, user, events);
}
void ServerModules::on_profiles(shard::ShardId, std::span<const Profile> profiles) {
    people_.profiles_changed(profiles);
}
void ServerModules::presence_changed(RoomId room, Sequence committed, UserId user, Presence presence) {
    rooms_.set_presence(room, committed, user, presence);
}

}  // namespace parley::support
