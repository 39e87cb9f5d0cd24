// What is sent for what was typed: names become mentions that a new name cannot break, shortcodes and emoticons become
// emoji. Nothing changes in code, in addresses, nor behind a backslash.
#pragma once

#include <string>
#include <string_view>

#include "client/chat_state.hpp"

namespace parley::composing {

// "@ana" of an account that is known, "@here", "@all" (also "@everyone", "@channel"), "#garden" of a room she is in.
[[nodiscard]] std::string outgoing(const client::ChatState& chat, std::string_view typed);

// The way back, for editing: mentions as they would be typed. Who is not known stays a mention.
[[nodiscard]] std::string editable(const client::ChatState& chat, std::string_view source);

}  // namespace parley::composing
