// A message of one room told in another: its words as a quote, who said them, and where.
#pragma once

#include <string>
#include <string_view>

#include "client/chat_state.hpp"

namespace parley::composing {

// As somebody would type it; what she adds stands below. `address` is that of the message, and leads those there who
// may read it.
[[nodiscard]] std::string forwarding(const client::ChatState& chat, const client::Room& from, const Message& message,
                                     std::string_view address);

}  // namespace parley::composing
