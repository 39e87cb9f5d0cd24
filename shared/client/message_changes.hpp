// What is done to a message, by an event of its room or by her own wish that the server has not taken yet. Pure.
#pragma once

#include "client/chat_state.hpp"

namespace parley::client {

// An event at or below the message's revision is in it already and changes nothing.
void apply_to(Message& message, Sequence sequence, const MessageChange& change);

// As the message will be when this wish is done. What is deleted stays deleted. Its revision stays what it is.
void lay_over(Message& message, UserId self, const PendingChange& wish);

[[nodiscard]] Ordinal message_of(const MessageChange& change);

}  // namespace parley::client
