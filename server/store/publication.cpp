#include "store/publication.hpp"

#include <unordered_map>

namespace parley::store {

namespace {

// Puts each record's event behind the others of its owner, owners in the order they first appear.
template <class Owner, class Records, class OwnerOf, class ListOf>
void group(Records& records, OwnerOf owner_of, ListOf list_of) {
    std::unordered_map<Owner, std::size_t> places;
    for (auto& record : records) {
        const Owner owner = owner_of(record);
        auto& list = list_of(owner);
        const auto [place, is_new] = places.try_emplace(owner, list.size());
        if (is_new) list.emplace_back(owner, typename std::decay_t<decltype(list)>::value_type::second_type{});
        list[place->second].second.push_back(std::move(record.event));
    }
}

}  // namespace

// REQUIRES: called once, before post(): the groups start here.
void Publication::add(Effects effects) {
    group<RoomId>(
        effects.room_events, [](const RoomEventRecord& record) { return record.room; },
        [&](RoomId room) -> auto& { return at(shards_.home_of(room)).rooms; });
    group<UserId>(
        effects.account_events, [](const AccountEventRecord& record) { return record.user; },
        [&](UserId user) -> auto& { return at(shards_.home_of(user)).people; });
    if (!effects.profiles.empty()) at(shard::ShardId{0}).profiles = std::move(effects.profiles);
}

void Publication::add_answer(shard::ShardId asker, Answer answer, const Outcome& outcome) {
    const auto room = outcome.result.room;
    at(room.names_something() ? shards_.home_of(room) : asker).answers.emplace_back(std::move(answer), outcome);
}

void Publication::Delivery::hand_over(shard::ShardId here, CommitListener& listener) {
    if (!profiles.empty()) listener.on_profiles(here, profiles);
    for (const auto& [room, events] : rooms) listener.on_room_events(here, room, events);
    for (const auto& [user, events] : people) listener.on_account_events(here, user, events);
    for (auto& [answer, outcome] : answers) {
        if (answer) answer(outcome);
    }
}

void Publication::post() {
    for (auto& [shard, delivery] : deliveries_) {
        shards_.post_to(shard, [here = shard, delivery = std::move(delivery), listener = &listener_]() mutable {
            delivery.hand_over(here, *listener);
        });
    }
    deliveries_.clear();
}

}  // namespace parley::store
