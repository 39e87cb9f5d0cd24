// "ws://host:port/path", the address of a server's socket. TLS (wss) is not there yet.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace parley::native {

struct Url {
    std::string text;  // as given
    std::string host;  // without the brackets of an IPv6 address
    std::uint16_t port = 80;
};

// The error is a sentence for whoever typed it. At most 2,000 characters are taken.
[[nodiscard]] std::expected<Url, std::string> parse_url(std::string_view text);

}  // namespace parley::native
