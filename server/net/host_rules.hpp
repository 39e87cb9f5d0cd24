// Which Hosts and Origins are ours (THREATS T18): a foreign page can neither open a socket with its visitor's browser
// nor reach us under a name of its own. Immutable after construction; any thread.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace parley::net {

class HostRules {
  public:
    HostRules(const std::vector<std::string>& hosts, const std::vector<std::string>& origins,
              std::string_view listening_on);

    // localhost, any address, or a configured name; the port is not looked at.
    [[nodiscard]] bool knows_host(std::string_view host) const;
    // Equal to the Host, or configured. An empty Origin and "null" are nobody's.
    [[nodiscard]] bool may_come_from(std::string_view origin, std::string_view host) const;

  private:
    std::set<std::string, std::less<>> hosts_;
    std::set<std::string, std::less<>> origins_;
};

// The name or address of a Host without its port, in lower case; brackets of an IPv6 address stay. Empty: malformed.
[[nodiscard]] std::string name_of_host(std::string_view host);
// The Host named localhost, 127.0.0.0/8 or [::1].
[[nodiscard]] bool is_loopback_host(std::string_view host);
[[nodiscard]] bool is_loopback_address(std::string_view address);

}  // namespace parley::net
