#include "room/room.hpp"

#include "protocol/limits.hpp"

namespace parley::room {

Room::Room(Snapshot snapshot)
    : id_(snapshot.id),
      kind_(snapshot.kind),
      name_(std::move(snapshot.name)),
      head_(snapshot.head),
      last_ordinal_(snapshot.last_ordinal),
      members_(snapshot.members.begin(), snapshot.members.end()) {}

bool Room::is_member(UserId user) const {
    const auto expected = expected_.find(user);
    return expected != expected_.end() ? expected->second.member : members_.contains(user);
}

// A direct chat is not to be told from a room that does not exist (THREATS T25); a channel anybody may know of.
Refusal Room::refusal_for_stranger() const {
    return kind_ == RoomKind::direct ? Refusal::no_such_room : Refusal::not_a_member;
}

std::optional<Refusal> Room::why_not_read(UserId user) const {
    if (!members_.contains(user) && !is_member(user)) return refusal_for_stranger();
    return std::nullopt;
}

std::optional<Refusal> Room::why_not_post(UserId user) const {
    if (!is_member(user)) return refusal_for_stranger();
    return std::nullopt;
}

std::optional<Refusal> Room::why_not_change_messages(UserId user) const {
    return why_not_post(user);
}

std::optional<Refusal> Room::why_not_join(UserId user) const {
    if (is_member(user)) return std::nullopt;  // joining again answers done
    if (kind_ == RoomKind::direct) return Refusal::no_such_room;
    if (members_.size() + expected_.size() >= limits::kMembersPerRoom) return Refusal::room_full;
    return std::nullopt;
}

std::optional<Refusal> Room::why_not_leave(UserId user) const {
    if (!is_member(user)) return refusal_for_stranger();
    if (kind_ == RoomKind::direct) return Refusal::cannot_leave;
    return std::nullopt;
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
    if (const auto* joined = std::get_if<MemberJoined>(&event.body)) members_.insert(joined->user);
    if (const auto* left = std::get_if<MemberLeft>(&event.body)) members_.erase(left->user);
}

}  // namespace parley::room
