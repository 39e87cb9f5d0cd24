// Session tokens: 256 bits from the system's random source. Only their SHA-256 is stored, so that whoever reads the
// database cannot log in with what it holds (THREATS T23). Pure but for new_token; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/people.hpp"

namespace parley::auth {

using TokenHash = Bytes<32>;  // as store::TokenHash

[[nodiscard]] Token new_token();
[[nodiscard]] TokenHash hash_of(const Token& token);

[[nodiscard]] bool equal_in_constant_time(const Bytes<32>& one, const Bytes<32>& other);

// 64 small hexadecimal digits: for files and links.
[[nodiscard]] std::string to_hex(const Token& token);
[[nodiscard]] std::optional<Token> token_from_hex(std::string_view hex);

}  // namespace parley::auth
