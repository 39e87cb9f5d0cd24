// Who may make an account: DESIGN section 7. Unless configured, registration is open only while the peer and the Host are
// loopback and nothing was forwarded; otherwise by the owner's link. Immutable after start; any thread.
#pragma once

#include <optional>

#include "protocol/people.hpp"

namespace parley::auth {

// Where the wish comes from.
struct RegistrationAsker {
    bool peer_is_loopback = false;
    bool host_is_loopback = false;
    bool was_forwarded = false;
};

class RegistrationRules {
  public:
    RegistrationRules() = default;
    explicit RegistrationRules(Registration configured) : configured_(configured) {}
    [[nodiscard]] Registration rule_for(const RegistrationAsker& asker) const;

  private:
    std::optional<Registration> configured_;
};

}  // namespace parley::auth
