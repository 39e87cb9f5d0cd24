#include "store/held_back.hpp"

#include <algorithm>

namespace parley::store {

bool HeldBack::is_behind(const Operation& operation) const {
    const auto held = refused_.find(key_of(operation));
    return held != refused_.end() && operation.op.number > held->second.number;
}

void HeldBack::hold(const Operation& refused) {
    const auto key = key_of(refused);
    const auto held = refused_.find(key);
    if (held != refused_.end()) {
        held->second.number = std::min(held->second.number, refused.op.number);
        return;
    }
    make_room();
    refused_.emplace(key, Refused{refused.op.number, next_age_});
    by_age_.emplace_back(next_age_++, key);
}

void HeldBack::let_go(const Operation& operation) {
    const auto held = refused_.find(key_of(operation));
    if (held != refused_.end() && operation.op.number == held->second.number) refused_.erase(held);
}

void HeldBack::let_go_through(UserId user, OutboxId outbox, std::uint64_t number) {
    const auto held = refused_.find({user, outbox});
    if (held != refused_.end() && held->second.number <= number) refused_.erase(held);
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
