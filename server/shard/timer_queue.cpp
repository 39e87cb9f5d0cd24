#include "shard/timer_queue.hpp"

#include <algorithm>
#include <tuple>

namespace parley::shard {

bool TimerQueue::later(const Entry& left, const Entry& right) {
    return std::tie(left.due, left.id) > std::tie(right.due, right.id);
}

TimerId TimerQueue::add(MonotonicTime due, Task task) {
    const std::uint64_t id = ++last_id_;
    tasks_.emplace(id, std::move(task));
    heap_.push_back({due, id});
    std::push_heap(heap_.begin(), heap_.end(), later);
    return TimerId(id);
}

void TimerQueue::cancel(TimerId timer) {
    const auto found = tasks_.find(static_cast<std::uint64_t>(timer));
    if (found == tasks_.end()) return;
    const Task destroyed_last = std::move(found->second);  // its destructor may cancel another
    tasks_.erase(found);
    if (heap_.size() > 64 && heap_.size() > 2 * tasks_.size()) rebuild();
}

std::optional<MonotonicTime> TimerQueue::next_due() {
    drop_cancelled();
    if (heap_.empty()) return std::nullopt;
    return heap_.front().due;
}

std::optional<Task> TimerQueue::take_due(MonotonicTime now) {
    drop_cancelled();
    if (heap_.empty() || heap_.front().due > now) return std::nullopt;
    const auto found = tasks_.find(heap_.front().id);
    std::optional<Task> task = std::move(found->second);
    tasks_.erase(found);
    return task;
}

void TimerQueue::clear() {
    const auto destroyed_last = std::move(tasks_);
    tasks_.clear();
    heap_.clear();
}

void TimerQueue::drop_cancelled() {
    while (!heap_.empty() && !tasks_.contains(heap_.front().id)) {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        heap_.pop_back();
    }
}

void TimerQueue::rebuild() {
    std::erase_if(heap_, [this](const Entry& entry) { return !tasks_.contains(entry.id); });
    std::make_heap(heap_.begin(), heap_.end(), later);
}

}  // namespace parley::shard
