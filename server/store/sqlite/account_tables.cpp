#include "sqlite/account_tables.hpp"

#include "protocol/limits.hpp"

namespace parley::sqlite {

AccountTables::AccountTables(Database& database)
    : find_by_name_(database, "SELECT user, registered_outbox, registered_number FROM accounts WHERE name = ?1"),
      find_by_user_(database, "SELECT 1 FROM accounts WHERE user = ?1"),
      find_any_(database, "SELECT 1 FROM accounts LIMIT 1"),
      find_owner_(database, "SELECT 1 FROM accounts WHERE owner = 1 LIMIT 1"),
      find_look_(database,
                 "SELECT 1 FROM accounts WHERE name_skeleton = ?1 AND user <> ?2"
                 " UNION ALL SELECT 1 FROM accounts WHERE nick_skeleton = ?1 AND user <> ?2"),
      add_(database,
           "INSERT INTO accounts(user, name, name_skeleton, nick, nick_skeleton, password_hash, owner, revision, "
           "account_sequence,"
           " registered_outbox, registered_number, created)"
           " VALUES(?1, ?2, nullif(?3, ''), ?2, nullif(?3, ''), ?4, ?5, ?6, 0, ?7, ?8, ?9)"),
      read_profile_(database, "SELECT name, nick, revision, status, status_until FROM accounts WHERE user = ?1"),
      set_nick_(database,
                "UPDATE accounts SET nick = ?2, nick_skeleton = nullif(?3, ''), revision = ?4 WHERE user = ?1"),
      set_status_(database, "UPDATE accounts SET status = ?2, status_until = ?3, revision = ?4 WHERE user = ?1"),
      set_availability_(database,
                        "UPDATE accounts SET availability = ?2 WHERE user = ?1 AND availability <> ?2 RETURNING user"),
      note_seen_(database, "UPDATE accounts SET last_seen = ?2 WHERE user = ?1 AND last_seen < ?2"),
      set_password_(database, "UPDATE accounts SET password_hash = ?2 WHERE user = ?1"),
      next_revision_(database, "UPDATE server SET profile_revision = profile_revision + 1 RETURNING profile_revision"),
      next_account_sequence_(
          database,
          "UPDATE accounts SET account_sequence = account_sequence + 1 WHERE user = ?1 RETURNING account_sequence"),
      remove_old_tokens_(database,
                         "DELETE FROM tokens WHERE user = ?1 AND (expires <= ?2 OR hash NOT IN"
                         " (SELECT hash FROM tokens WHERE user = ?1 ORDER BY created DESC LIMIT ?3))"),
      add_token_(database,
                 "INSERT INTO tokens(hash, user, created, expires) VALUES(?1, ?2, ?3, ?4)"
                 " ON CONFLICT(hash) DO UPDATE SET expires = excluded.expires WHERE user = excluded.user"),
      remove_token_(database, "DELETE FROM tokens WHERE hash = ?1") {}

std::optional<AccountTables::Registered> AccountTables::find(const AccountName& name) {
    auto rows = find_by_name_(name);
    if (!rows.next()) return std::nullopt;
    return Registered{rows.get<UserId>(0), {rows.get<OutboxId>(1), rows.get<std::uint64_t>(2)}};
}

bool AccountTables::exists(UserId user) {
    return find_by_user_.finds(user);
}
bool AccountTables::has_accounts() {
    return find_any_.finds();
}
bool AccountTables::has_owner() {
    return find_owner_.finds();
}

bool AccountTables::looks_like_another(std::string_view skeleton, UserId than) {
    return !skeleton.empty() && find_look_.finds(skeleton, than);
}

ProfileRevision AccountTables::next_revision() {
    auto rows = next_revision_();
    if (!rows.next()) throw DatabaseError(SQLITE_CORRUPT, "the server's own row is missing");
    return rows.get<ProfileRevision>(0);
}

std::optional<Profile> AccountTables::profile_of(UserId user) {
    auto rows = read_profile_(user);
    if (!rows.next()) return std::nullopt;
    return Profile{user,
                   rows.get<AccountName>(0),
                   rows.get<Nick>(1),
                   rows.get<ProfileRevision>(2),
                   rows.get<StatusText>(3),
                   rows.get<Timestamp>(4)};
}

void AccountTables::add(const store::RegisterAccount& account, bool owner, store::Effects& effects) {
    const auto revision = next_revision();
    add_.run(account.user, account.account, account.skeleton, account.password_hash, owner, revision, account.op.outbox,
             as_stored_id(account.op.number), account.now);
    effects.profiles.push_back(Profile{account.user, account.account, Nick::cut(account.account.view()), revision});
}

void AccountTables::set_nick(const store::SetNick& change, store::Effects& effects) {
    auto profile = profile_of(change.operation.user);
    if (!profile || profile->nick == change.nick) return;
    profile->nick = change.nick;
    profile->revision = next_revision();
    set_nick_.run(profile->user, change.nick, change.skeleton, profile->revision);
    effects.profiles.push_back(*std::move(profile));
}

void AccountTables::set_status(const store::SetStatus& change, store::Effects& effects) {
    auto profile = profile_of(change.operation.user);
    if (!profile || (profile->status == change.status && profile->status_until == change.until)) return;
    profile->status = change.status;
    profile->status_until = change.until;
    profile->revision = next_revision();
    set_status_.run(profile->user, change.status, change.until, profile->revision);
    effects.profiles.push_back(*std::move(profile));
}

bool AccountTables::set_availability(const store::SetAvailability& change) {
    return set_availability_.finds(change.operation.user, change.availability);
}

void AccountTables::note_seen(const store::NoteSeen& change) {
    note_seen_.run(change.user, change.at);
}

void AccountTables::replace_password_hash(UserId user, const std::string& hash) {
    set_password_.run(user, hash);
}

void AccountTables::tell(UserId user, AccountEventBody body, store::Effects& effects) {
    auto rows = next_account_sequence_(user);
    if (!rows.next()) throw DatabaseError(SQLITE_CORRUPT, "a member has no account");
    effects.account_events.push_back({user, {rows.get<AccountSequence>(0), std::move(body)}});
}

void AccountTables::add_token(const store::AddToken& token) {
    remove_old_tokens_.run(token.user, token.now, static_cast<std::int64_t>(limits::kTokensPerPerson - 1));
    add_token_.run(token.hash, token.user, token.now, token.expires);
}

void AccountTables::remove_token(const store::TokenHash& hash) {
    remove_token_.run(hash);
}

}  // namespace parley::sqlite
