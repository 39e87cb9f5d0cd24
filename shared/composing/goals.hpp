// Where somebody may want to go: her rooms and chats, and people she could write to, by a part of the name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/chat_state.hpp"

namespace parley::composing {

struct Goal {
    RoomId room;    // one that she is in, or
    UserId person;  // somebody without a chat yet; of a direct chat its other person
    std::string name;
    std::string detail;
    std::uint32_t unread = 0;
    std::uint32_t mentions = 0;
    bool is_group = false;  // of a few people: `name` is theirs
};

// Those that fit best first; of equal ones those with something unread, mentions before others. "#" at the beginning
// leaves rooms alone, "@" people. `here` is where she is: it comes last of its kind. At most limits::kGoals.
[[nodiscard]] std::vector<Goal> goals_for(const client::ChatState& chat, RoomId here, std::string_view typed);

}  // namespace parley::composing
