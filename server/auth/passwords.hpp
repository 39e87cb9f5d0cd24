// Passwords at rest: argon2id (RFC 9106) through libsodium, with a random salt, the parameters in the hash, NFC first
// so that the same password typed on two systems is one password (THREATS T19). Const and free of state: any thread,
// but each call takes the memory and the time that `PasswordCost` says, so only the pool calls it (password_pool.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley::auth {

struct PasswordCost {
    std::size_t memory_bytes = 64 * 1024 * 1024;
    std::uint32_t passes = 3;
    bool operator==(const PasswordCost&) const = default;
};
[[nodiscard]] PasswordCost least_cost();  // for tests and load generators: what libsodium allows

struct PasswordCheck {
    bool matches = false;
    std::string better_hash;  // not empty: it matches, but was made at another cost; keep this one instead
};

class Passwords {
  public:
    // Computes the hash that unknown names are compared with. Ends the process if libsodium cannot start.
    explicit Passwords(PasswordCost cost = {});

    // Empty: there is no memory for it now, or the password is longer than limits::kPassword.
    [[nodiscard]] std::string hash(std::string_view password) const;
    // `stored` is empty where nobody has that name: as much work, and never a match (THREATS T22).
    [[nodiscard]] PasswordCheck check(std::string_view password, const std::string& stored) const;

  private:
    PasswordCost cost_;
    std::string nobody_;
};

}  // namespace parley::auth
