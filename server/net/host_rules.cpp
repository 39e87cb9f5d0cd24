#include "net/host_rules.hpp"

#include <arpa/inet.h>

#include <algorithm>

#include "net/http_head.hpp"

namespace parley::net {
namespace {

bool is_ipv4(const std::string& text) {
    in_addr parsed{};
    return inet_pton(AF_INET, text.c_str(), &parsed) == 1;
}

bool is_ipv6(const std::string& text) {
    in6_addr parsed{};
    return inet_pton(AF_INET6, text.c_str(), &parsed) == 1;
}

bool is_bracketed(std::string_view name) {
    return name.size() > 2 && name.front() == '[' && name.back() == ']';
}

bool is_port(std::string_view text) {
    return text.size() <= 5 &&
           std::all_of(text.begin(), text.end(), [](char letter) { return letter >= '0' && letter <= '9'; });
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' ||
               letter == '_';
    });
}

std::string without_port(std::string host, std::string_view port) {
    if (host.ends_with(port)) host.resize(host.size() - port.size());
    return host;
}

}  // namespace

std::string name_of_host(std::string_view host) {
    const auto lower = to_lower(host);
    const auto bracket = lower.rfind(']');
    const auto colon = lower.find(':', bracket == std::string::npos ? 0 : bracket);
    if (colon != std::string::npos && !is_port(std::string_view(lower).substr(colon + 1))) return {};
    const auto name = lower.substr(0, colon);
    if (is_bracketed(name)) return is_ipv6(name.substr(1, name.size() - 2)) ? name : std::string();
    return is_name(name) ? name : std::string();
}

bool is_loopback_address(std::string_view address) {
    const std::string text(address.starts_with("::ffff:") ? address.substr(7) : address);
    return text == "::1" || (text.starts_with("127.") && is_ipv4(text));
}

bool is_loopback_host(std::string_view host) {
    const auto name = name_of_host(host);
    if (name == "localhost") return true;
    return is_loopback_address(is_bracketed(name) ? std::string_view(name).substr(1, name.size() - 2)
                                                  : std::string_view(name));
}

HostRules::HostRules(const std::vector<std::string>& hosts, const std::vector<std::string>& origins,
                     std::string_view listening_on) {
    for (const auto& host : hosts) hosts_.insert(name_of_host(host));
    for (const auto& origin : origins) origins_.insert(to_lower(origin));
    hosts_.insert(name_of_host(listening_on));
    hosts_.insert("localhost");
    hosts_.erase("");
}

bool HostRules::knows_host(std::string_view host) const {
    const auto name = name_of_host(host);
    return !name.empty() && (is_bracketed(name) || is_ipv4(name) || hosts_.contains(name));
}

bool HostRules::may_come_from(std::string_view origin, std::string_view host) const {
    const auto lower = to_lower(origin);
    if (origins_.contains(lower)) return true;
    for (const auto& [scheme, port] : {std::pair{"http://", ":80"}, std::pair{"https://", ":443"}}) {
        if (!lower.starts_with(scheme)) continue;
        const auto of_origin = lower.substr(std::string_view(scheme).size());
        if (name_of_host(of_origin).empty()) return false;
        return without_port(of_origin, port) == without_port(to_lower(host), port);
    }
    return false;
}

}  // namespace parley::net
