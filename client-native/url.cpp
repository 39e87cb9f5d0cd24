#include "client_native/url.hpp"

#include <algorithm>
#include <charconv>

namespace parley::native {

namespace {

constexpr std::size_t kLongestUrl = 2'000;
constexpr std::string_view kScheme = "ws://";

std::unexpected<std::string> no(std::string_view text, std::string_view why) {
    return std::unexpected("\"" + std::string(text.substr(0, 80)) +
                           "\" is not a server's address: " + std::string(why));
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

// Takes "host" or "[address]" off the front of what stands before the path.
std::string_view take_host(std::string_view& authority) {
    const bool bracketed = authority.starts_with('[');
    const auto end = bracketed ? authority.find(']') : authority.find(':');
    if (bracketed && end == std::string_view::npos) return {};
    auto host = authority.substr(0, end);
    authority.remove_prefix(
        std::min(authority.size(), end == std::string_view::npos ? end : end + (bracketed ? 1 : 0)));
    if (bracketed) host.remove_prefix(1);
    return host;
}

}  // namespace

std::expected<Url, std::string> parse_url(std::string_view text) {
    if (text.size() > kLongestUrl) return no(text, "it is too long");
    if (text.starts_with("wss://")) return no(text, "wss (TLS) is not supported yet, use ws://");
    if (!text.starts_with(kScheme)) return no(text, "it does not start with ws://");
    if (!is_plain(text)) return no(text, "it holds spaces or other characters that an address has not");
    auto authority = text.substr(kScheme.size());
    authority = authority.substr(0, authority.find_first_of("/?#"));
    if (authority.contains('@')) return no(text, "a name and password do not belong into it");
    Url url{std::string(text), std::string(take_host(authority)), 80};
    if (url.host.empty()) return no(text, "it has no host");
    if (authority.empty()) return url;
    if (!authority.starts_with(':')) return no(text, "something stands between its host and its path");
    authority.remove_prefix(1);
    const std::string port(authority);
    const auto* end = port.data() + port.size();
    const auto [after, error] = std::from_chars(port.data(), end, url.port);
    if (error != std::errc() || after != end || url.port == 0)
        return no(text, "its port is not a number from 1 to 65535");
    return url;
}

}  // namespace parley::native
