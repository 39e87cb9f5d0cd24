// One overload for each server message, and for each event of a room or an account. A message without one is a compile
// error that names it: "use of deleted function 'void parley::client::apply(Core&, const Message&) [with Message =
// …]'".
#pragma once

#include "client/core.hpp"

namespace parley::client {

template <class Message>
void apply(Core& core, const Message&) = delete;

void apply(Core& core, const Greeting& greeting);
void apply(Core& core, const Profiles& profiles);
void apply(Core& core, const Welcome& welcome);
void apply(Core& core, const Subscribed& subscribed);
void apply(Core& core, const RoomEvents& events);
void apply(Core& core, const RoomReset& reset);
void apply(Core& core, const AccountEvents& events);
void apply(Core& core, const Done& done);
void apply(Core& core, const Refused& refused);
void apply(Core& core, const History& history);
void apply(Core& core, const RoomDirectory& directory);
void apply(Core& core, const Members& members);
void apply(Core& core, const PresenceChanged& changed);
void apply(Core& core, const Typing& typing);
void apply(Core& core, const Beat& beat);
void apply(Core& core, const LoggedOut& logged_out);
void apply(Core& core, const Pins& pins);
void apply(Core& core, const Messages& messages);
void apply(Core& core, const AccountSettings& settings);
void apply(Core& core, const PersonSeen& seen);

template <class Event>
void apply_event(Core& core, Room& room, Sequence sequence, const Event&) = delete;

void apply_event(Core& core, Room& room, Sequence sequence, const UnknownRoomEvent& event);
void apply_event(Core& core, Room& room, Sequence sequence, const MessagePosted& event);
void apply_event(Core& core, Room& room, Sequence sequence, const MemberJoined& event);
void apply_event(Core& core, Room& room, Sequence sequence, const MemberLeft& event);
void apply_event(Core& core, Room& room, Sequence sequence, const RoomCreated& event);
void apply_event(Core& core, Room& room, Sequence sequence, const MessageEdited& event);
void apply_event(Core& core, Room& room, Sequence sequence, const MessageDeleted& event);
void apply_event(Core& core, Room& room, Sequence sequence, const ReactionChanged& event);
void apply_event(Core& core, Room& room, Sequence sequence, const PinChanged& event);
void apply_event(Core& core, Room& room, Sequence sequence, const TopicChanged& event);
void apply_event(Core& core, Room& room, Sequence sequence, const RoomRenamed& event);
void apply_event(Core& core, Room& room, Sequence sequence, const RoomSettingsChanged& event);
void apply_event(Core& core, Room& room, Sequence sequence, const MemberInvited& event);
void apply_event(Core& core, Room& room, Sequence sequence, const EventConcealed& event);
void apply_event(Core& core, Room& room, Sequence sequence, const PosterChanged& event);
void apply_event(Core& core, Room& room, Sequence sequence, const ThreadChanged& event);

template <class Event>
void apply_account_event(Core& core, const Event&) = delete;

void apply_account_event(Core& core, const UnknownAccountEvent& event);
void apply_account_event(Core& core, const RoomAdded& event);
void apply_account_event(Core& core, const RoomRemoved& event);
void apply_account_event(Core& core, const ReadMoved& event);
void apply_account_event(Core& core, const FavouriteChanged& event);
void apply_account_event(Core& core, const AvailabilityChanged& event);
void apply_account_event(Core& core, const BlockChanged& event);

// A room's subscription, also one that came before the room itself.
void begin_subscription(Core& core, Room& room, const Subscribed& subscribed);

}  // namespace parley::client
