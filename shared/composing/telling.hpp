// Whom a message calls together, by @all or @here: what is asked about before it goes to many.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "client/chat_state.hpp"

namespace parley::composing {

struct Called {
    bool anybody = false;               // at once: not by name
    bool all = false;                   // not only who is online
    std::optional<std::size_t> people;  // besides herself; nothing: who is in the room is not known yet

    [[nodiscard]] bool are_many() const { return anybody && people && *people > limits::kToldWithoutAsking; }
    [[nodiscard]] bool may_be_many() const { return anybody && (!people || are_many()); }
};
// `text` as it would be sent. In a direct chat there is nobody to call together.
[[nodiscard]] Called called_by(const client::ChatState& chat, RoomId room, std::string_view text);

}  // namespace parley::composing
