// What is offered while somebody types: people after "@", rooms after "#", emoji after ":" and two letters, commands
// after "/" at the beginning. Places are bytes of the text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/chat_state.hpp"

namespace parley::composing {

struct Trigger {
    char sign = '@';
    std::size_t begin = 0;   // of the sign
    std::string_view typed;  // behind it, up to the cursor
};
// What the word before the cursor asks for. REQUIRES: cursor <= text.size().
[[nodiscard]] std::optional<Trigger> trigger_at(std::string_view text, std::size_t cursor);

struct Candidate {
    std::string insert;  // in the place of the sign and what was typed
    std::string label;
    std::string detail;
    UserId person;        // whose picture stands beside it
    std::string picture;  // an emoji
};

// The best first, at most limits::kOffered. People of the room come before others.
[[nodiscard]] std::vector<Candidate> candidates_for(const client::ChatState& chat, RoomId room, const Trigger& trigger);

}  // namespace parley::composing
