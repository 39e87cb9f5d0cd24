// A Welcome within limits::kServerFrame, whatever others have made of the rooms that somebody is in. Stateless.
#pragma once

#include "protocol/server_messages.hpp"

namespace parley::handlers {

// Where all would not fit, a room's mentions are counted by the newest kMentionsOfMany, and if that is not enough, no
// topic is told.
[[nodiscard]] Welcome within_a_frame(Welcome welcome);

}  // namespace parley::handlers
