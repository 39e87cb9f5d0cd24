// The shapes of names: pure rules that client and server share, so that a form can say what is wrong before it asks.
// Uniqueness by look is the server's (auth/look_alike).
#pragma once

#include <string>
#include <string_view>

namespace parley::text {

// Unique, for login, "@", links and the CLI: 2 to 32 of a-z 0-9 . _ -, a letter first, none of . _ - last.
[[nodiscard]] bool is_account_name(std::string_view name);

// What is shown: 1 to 32 code points of any script; no control, bidi or invisible characters, no white space at the
// ends. Only a joiner and a selector of emoji, behind what they shape. More is asked by the server (auth/shown_names).
[[nodiscard]] bool is_nick(std::string_view nick);

// What somebody says of herself: one line of 1 to 100 code points with something to see in it.
[[nodiscard]] bool is_status(std::string_view status);

// 1 to 48 code points: letters and digits of any script, - and _; no capitals A-Z, no white space, nothing hidden. More
// is asked by the server (auth/shown_names).
[[nodiscard]] bool is_room_name(std::string_view name);

// What a room is about: one line of at most 200 code points, no control characters, not only white space. Empty: none.
[[nodiscard]] bool is_room_topic(std::string_view topic);

// A message: not only white space, no control characters but newline and tab.
[[nodiscard]] bool is_blank(std::string_view message);
[[nodiscard]] bool has_forbidden_controls(std::string_view message);

// Characters that draw nothing, or are none, or turn the direction of what follows (UAX 9, UAX 31): never in a name.
[[nodiscard]] bool is_invisible_or_bidi(char32_t code_point);
// Characters that are white space in Unicode's sense.
[[nodiscard]] bool is_white_space(char32_t code_point);

}  // namespace parley::text
