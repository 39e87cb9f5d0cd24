#include "auth/registration.hpp"

#include "auth/look_alike.hpp"
#include "protocol/limits.hpp"
#include "text/names.hpp"

namespace parley::auth {

OwnerLink::Made OwnerLink::make() {
    const auto token = new_token();
    return {to_hex(token), OwnerLink(hash_of(token))};
}

bool OwnerLink::matches(std::string_view code) const {
    const auto token = token_from_hex(code);
    return token && equal_in_constant_time(hash_of(*token), hash_);
}

Registration RegistrationRules::rule_for(const RegistrationAsker& asker) const {
    if (configured_) return *configured_;
    if (asker.is_local()) return Registration::open;
    return owner_link_ ? Registration::invite : Registration::closed;
}

Permit RegistrationRules::permit(const RegistrationAsker& asker, std::string_view invite) const {
    // The owner's link opens every door, whatever is configured: without it nobody could begin.
    if (owner_link_ && owner_link_->matches(invite)) return {std::nullopt, true, true};
    switch (rule_for(asker)) {
        case Registration::open:
            return {std::nullopt, asker.is_local(), false};
        case Registration::invite:
            return {Refusal::invite_needed};
        case Registration::closed:
            break;
    }
    return {Refusal::registration_closed};
}

std::optional<Refusal> check_account(std::string_view account, std::string_view password) {
    if (!text::is_account_name(account) || is_reserved(account)) return Refusal::name_not_allowed;
    if (password.size() < limits::kPasswordMinimum) return Refusal::password_too_short;
    return std::nullopt;
}

}  // namespace parley::auth
