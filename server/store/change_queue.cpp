#include "store/change_queue.hpp"

#include <algorithm>
#include <iterator>

namespace parley::store {

std::optional<Refusal> ChangeQueue::push(QueuedChange& change) {
    const auto operation = operation_of(change.change);
    const auto bytes = bytes_of(change.change);
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return closed_;
        if (const auto* confirmed = std::get_if<ForgetResults>(&change.change))
            held_back_.let_go_through(confirmed->user, confirmed->outbox, confirmed->through);
        if (operation) {
            if (held_back_.is_behind(*operation)) {
                held_back_.hold(*operation);
                return Refusal::behind_a_refused_one;
            }
            held_back_.let_in(*operation);
        }
        if (changes_.size() >= bounds_.entries || bytes_ + bytes > bounds_.bytes) {
            if (operation) held_back_.hold(*operation);
            return Refusal::busy;
        }
        bytes_ += bytes;
        changes_.push_back(std::move(change));
    }
    changed_.notify_one();
    return std::nullopt;
}

void ChangeQueue::close(Refusal reason) {
    {
        const std::lock_guard lock(mutex_);
        if (!closed_) closed_ = reason;
    }
    changed_.notify_all();
}

std::vector<QueuedChange> ChangeQueue::take(std::size_t most, std::optional<std::chrono::milliseconds> patience) {
    std::unique_lock lock(mutex_);
    const auto has_work = [this] { return !changes_.empty() || closed_; };
    if (patience) {
        changed_.wait_for(lock, *patience, has_work);
    } else {
        changed_.wait(lock, has_work);
    }
    const auto count = static_cast<std::ptrdiff_t>(std::min(most, changes_.size()));
    std::vector<QueuedChange> taken(std::make_move_iterator(changes_.begin()),
                                    std::make_move_iterator(changes_.begin() + count));
    changes_.erase(changes_.begin(), changes_.begin() + count);
    for (const auto& change : taken) bytes_ -= bytes_of(change.change);
    return taken;
}

bool ChangeQueue::is_closed() const {
    const std::lock_guard lock(mutex_);
    return closed_.has_value();
}

void ChangeQueue::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [this] { return closed_.has_value(); });
}

bool ChangeQueue::is_early(const Operation& operation) const {
    const std::lock_guard lock(mutex_);
    return held_back_.is_early(operation);
}

void ChangeQueue::hold(const Operation& refused) {
    const std::lock_guard lock(mutex_);
    held_back_.hold(refused);
}

void ChangeQueue::settle(const Operation& operation) {
    const std::lock_guard lock(mutex_);
    held_back_.settle(operation);
}

std::size_t ChangeQueue::size() const {
    const std::lock_guard lock(mutex_);
    return changes_.size();
}

}  // namespace parley::store
