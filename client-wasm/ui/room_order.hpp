// In which order the rooms stand in the list: what a person looks at and what her keys step through.
#pragma once

#include <vector>

#include "client/chat_state.hpp"
#include "ui/icons.hpp"

namespace parley::ui {

enum class RoomSection : std::uint8_t { favourites, channels, chats, archived, threads };
[[nodiscard]] RoomSection section_of(const client::Room& room);

// Those of one section by their names; all of them, one section after the other.
[[nodiscard]] std::vector<const client::Room*> rooms_in(const client::ChatState& chat, RoomSection section);
// The threads that she follows, those that mention her and then the newest first: with something unread, or all.
[[nodiscard]] std::vector<const client::Room*> threads_followed(const client::ChatState& chat, bool all);
[[nodiscard]] std::vector<const client::Room*> rooms_in_order(const client::ChatState& chat, bool with_archived);

// What stands before its name; of a direct chat that is a picture of the other person instead.
[[nodiscard]] Icon icon_of(const client::Room& room);

}  // namespace parley::ui
