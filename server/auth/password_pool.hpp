// Passwords as argon2id hashes (RFC 9106), computed on a few threads of their own with a bounded queue: logins never stop
// the chat, and never take more memory than threads × the cost (THREATS T19, T20).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace parley::auth {

struct PasswordCost {
    std::uint64_t passes = 3;
    std::size_t memory_bytes = 64 * 1024 * 1024;
};
[[nodiscard]] PasswordCost least_cost();  // for tests and load generators

struct PasswordCheck {
    bool matches = false;
    std::string better_hash;  // not empty: the stored hash was made at another cost; keep this one instead
};

class PasswordPool {
  public:
    PasswordPool(PasswordCost cost, std::size_t threads);
    ~PasswordPool();  // drops what waits, joins

    // Any thread; `done` runs on a thread of the pool. False: the queue is full (limits::kPasswordQueue), and `done` never runs.
    [[nodiscard]] bool hash(std::string password, std::move_only_function<void(std::string)> done);
    // An empty `stored` is an account that does not exist: costs the same time and never matches.
    [[nodiscard]] bool verify(std::string password, std::string stored, std::move_only_function<void(PasswordCheck)> done);

  private:
    class Threads;
    std::unique_ptr<Threads> threads_;
};

}  // namespace parley::auth
