// Who may make an account (DESIGN section 7). Pure: what is known of the connection and the configuration are
// arguments.
//
// Configured: open, invite or closed. Not configured: open to whoever sits at the machine itself, that is while the
// peer and the Host are loopback and nothing was forwarded; the first account is then the owner's. From elsewhere the
// owner comes in by a one-time link that is printed at the start of a server without an owner.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auth/tokens.hpp"
#include "protocol/people.hpp"
#include "protocol/refusal.hpp"

namespace parley::auth {

// Where the wish comes from.
struct RegistrationAsker {
    bool peer_is_loopback = false;
    bool host_is_loopback = false;
    bool was_forwarded = false;  // any of X-Forwarded-*, Forwarded, X-Real-IP
    [[nodiscard]] bool is_local() const { return peer_is_loopback && host_is_loopback && !was_forwarded; }
};

// The owner's link. Only its hash is kept; it is good once because the store makes one owner
// (RegisterAccount::only_as_owner).
class OwnerLink {
  public:
    struct Made;
    [[nodiscard]] static Made make();
    [[nodiscard]] bool matches(std::string_view code) const;

  private:
    explicit OwnerLink(const TokenHash& hash) : hash_(hash) {}
    TokenHash hash_;
};
struct OwnerLink::Made {
    std::string code;  // 64 hexadecimal digits: to be printed, once, and not logged
    OwnerLink link;
};

struct Permit {
    std::optional<Refusal> refusal;
    bool may_be_owner = false;   // RegisterAccount::may_be_owner
    bool only_as_owner = false;  // RegisterAccount::only_as_owner
};

// Immutable after start; any thread.
class RegistrationRules {
  public:
    RegistrationRules() = default;
    explicit RegistrationRules(Registration configured) : configured_(configured) {}
    // While there is no owner.
    void set_owner_link(const OwnerLink& link) { owner_link_ = link; }

    // What a visitor is told in Greeting.
    [[nodiscard]] Registration rule_for(const RegistrationAsker& asker) const;
    // Asked before anything costly is done.
    [[nodiscard]] Permit permit(const RegistrationAsker& asker, std::string_view invite) const;

  private:
    std::optional<Registration> configured_;
    std::optional<OwnerLink> owner_link_;
};

// The shape of name and password: a refusal, or nothing.
[[nodiscard]] std::optional<Refusal> check_account(std::string_view account, std::string_view password);

}  // namespace parley::auth
