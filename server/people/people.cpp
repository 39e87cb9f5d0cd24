#include "people/people.hpp"

#include "people/home.hpp"

namespace parley::people {

People::People(shard::Shards& shards, store::Store& store, PresenceListener& presence)
    : shards_(shards), store_(store), presence_(presence) {
    for (std::uint32_t index = 0; index < shards.count(); ++index) {
        devices_.push_back(std::make_unique<Devices>());
        homes_.push_back(std::make_unique<Home>(*this, shard::ShardId{index}));
    }
}

People::~People() = default;

void People::at_home(UserId user, std::move_only_function<void(Home&)> call) {
    const auto to = shards_.home_of(user);
    shards_.post_to(to, [this, to, call = std::move(call)]() mutable { call(*homes_[shard::index_of(to)]); });
}

void People::on_device(DeviceRef ref, std::move_only_function<void(Device&)> call) {
    shards_.post_to(ref.shard, [this, ref, call = std::move(call)]() mutable {
        if (auto* device = devices(ref.shard).find(ref.connection)) call(*device);
    });
}

void People::attach(UserId user, DeviceRef ref, Device& device, const store::TokenHash& token,
                    ProfileRevision known_profiles) {
    devices(ref.shard).enter(ref.connection, device);
    at_home(user, [=](Home& home) { home.attach(user, ref, token, known_profiles); });
}

void People::detach(UserId user, DeviceRef ref, const Tokens& left) {
    devices(ref.shard).leave(ref.connection);
    at_home(user, [=](Home& home) { home.detach(user, ref, left); });
}

void People::report_presence(UserId user, DeviceRef ref, Presence presence) {
    at_home(user, [=](Home& home) { home.report_presence(user, ref, presence); });
}

void People::mark_read(UserId user, RoomId room, ReadPosition read) {
    at_home(user, [=](Home& home) { home.mark_read(user, room, read); });
}

void People::look_up(UserId user, TellSeen tell) {
    at_home(user, [user, tell = std::move(tell)](Home& home) mutable { home.look_up(user, std::move(tell)); });
}

void People::withdraw_token(UserId user, const store::TokenHash& token, DeviceRef but) {
    at_home(user, [=](Home& home) { home.withdraw_token(user, token, but); });
}

void People::account_changed(shard::ShardId here, UserId user, std::span<const AccountEvent> events) {
    homes_[shard::index_of(here)]->account_changed(user, events);
}

void People::profiles_changed(std::span<const Profile> profiles) {
    while (!profiles.empty()) {
        const auto part = profiles.first(std::min(profiles.size(), limits::kProfilesPerFrame));
        profiles = profiles.subspan(part.size());
        Profiles message;
        for (const auto& profile : part) message.profiles.push_back(profile);
        const auto frame = net::make_frame(message);
        for (std::uint32_t index = 0; index < shards_.count(); ++index) {
            const shard::ShardId to{index};
            shards_.post_to(to, [this, to, frame] { devices(to).tell_all(frame); });
        }
    }
}

}  // namespace parley::people
