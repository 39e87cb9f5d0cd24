// The oracle: what is shown of people, and what they have chosen for themselves.
#include <algorithm>

#include "simulation/oracle.hpp"

namespace parley::simulation {

namespace {

// A status with an end is shown until then.
bool is_shown_as_stored(const Profile& shown, Profile stored) {
    if (shown == stored) return true;
    if (stored.status_until == Timestamp{}) return false;
    stored.status = {};
    stored.status_until = {};
    return shown == stored;
}

}  // namespace

void Oracle::judge_profiles(const client::ChatState& state, const std::string& name) {
    for (const auto& [user, person] : store_.people) {
        const auto* shown = state.person(user);
        if (!shown || !is_shown_as_stored(*shown, person.profile))
            violated("profiles", name + " shows " + person.profile.account.str() + " otherwise than stored");
    }
}

void Oracle::judge_settings(const client::ChatState& state, const store::PersonRecord& person,
                            const std::string& name) {
    if (state.availability != person.availability)
        violated("settings", name + " shows herself otherwise than she has chosen");
    if (state.blocked != std::set<UserId>(person.blocked.begin(), person.blocked.end()))
        violated("settings", name + " has blocked others than are stored");
}

// Of one who is here several devices report; which of them is idle the oracle does not know.
void Oracle::judge_presence_of(UserId user, Presence shown, bool is_here) {
    const auto& person = store_.people.at(user);
    const auto name = person.profile.account.str();
    const bool is_shown = is_here && person.availability != Availability::invisible;
    if (is_shown != (shown != Presence::offline))
        return violated("presence", name + (is_shown ? " is here and not shown" : " is shown and must not be"));
    if (!is_shown) return;
    const bool as_chosen = person.availability == Availability::away             ? shown == Presence::away
                           : person.availability == Availability::do_not_disturb ? shown == Presence::do_not_disturb
                                                                                 : shown != Presence::do_not_disturb;
    if (!as_chosen) violated("presence", name + " is shown otherwise than she has chosen");
}

void Oracle::judge_presence(const std::vector<const client::ChatState*>& all) {
    std::set<UserId> here;
    for (const auto* state : all) here.insert(state->self);
    std::map<UserId, Presence> agreed;
    for (const auto* state : all) {
        for (const auto& [id, room] : state->rooms) {
            if (!room.members_loaded || !(room.watched || room.kind == RoomKind::direct)) continue;
            for (const auto& [user, presence] : room.members) {
                // Of a stranger nobody knows how many connections it has left.
                if (!store_.people.contains(user) || store_.people.at(user).profile.account.view() == "stranger")
                    continue;
                judge_presence_of(user, presence, here.contains(user));
                if (agreed.try_emplace(user, presence).first->second != presence)
                    violated("presence",
                             "two devices show " + store_.people.at(user).profile.account.str() + " otherwise");
            }
        }
    }
}

}  // namespace parley::simulation
