#include "composing/goals.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "composing/fit.hpp"
#include "protocol/limits.hpp"

namespace parley::composing {

namespace {

// What comes first is smaller.
struct Ranked {
    std::optional<Fit> fit;
    bool here = false;
    bool without_chat = false;
    Goal goal;
    [[nodiscard]] auto order() const {
        return std::tuple(fit, without_chat, here, goal.mentions == 0, goal.unread == 0, std::string_view(goal.name));
    }
};

std::optional<Fit> better(std::optional<Fit> one, std::optional<Fit> other) {
    return !one ? other : !other ? one : std::min(one, other);
}

Ranked of_person(const Profile& profile, std::string_view typed) {
    const auto fit = better(loose_fit_of(profile.nick.view(), typed), loose_fit_of(profile.account.view(), typed));
    return {fit, false, true, {{}, profile.user, profile.nick.str(), "@" + profile.account.str()}};
}

Ranked of_room(const client::ChatState& chat, const client::Room& room, std::string_view typed) {
    Ranked ranked;
    if (const auto* peer = room.kind == RoomKind::direct ? chat.person(room.peer) : nullptr) {
        ranked = of_person(*peer, typed);
    } else {
        const auto title = chat.title_of(room);
        ranked = {loose_fit_of(title, typed), false, false, {{}, {}, title, {}}};
        ranked.goal.is_group = room.is_chat();
    }
    ranked.without_chat = false;
    ranked.goal.room = room.id;
    ranked.goal.unread = room.unread;
    ranked.goal.mentions = room.said_to_her();
    return ranked;
}

}  // namespace

std::vector<Goal> goals_for(const client::ChatState& chat, RoomId here, std::string_view typed) {
    const char sign = typed.empty() || (typed[0] != '#' && typed[0] != '@') ? '\0' : typed[0];
    if (sign != '\0') typed.remove_prefix(1);
    std::vector<Ranked> all;
    std::set<UserId> with_chat;
    for (const auto& [id, room] : chat.rooms) {
        if (room.is_thread()) continue;  // found at its message
        if (room.kind == RoomKind::direct) with_chat.insert(room.peer);
        if (sign == (room.is_chat() ? '#' : '@')) continue;
        auto ranked = of_room(chat, room, typed);
        ranked.here = id == here;
        if (ranked.fit) all.push_back(std::move(ranked));
    }
    for (const auto& [id, profile] : chat.people) {
        if (sign == '#' || with_chat.contains(id)) continue;
        auto ranked = of_person(profile, typed);
        if (ranked.fit) all.push_back(std::move(ranked));
    }
    const auto shown = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), limits::kGoals));
    std::partial_sort(all.begin(), shown, all.end(),
                      [](const Ranked& a, const Ranked& b) { return a.order() < b.order(); });
    std::vector<Goal> goals;
    for (auto each = all.begin(); each != shown; ++each) goals.push_back(std::move(each->goal));
    return goals;
}

}  // namespace parley::composing
