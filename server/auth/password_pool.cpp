#include "auth/password_pool.hpp"

#include <sodium.h>

#include <algorithm>

namespace parley::auth {

namespace {

// A password on its way to a thread; wiped wherever it ends.
class Secret {
  public:
    explicit Secret(std::string text) : text_(std::move(text)) {}
    // Copied and wiped: a string that is moved from keeps its short text.
    // NOLINTNEXTLINE(performance-move-constructor-init)
    Secret(Secret&& other) noexcept : text_(other.text_) { other.wipe(); }
    Secret& operator=(Secret&&) = delete;
    ~Secret() { wipe(); }
    [[nodiscard]] const std::string& str() const { return text_; }

  private:
    void wipe() { sodium_memzero(text_.data(), text_.size()); }
    std::string text_;
};

}  // namespace

PasswordPool::PasswordPool(PasswordCost cost, std::size_t threads, std::size_t queue)
    : passwords_(cost), most_waiting_(queue) {
    const std::size_t cores = std::max(1u, std::thread::hardware_concurrency());
    for (std::size_t i = 0; i < std::min(threads, cores); ++i) threads_.emplace_back([this] { serve(); });
}

PasswordPool::~PasswordPool() {
    stop();
}

bool PasswordPool::hash(std::string password, Hashed done) {
    return take([secret = Secret(std::move(password)), done = std::move(done)](const Passwords& passwords) mutable {
        done(passwords.hash(secret.str()));
    });
}

bool PasswordPool::verify(std::string password, std::string stored, Checked done) {
    return take([secret = Secret(std::move(password)), stored = std::move(stored), done = std::move(done)](
                    const Passwords& passwords) mutable { done(passwords.check(secret.str(), stored)); });
}

bool PasswordPool::take(Work work) {
    {
        const std::lock_guard lock(mutex_);
        if (stopped_ || waiting_.size() >= most_waiting_) return false;
        waiting_.push_back(std::move(work));
    }
    changed_.notify_one();
    return true;
}

void PasswordPool::serve() {
    for (;;) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return stopped_ || !waiting_.empty(); });
        if (stopped_) return;
        auto work = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        work(passwords_);
    }
}

bool PasswordPool::run_one() {
    std::unique_lock lock(mutex_);
    if (waiting_.empty()) return false;
    auto work = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    work(passwords_);
    return true;
}

void PasswordPool::stop() {
    std::deque<Work> dropped;
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
        dropped.swap(waiting_);
    }
    changed_.notify_all();
    dropped.clear();  // whoever waits for these learns it now, not after the computation that still runs
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

std::size_t PasswordPool::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
}

}  // namespace parley::auth
