#include "auth/tokens.hpp"

#include <sodium.h>

#include <cstdlib>

namespace parley::auth {

namespace {

unsigned char* raw(Bytes<32>& bytes) {
    return reinterpret_cast<unsigned char*>(bytes.data());
}
const unsigned char* raw(const Bytes<32>& bytes) {
    return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

Token new_token() {
    if (sodium_init() < 0) std::abort();  // no random numbers: nothing here would be safe
    Token token{};
    randombytes_buf(token.data(), token.size());
    return token;
}

TokenHash hash_of(const Token& token) {
    static_assert(crypto_hash_sha256_BYTES == 32);
    TokenHash hash{};
    crypto_hash_sha256(raw(hash), raw(token), token.size());
    return hash;
}

bool equal_in_constant_time(const Bytes<32>& one, const Bytes<32>& other) {
    return sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

std::string to_hex(const Token& token) {
    std::string hex(token.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), raw(token), token.size());
    hex.pop_back();  // the terminator
    return hex;
}

std::optional<Token> token_from_hex(std::string_view hex) {
    Token token{};
    std::size_t size = 0;
    const char* end = nullptr;
    if (hex.size() != token.size() * 2) return std::nullopt;
    const int failed = sodium_hex2bin(raw(token), token.size(), hex.data(), hex.size(), nullptr, &size, &end);
    if (failed != 0 || size != token.size() || end != hex.data() + hex.size()) return std::nullopt;
    return token;
}

}  // namespace parley::auth
