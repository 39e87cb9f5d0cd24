// The people whose home is one shard and who have a device here now, or had one a moment ago. Lives on its shard.
#pragma once

#include <unordered_map>
#include <vector>

#include "people/people.hpp"

namespace parley::people {

class Home {
  public:
    Home(People& people, shard::ShardId here) : people_(people), here_(here) {}

    void attach(UserId user, DeviceRef ref, const store::TokenHash& token, ProfileRevision known_profiles);
    void detach(UserId user, DeviceRef ref, const Tokens& left);
    void report_presence(UserId user, DeviceRef ref, Presence presence);
    void mark_read(UserId user, RoomId room, ReadPosition read);
    void look_up(UserId user, TellSeen tell);
    void withdraw_token(UserId user, const store::TokenHash& token, DeviceRef but);
    void account_changed(UserId user, std::span<const AccountEvent> events);

  private:
    struct LiveDevice {
        DeviceRef ref;
        store::TokenHash token{};
        Presence presence = Presence::online;
        bool arrived = false;
        std::vector<AccountEvent> held;  // before it has arrived; one frame's at most, or it must come again
    };
    // One MoveRead of a room is on its way at a time; what is reported meanwhile goes as one after it.
    struct Reading {
        ReadPosition reported;
        ReadPosition stored;
        bool under_way = false;
    };
    struct Person {
        std::vector<LiveDevice> devices;
        std::unordered_map<RoomId, Sequence> rooms;  // and the head of each when she was listed in it
        std::unordered_map<RoomId, Reading> reading;
        std::optional<Availability> availability;  // not known before her first device has arrived: she is not shown
        AccountSequence chosen_at;                 // of the event that told it last
        Presence shown = Presence::offline;
        Timestamp last_seen;  // when she ceased to be shown, as far as it happened here
        Reserve reserve;
        shard::MonotonicTime left{};  // when her last device went
        explicit Person(shard::MonotonicTime now) : reserve(now) {}
        [[nodiscard]] Presence presence() const;
        void choose(Availability chosen, AccountSequence at);
    };
    [[nodiscard]] shard::MonotonicTime now() const { return people_.shards().at(here_).now(); }
    void forget_later(UserId user);
    [[nodiscard]] LiveDevice* find(UserId user, DeviceRef ref);
    void arrived(UserId user, DeviceRef ref, store::Reader::Read<std::optional<store::PersonRecord>> person,
                 store::Reader::Read<store::ProfilesRecord> profiles);
    void cannot_arrive(UserId user, DeviceRef ref, Refusal why);
    void deliver(const LiveDevice& device, std::span<const AccountEvent> events);
    void make_room_for_one(Person& person);
    void store_reading(UserId user, RoomId room);
    void reading_stored(UserId user, RoomId room, ReadPosition to, store::Status outcome);
    void share_rates(const Person& person);
    void show_presence(UserId user, Person& person);
    [[nodiscard]] bool set_shown(UserId user, Person& person);  // false: it is so already
    // She is shown no more: gone, or invisible from here on. What she does then leaves no trace.
    void note_seen(UserId user, Person& person);
    void tell_rooms(UserId user, const Person& person);
    void follow_rooms(UserId user, Person& person, std::span<const AccountEvent> events);

    People& people_;
    shard::ShardId here_;
    std::unordered_map<UserId, Person> people_here_;
};

}  // namespace parley::people
