#include "simulation/memory_records.hpp"

#include <algorithm>

#include "store/mentioned.hpp"

namespace parley::simulation {

namespace {

bool mentions(const Message& message, UserId user) {
    const auto mentioned = store::mentioned_in(message.text.view());
    return mentioned.everybody ||
           std::find(mentioned.people.begin(), mentioned.people.end(), user) != mentioned.people.end();
}

}  // namespace

RoomSummary StoredRoom::summary_for(RoomId id, UserId user) const {
    RoomSummary summary;
    summary.id = id;
    summary.kind = kind;
    summary.name = name;
    if (kind == RoomKind::direct) summary.peer = peer_of(user);
    summary.head = head();
    summary.last_ordinal = last_ordinal();
    summary.read = members.at(user);
    for (auto ordinal = last_ordinal(); ordinal > summary.read.read; ordinal = ordinal.previous()) {
        if (message(ordinal).author == user) continue;
        ++summary.unread;
        if (mentions(message(ordinal), user)) summary.mentions.insert(0, ordinal);
    }
    summary.topic = topic;
    summary.owner = owner;
    summary.settings = settings;
    summary.reads_from = reads_from(user);
    summary.is_poster = posters.contains(user);
    summary.people = people();
    summary.favourite = favourite_of.contains(user);
    summary.root = root;
    return summary;
}

}  // namespace parley::simulation
