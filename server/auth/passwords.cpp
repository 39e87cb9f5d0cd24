#include "auth/passwords.hpp"

#include <sodium.h>
#include <utf8proc.h>

#include <array>
#include <cstdlib>
#include <memory>

#include "protocol/limits.hpp"

namespace parley::auth {

namespace {

// The normalised text; wiped when it goes. Text that is not UTF-8 is taken as it is: the codec lets none through.
class Normalised {
  public:
    explicit Normalised(std::string_view password) {
        utf8proc_uint8_t* composed = nullptr;
        const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(password.data()),
                                       static_cast<utf8proc_ssize_t>(password.size()), &composed,
                                       static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
        const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(composed, &std::free);
        text_ = size < 0 ? std::string(password)
                         : std::string(reinterpret_cast<const char*>(composed), static_cast<std::size_t>(size));
        if (size > 0) sodium_memzero(composed, static_cast<std::size_t>(size));
    }
    Normalised(const Normalised&) = delete;
    Normalised& operator=(const Normalised&) = delete;
    ~Normalised() { sodium_memzero(text_.data(), text_.size()); }
    [[nodiscard]] const std::string& str() const { return text_; }

  private:
    std::string text_;
};

std::string hash_of(std::string_view password, const PasswordCost& cost) {
    if (password.size() > limits::kPassword) return {};
    const Normalised normalised(password);
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_argon2id_str(hash.data(), normalised.str().data(), normalised.str().size(), cost.passes,
                                   cost.memory_bytes) != 0) {
        return {};
    }
    return hash.data();
}

bool needs_better(const std::string& stored, const PasswordCost& cost) {
    return crypto_pwhash_argon2id_str_needs_rehash(stored.c_str(), cost.passes, cost.memory_bytes) != 0;
}

}  // namespace

PasswordCost least_cost() {
    return {crypto_pwhash_argon2id_MEMLIMIT_MIN, crypto_pwhash_argon2id_OPSLIMIT_MIN};
}

Passwords::Passwords(PasswordCost cost) : cost_(cost) {
    if (sodium_init() < 0) std::abort();  // no random numbers: nothing here would be safe
    std::array<unsigned char, 32> secret{};
    randombytes_buf(secret.data(), secret.size());
    nobody_ = hash_of({reinterpret_cast<const char*>(secret.data()), secret.size()}, cost_);
}

std::string Passwords::hash(std::string_view password) const {
    return hash_of(password, cost_);
}

PasswordCheck Passwords::check(std::string_view password, const std::string& stored) const {
    if (password.size() > limits::kPassword) return {};
    const auto& against = stored.empty() ? nobody_ : stored;
    const Normalised normalised(password);
    const bool equal =
        crypto_pwhash_argon2id_str_verify(against.c_str(), normalised.str().data(), normalised.str().size()) == 0;
    if (!equal || stored.empty()) return {};
    PasswordCheck check{true, {}};
    if (needs_better(stored, cost_)) check.better_hash = hash_of(password, cost_);
    return check;
}

}  // namespace parley::auth
