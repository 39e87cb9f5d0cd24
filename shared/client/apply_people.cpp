// What the server says about people: profiles, members, presence, typing, and the rooms anybody may join.
#include <algorithm>

#include "client/apply.hpp"

namespace parley::client {

void apply(Core& core, const Profiles& frame) {
    if (!core.settings.keep_people) return;
    for (const auto& profile : frame.profiles) {
        const auto known = core.state.people.find(profile.user);
        if (known != core.state.people.end()) {
            if (profile.revision > known->second.revision) known->second = profile;
        } else if (core.state.people.size() < limits::kClientPeople) {
            core.state.people.emplace(profile.user, profile);
        }
    }
    core.out.changed();
}

void apply(Core& core, const RoomDirectory& page) {
    if (!core.answered(page.request, Query::Kind::directory)) return;
    for (const auto& entry : page.rooms)
        if (core.directory.size() < limits::kClientDirectory) core.directory.push_back(entry);
    const bool goes_on = page.more && !page.rooms.empty() && core.directory.size() < limits::kClientDirectory;
    if (goes_on) {
        // The same request goes on with the next page, so that its asker sees one answer.
        core.queries.emplace(page.request, Query{Query::Kind::directory, RoomId()});
        core.out.send(ListRooms{page.request, page.rooms.back().name});
        return;
    }
    core.state.directory = std::move(core.directory);
    core.directory.clear();
    core.state.directory_complete = !page.more;
    core.out.tell(DirectoryLoaded{page.request});
}

void apply(Core& core, const Members& members) {
    if (!core.answered(members.request, Query::Kind::members)) return;
    auto* room = core.room(members.room);
    if (room == nullptr) return;
    core.work(room->id).members_request = 0;
    room->members.clear();
    for (const auto& member : members.members) room->members[member.user] = member.presence;
    room->posters = {members.posters.begin(), members.posters.end()};
    room->members_loaded = true;
    core.out.tell(MembersLoaded{members.request, room->id});
}

void apply(Core& core, const PresenceChanged& changed) {
    auto* room = core.room(changed.room);
    if (room == nullptr || !room->members_loaded) return;
    for (const auto& person : changed.people) {
        const auto member = room->members.find(person.user);
        if (member != room->members.end()) member->second = person.presence;
    }
    core.out.changed();
}

void apply(Core& core, const Typing& typing) {
    auto* room = core.room(typing.room);
    if (room == nullptr || typing.user == core.state.self) return;
    if (room->typing_until.size() >= limits::kTypingPeople && room->typing_until.count(typing.user) == 0) return;
    const auto until = core.now.monotonic_ms + milliseconds_of(limits::kTypingShown);
    room->typing_until[typing.user] = until;
    core.typing_ends = std::min(core.typing_ends.value_or(until), until);
    core.out.changed();
}

}  // namespace parley::client
