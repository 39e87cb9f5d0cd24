// What the server says about people: profiles, members, presence, typing, and the rooms anybody may join.
#include <algorithm>

#include "client/apply.hpp"

namespace parley::client {

void apply(Core& core, const Profiles& frame) {
    if (!core.settings.keep_people) return;
    for (const auto& profile : frame.profiles) core.take_profile(profile);
    core.out.changed();
    if (!core.link.is_connected()) return;
    core.status_ends.reset();
    core.expire_statuses();
}

void apply(Core& core, const AccountSettings& settings) {
    core.settings_to_come = settings;
}

void apply(Core& core, const PersonSeen& seen) {
    if (!core.answered(seen.request, Query::Kind::person)) return;
    core.remember_seen(seen.person, {seen.presence, seen.last_seen});
    core.out.tell(PersonLookedUp{seen.request, seen.person});
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
    if (room == nullptr) return;
    for (const auto& person : changed.people) {
        core.forget_seen(person.user);
        const auto member = room->members.find(person.user);
        if (room->members_loaded && member != room->members.end()) member->second = person.presence;
    }
    core.out.changed();
}

void apply(Core& core, const Typing& typing) {
    auto* room = core.room(typing.room);
    if (room == nullptr) return;
    const auto until = core.now.monotonic_ms + milliseconds_of(limits::kTypingShown);
    for (const auto user : typing.users) {
        if (user == core.state.self || core.state.has_blocked(user)) continue;
        if (room->typing_until.size() >= limits::kTypingPeople && room->typing_until.count(user) == 0) continue;
        room->typing_until[user] = until;
        core.typing_ends = std::min(core.typing_ends.value_or(until), until);
        core.out.changed();
    }
}

}  // namespace parley::client
