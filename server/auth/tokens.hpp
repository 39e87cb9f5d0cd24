// Session tokens: 32 bytes from the system's random source; only their SHA-256 is ever stored (THREATS T23). Any thread.
#pragma once

#include <string>
#include <string_view>

#include "protocol/people.hpp"

namespace parley::auth {

[[nodiscard]] Token new_token();
[[nodiscard]] Bytes<32> hash_of(const Token& token);
[[nodiscard]] bool equal_in_constant_time(const Bytes<32>& one, const Bytes<32>& other);

}  // namespace parley::auth
