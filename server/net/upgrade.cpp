#include "net/upgrade.hpp"

#include <algorithm>

namespace parley::net {
namespace {

UpgradeDecision refuse(unsigned status, std::string_view reason) {
    return {status, reason, {}};
}

// 16 bytes in base64: 22 characters and "==" (RFC 6455 section 4.1).
bool is_key(std::string_view text) {
    const auto is_base64 = [](char letter) {
        return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
               (letter >= '0' && letter <= '9') || letter == '+' || letter == '/';
    };
    return text.size() == 24 && text.ends_with("==") && std::all_of(text.begin(), text.begin() + 22, is_base64);
}

bool comes_from_elsewhere(const RequestHead& head, const HostRules& rules) {
    if (head.count("Origin") == 0) return false;  // no browser: they always send one
    const auto origin = head.only("Origin");
    return !origin || !rules.may_come_from(*origin, head.only("Host").value_or(""));
}

}  // namespace

UpgradeDecision decide_upgrade(const RequestHead& head, const HostRules& rules) {
    if (head.method != Method::get) return refuse(405, "A WebSocket is opened with GET.");
    if (!head.has_token("Upgrade", "websocket")) return refuse(426, "This address is a WebSocket.");
    if (!head.is_http_1_1) return refuse(400, "A WebSocket needs HTTP/1.1.");
    if (!head.has_token("Connection", "upgrade")) return refuse(400, "Connection: Upgrade is missing.");
    if (head.only("Sec-WebSocket-Version") != "13") return refuse(426, "Only WebSocket version 13 is spoken here.");
    const auto key = head.only("Sec-WebSocket-Key");
    if (!key || !is_key(*key)) return refuse(400, "Sec-WebSocket-Key must be there once and hold 16 bytes.");
    if (comes_from_elsewhere(head, rules)) return refuse(403, "This page may not open a connection here.");
    return {0, {}, std::string(*key)};
}

}  // namespace parley::net
