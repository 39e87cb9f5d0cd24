// Accounts, their tokens, profiles and account streams, inside the writer's transaction.
#pragma once

#include <optional>

#include "sqlite/database.hpp"

namespace parley::sqlite {

class AccountTables {
  public:
    explicit AccountTables(Database& database);

    struct Registered {
        UserId user;
        OpId by;
    };
    [[nodiscard]] std::optional<Registered> find(const AccountName& name);
    [[nodiscard]] bool exists(UserId user);
    [[nodiscard]] bool has_accounts();
    [[nodiscard]] bool has_owner();
    [[nodiscard]] bool looks_like_another(std::string_view skeleton, UserId than);

    // Give the profile its revision and make it known.
    void add(const store::RegisterAccount& account, bool owner, store::Effects& effects);
    void set_nick(const store::SetNick& change, store::Effects& effects);
    void set_status(const store::SetStatus& change, store::Effects& effects);
    // False: it was so already.
    [[nodiscard]] bool set_availability(const store::SetAvailability& change);
    void note_seen(const store::NoteSeen& change);
    void replace_password_hash(UserId user, const std::string& hash);

    // Gives the event its place in the person's stream and makes it known.
    void tell(UserId user, AccountEventBody body, store::Effects& effects);

    void add_token(const store::AddToken& token);
    void remove_token(const store::TokenHash& hash);

  private:
    [[nodiscard]] ProfileRevision next_revision();
    [[nodiscard]] std::optional<Profile> profile_of(UserId user);

    Statement find_by_name_;
    Statement find_by_user_;
    Statement find_any_;
    Statement find_owner_;
    Statement find_look_;
    Statement add_;
    Statement read_profile_;
    Statement set_nick_;
    Statement set_status_;
    Statement set_availability_;
    Statement note_seen_;
    Statement set_password_;
    Statement next_revision_;
    Statement next_account_sequence_;
    Statement remove_old_tokens_;
    Statement add_token_;
    Statement remove_token_;
};

}  // namespace parley::sqlite
