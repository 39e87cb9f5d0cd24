// From the target of a request to the path it names, decoded. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley::net {

// The path of an origin-form target, percent-decoded, without its query. Nothing for any other form, a bad escape, a
// control character, a backslash, or a "." or ".." segment, encoded or not (THREATS T38).
[[nodiscard]] std::optional<std::string> decoded_path(std::string_view target);

// A deep link into the app: "/r/…" or "/d/…".
[[nodiscard]] bool is_deep_link(std::string_view path);

}  // namespace parley::net
