// What the named rooms of hers are called in commands and events. Names of private rooms are not unique, and anybody
// may bring her into one: rooms that share a name are called "general~1234567", by their RoomId, all of them, and the
// plain name means none. So nobody else can turn what she sends to another room. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/chat_state.hpp"

namespace parley::cli {

// A room of this name and id, also one that is not in her list yet.
[[nodiscard]] std::string room_called(const client::ChatState& state, std::string_view name, RoomId id);

// "general", or with the number of any room "general~1234567". Nobody: there is none, or it has namesakes.
[[nodiscard]] const client::Room* room_meant(const client::ChatState& state, std::string_view word);

// Where room_meant() finds none because there are several: what to say instead.
[[nodiscard]] std::vector<std::string> namesakes(const client::ChatState& state, std::string_view word);

}  // namespace parley::cli
