// The people of all shards. A person who is here lives on her home shard (Home): her devices, her presence, the rooms
// she is in, her account stream. Read positions are written by way of her home, so that they merge by maximum.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "people/device.hpp"
#include "shard/executor.hpp"
#include "store/store.hpp"

namespace parley::people {

class Home;

// Who is told that somebody came, went or turned away: the rooms she is in, each with an event that it has committed,
// at or after the one that let her in. It may not have published that yet. Implemented by app over rooms.
class PresenceListener {
  public:
    virtual ~PresenceListener() = default;
    // On the home of the user.
    virtual void presence_changed(RoomId room, Sequence committed, UserId user, Presence presence) = 0;
};

// Somebody as others may see her now.
struct Seen {
    Presence presence = Presence::offline;
    std::optional<Timestamp> last_seen = {};  // while she is offline; nothing: never, as far as is known
};
using TellSeen = std::move_only_function<void(store::Reader::Read<Seen>)>;

class People {
  public:
    // All must outlive the people.
    People(shard::Shards& shards, store::Store& store, PresenceListener& presence);
    ~People();

    // --- the device's shard. attach answers with arrived() or could_not_arrive(); until then nothing else reaches it.
    void attach(UserId user, DeviceRef ref, Device& device, const store::TokenHash& token,
                ProfileRevision known_profiles);
    // `left`: what it has not used of what it was lent.
    void detach(UserId user, DeviceRef ref, const Tokens& left);
    void report_presence(UserId user, DeviceRef ref, Presence presence);
    void mark_read(UserId user, RoomId room, ReadPosition read);
    // Any shard; answers on her home.
    void look_up(UserId user, TellSeen tell);
    // Ends every session of this token: `but` is told by whoever asked.
    void withdraw_token(UserId user, const store::TokenHash& token, DeviceRef but);

    // --- from the store, on the shard they name
    void account_changed(shard::ShardId here, UserId user, std::span<const AccountEvent> events);
    void profiles_changed(std::span<const Profile> profiles);  // shard 0

    [[nodiscard]] shard::Shards& shards() { return shards_; }
    [[nodiscard]] store::Store& store() { return store_; }
    [[nodiscard]] PresenceListener& presence() { return presence_; }
    // The devices of a shard; only on that shard.
    [[nodiscard]] Devices& devices(shard::ShardId shard) { return *devices_[shard::index_of(shard)]; }
    // Runs on the device's shard if it is still there.
    void on_device(DeviceRef ref, std::move_only_function<void(Device&)> call);

  private:
    void at_home(UserId user, std::move_only_function<void(Home&)> call);

    shard::Shards& shards_;
    store::Store& store_;
    PresenceListener& presence_;
    std::vector<std::unique_ptr<Devices>> devices_;
    std::vector<std::unique_ptr<Home>> homes_;
};

}  // namespace parley::people
