#include "store/held_back.hpp"

#include <algorithm>

namespace parley::store {

bool HeldBack::is_behind(const Operation& operation) const {
    const auto held = refused_.find(key_of(operation));
    if (held == refused_.end()) return false;
    const auto& numbers = held->second.numbers;
    const auto awaited =
        std::find_if(numbers.begin(), numbers.end(), [](const Number& each) { return !each.is_queued; });
    return awaited != numbers.end() && operation.op.number > awaited->number;
}

bool HeldBack::is_early(const Operation& operation) const {
    const auto held = refused_.find(key_of(operation));
    return held != refused_.end() && operation.op.number > held->second.numbers.front().number;
}

std::vector<HeldBack::Number>::iterator HeldBack::place_of(std::vector<Number>& numbers, std::uint64_t number) {
    return std::lower_bound(numbers.begin(), numbers.end(), number,
                            [](const Number& each, std::uint64_t wanted) { return each.number < wanted; });
}

void HeldBack::hold(const Operation& refused) {
    const auto key = key_of(refused);
    auto held = refused_.find(key);
    if (held == refused_.end()) {
        make_room();
        held = refused_.emplace(key, Refused{{}, next_age_}).first;
        by_age_.emplace_back(next_age_++, key);
    }
    auto& numbers = held->second.numbers;
    const auto at = place_of(numbers, refused.op.number);
    if (at != numbers.end() && at->number == refused.op.number) {
        at->is_queued = false;
        return;
    }
    numbers.insert(at, Number{refused.op.number, false});
    if (numbers.size() > limits::kUnansweredPerSession) numbers.pop_back();
}

void HeldBack::let_in(const Operation& operation) {
    const auto held = refused_.find(key_of(operation));
    if (held == refused_.end()) return;
    const auto at = place_of(held->second.numbers, operation.op.number);
    if (at != held->second.numbers.end() && at->number == operation.op.number) at->is_queued = true;
}

void HeldBack::let_go_through(UserId user, OutboxId outbox, std::uint64_t through) {
    const auto held = refused_.find({user, outbox});
    if (held == refused_.end()) return;
    auto& numbers = held->second.numbers;
    std::erase_if(numbers, [through](const Number& each) { return each.number <= through; });
    if (numbers.empty()) refused_.erase(held);
}

void HeldBack::settle(const Operation& operation) {
    const auto held = refused_.find(key_of(operation));
    if (held == refused_.end()) return;
    auto& numbers = held->second.numbers;
    std::erase_if(numbers, [&](const Number& each) { return each.number == operation.op.number; });
    if (numbers.empty()) refused_.erase(held);
}

// Keeps both within the bound: entries that were let go leave the queue when it has grown to twice the bound at the
// latest.
void HeldBack::make_room() {
    const auto is_current = [&](const auto& entry) {
        const auto held = refused_.find(entry.second);
        return held != refused_.end() && held->second.age == entry.first;
    };
    while (!by_age_.empty() && (refused_.size() >= most_ || !is_current(by_age_.front()))) {
        if (is_current(by_age_.front())) refused_.erase(by_age_.front().second);
        by_age_.pop_front();
    }
    if (by_age_.size() >= 2 * most_) std::erase_if(by_age_, [&](const auto& entry) { return !is_current(entry); });
}

}  // namespace parley::store
