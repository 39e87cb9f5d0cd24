#include "room/room.hpp"

#include "protocol/limits.hpp"

namespace parley::room {

Room::Room(Snapshot snapshot)
    : id_(snapshot.id),
      kind_(snapshot.kind),
      owner_(snapshot.owner),
      about_{std::move(snapshot.name), std::move(snapshot.topic), snapshot.settings},
      head_(snapshot.head),
      last_ordinal_(snapshot.last_ordinal),
      members_(snapshot.members.begin(), snapshot.members.end()),
      newcomers_(std::move(snapshot.newcomers)),
      posters_(snapshot.posters.begin(), snapshot.posters.end()) {
    for (const auto& [user, newcomer] : newcomers_) newcomers_from_.insert(newcomer.from);
}

bool Room::is_member(UserId user) const {
    const auto expected = expected_.find(user);
    return expected != expected_.end() ? expected->second.member : members_.contains(user);
}

// A chat, a thread and a room by invitation are not to be told from one that does not exist (THREATS T25); of an open
// one anybody may know.
bool Room::is_hidden() const {
    return kind_ != RoomKind::channel || about_.settings.access == RoomAccess::by_invitation;
}

Refusal Room::refusal_for_stranger() const {
    return is_hidden() ? Refusal::no_such_room : Refusal::not_a_member;
}

bool Room::is_full() const {
    return members_.size() + expected_.size() >= limits::kMembersPerRoom;
}

std::optional<Refusal> Room::why_not_read(UserId user) const {
    if (!members_.contains(user) && !is_member(user)) return refusal_for_stranger();
    return std::nullopt;
}

Ordinal Room::reads_from(UserId user) const {
    const auto found = newcomers_.find(user);
    return found == newcomers_.end() ? Ordinal(1) : found->second.from;
}

Sequence Room::told_since(UserId user) const {
    const auto found = newcomers_.find(user);
    return found == newcomers_.end() ? Sequence() : found->second.since;
}

Ordinal Room::all_read_from() const {
    return newcomers_from_.empty() ? Ordinal(1) : *newcomers_from_.rbegin();
}

void Room::come_in(UserId user) {
    if (!members_.insert(user).second || about_.settings.newcomers == NewcomersRead::all) return;
    newcomers_[user] = {last_ordinal_.next(), head_};
    newcomers_from_.insert(last_ordinal_.next());
}

void Room::go_out(UserId user) {
    members_.erase(user);
    posters_.erase(user);
    const auto found = newcomers_.find(user);
    if (found == newcomers_.end()) return;
    newcomers_from_.erase(newcomers_from_.find(found->second.from));
    newcomers_.erase(found);
}

std::optional<Refusal> Room::why_not_post(UserId user) const {
    if (const auto why = why_not_change_messages(user)) return why;
    if (about_.settings.posts == WhoPosts::everybody || owner_ == user || posters_.contains(user)) return std::nullopt;
    return Refusal::may_not_post;
}

std::optional<Refusal> Room::why_not_change_messages(UserId user) const {
    if (!is_member(user)) return refusal_for_stranger();
    if (about_.settings.archived) return Refusal::room_archived;
    return std::nullopt;
}

std::optional<Refusal> Room::why_not_join(UserId user) const {
    if (is_member(user)) return std::nullopt;  // joining again answers done
    if (is_hidden()) return Refusal::no_such_room;
    if (about_.settings.archived) return Refusal::room_archived;
    if (is_full()) return Refusal::room_full;
    return std::nullopt;
}

std::optional<Refusal> Room::why_not_leave(UserId user) const {
    if (!is_member(user)) return refusal_for_stranger();
    if (is_chat(kind_)) return Refusal::cannot_leave;
    if (about_.settings.archived && owner_ == user) return Refusal::owner_keeps_archived;
    return std::nullopt;
}

std::optional<Refusal> Room::why_not_invite(UserId user, UserId person) const {
    if (!is_member(user)) return refusal_for_stranger();
    if (kind_ != RoomKind::channel) return Refusal::not_in_a_chat;
    if (about_.settings.archived) return Refusal::room_archived;
    if (is_member(person)) return std::nullopt;  // or about to be: the store knows
    if (is_full()) return Refusal::room_full;
    return std::nullopt;
}

std::optional<Refusal> Room::why_not_change_room(UserId user) const {
    if (const auto why = why_not_change_settings(user)) return why;
    if (about_.settings.archived) return Refusal::room_archived;
    return std::nullopt;
}

std::optional<Refusal> Room::why_not_change_settings(UserId user) const {
    if (!is_member(user)) return refusal_for_stranger();
    if (kind_ != RoomKind::channel) return Refusal::not_in_a_chat;
    if (owner_.names_something() && owner_ != user) return Refusal::not_your_room;
    return std::nullopt;
}

void Room::name_poster(const PosterChanged& event) {
    if (event.on) {
        posters_.insert(event.person);
    } else {
        posters_.erase(event.person);
    }
}

void Room::expect_membership(UserId user, bool member) {
    auto& expected = expected_[user];
    expected.member = member;
    ++expected.unsettled;
}

void Room::settle_membership(UserId user) {
    const auto expected = expected_.find(user);
    if (--expected->second.unsettled == 0) expected_.erase(expected);
}

void Room::apply(const RoomEvent& event) {
    if (event.sequence <= head_) return;
    head_ = event.sequence;
    if (const auto* posted = std::get_if<MessagePosted>(&event.body)) last_ordinal_ = posted->ordinal;
    if (const auto* joined = std::get_if<MemberJoined>(&event.body)) come_in(joined->user);
    if (const auto* invited = std::get_if<MemberInvited>(&event.body)) come_in(invited->user);
    if (const auto* left = std::get_if<MemberLeft>(&event.body)) go_out(left->user);
    if (const auto* topic = std::get_if<TopicChanged>(&event.body)) about_.topic = topic->topic;
    if (const auto* renamed = std::get_if<RoomRenamed>(&event.body)) about_.name = renamed->name;
    if (const auto* changed = std::get_if<RoomSettingsChanged>(&event.body)) {
        about_.settings = changed->settings;
        if (about_.settings.posts == WhoPosts::everybody) posters_.clear();
    }
    if (const auto* poster = std::get_if<PosterChanged>(&event.body)) name_poster(*poster);
}

}  // namespace parley::room
