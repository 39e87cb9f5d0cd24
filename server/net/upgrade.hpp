// Whether a request may become a WebSocket: stricter than websocketpp, which takes other versions, two keys and keys of
// any size (THREATS T1). Pure.
#pragma once

#include <string>
#include <string_view>

#include "net/host_rules.hpp"
#include "net/http_head.hpp"

namespace parley::net {

struct UpgradeDecision {
    unsigned refused_with = 0;  // an HTTP status; 0: taken
    std::string_view reason;
    std::string key;  // for the handshake, when taken
};

// REQUIRES: the Host of `head` was checked.
[[nodiscard]] UpgradeDecision decide_upgrade(const RequestHead& head, const HostRules& rules);

}  // namespace parley::net
