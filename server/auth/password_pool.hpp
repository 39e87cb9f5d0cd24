// The threads that hash passwords: one per core and at most limits::kPasswordThreads, since each takes 64 MiB while it
// works, with a bounded queue before them (THREATS T20). Asked from any thread; answers on a thread of the pool. A pool
// of no threads computes when it is told to: under a seeded scheduler nothing happens by itself.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "auth/passwords.hpp"
#include "protocol/limits.hpp"

namespace parley::auth {

class PasswordPool {
  public:
    using Hashed = std::move_only_function<void(std::string)>;
    using Checked = std::move_only_function<void(PasswordCheck)>;

    explicit PasswordPool(PasswordCost cost = {}, std::size_t threads = limits::kPasswordThreads,
                          std::size_t queue = limits::kPasswordQueue);
    ~PasswordPool();  // stops

    // False: the queue is full or the pool has stopped, and `done` will not be called; refuse the login with `busy`.
    [[nodiscard]] bool hash(std::string password, Hashed done);  // an empty hash: there was no memory for it
    [[nodiscard]] bool verify(std::string password, std::string stored, Checked done);  // as Passwords::check
    // Ends the threads after what they compute now. What waits is dropped.
    void stop();
    // Computes what has waited longest, on the caller's thread. False: nothing waits.
    bool run_one();
    [[nodiscard]] std::size_t waiting() const;

  private:
    using Work = std::move_only_function<void(const Passwords&)>;
    [[nodiscard]] bool take(Work work);
    void serve();

    const Passwords passwords_;
    const std::size_t most_waiting_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Work> waiting_;
    bool stopped_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace parley::auth
