// What ties modules that do not know each other: commits to the rooms and people they concern, presence to rooms, fresh
// connections to sessions.
#pragma once

#include "handlers/handlers.hpp"

namespace parley::app {

// The rooms and people are named after the store is there, before anything is committed.
class CommitRouter final : public store::CommitListener {
  public:
    void set(rooms::Rooms& rooms, people::People& people) {
        rooms_ = &rooms;
        people_ = &people;
    }
    void on_room_events(shard::ShardId here, RoomId room, std::span<const RoomEvent> events) override {
        rooms_->publish(here, room, events);
    }
    void on_account_events(shard::ShardId here, UserId user, std::span<const AccountEvent> events) override {
        people_->account_changed(here, user, events);
    }
    void on_profiles(shard::ShardId, std::span<const Profile> profiles) override {
        people_->profiles_changed(profiles);
    }

  private:
    rooms::Rooms* rooms_ = nullptr;
    people::People* people_ = nullptr;
};

class PresenceRouter final : public people::PresenceListener {
  public:
    explicit PresenceRouter(rooms::Rooms& rooms) : rooms_(rooms) {}
    void presence_changed(RoomId room, Sequence committed, UserId user, Presence presence) override {
        rooms_.set_presence(room, committed, user, presence);
    }

  private:
    rooms::Rooms& rooms_;
};

class SessionOpener final : public net::ConnectionOpener {
  public:
    explicit SessionOpener(session::SessionRules rules) : rules_(std::move(rules)) {}
    std::unique_ptr<net::ConnectionEvents> opened(net::Connection& connection) override {
        return std::make_unique<session::Session>(connection, rules_);
    }

  private:
    session::SessionRules rules_;
};

}  // namespace parley::app
