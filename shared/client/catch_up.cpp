#include "client/catch_up.hpp"

#include <algorithm>

namespace parley::client {

void CatchUp::hold(RoomId room, const RoomEvent& event) {
    if (held_ >= limits::kClientHeldEvents) return;
    if (holes_[room].held.emplace(event.sequence, event.body).second) ++held_;
}

std::optional<RoomEvent> CatchUp::take_next(RoomId room, Sequence applied) {
    const auto hole = holes_.find(room);
    if (hole == holes_.end()) return std::nullopt;
    auto& held = hole->second.held;
    while (!held.empty() && held.begin()->first <= applied) {  // came by the filling too
        held.erase(held.begin());
        --held_;
    }
    if (held.empty() || held.begin()->first != applied.next()) return std::nullopt;
    auto next = held.extract(held.begin());
    --held_;
    RoomEvent event;
    event.sequence = next.key();
    event.body = std::move(next.mapped());
    return event;
}

void CatchUp::expect(RoomId room, Sequence up_to, std::int64_t deadline) {
    auto& hole = holes_[room];
    hole.expected = std::max(hole.expected, up_to);
    hole.deadline = deadline;
    hole.is_coming = true;
}

bool CatchUp::must_ask(RoomId room, Sequence applied, Sequence known) const {
    if (known <= applied) return false;
    const auto hole = holes_.find(room);
    return hole == holes_.end() || hole->second.expected <= applied;
}

void CatchUp::refused(RoomId room, std::int64_t retry_at) {
    const auto hole = holes_.find(room);
    if (hole == holes_.end()) return;
    hole->second.deadline = retry_at;
    hole->second.is_coming = false;
}

void CatchUp::progress(std::int64_t deadline) {
    for (auto& hole : holes_)
        if (hole.second.is_coming) hole.second.deadline = deadline;
}

void CatchUp::forget(RoomId room) {
    const auto hole = holes_.find(room);
    if (hole == holes_.end()) return;
    held_ -= hole->second.held.size();
    holes_.erase(hole);
}

void CatchUp::forget_all() {
    holes_.clear();
    held_ = 0;
}

std::optional<std::int64_t> CatchUp::deadline() const {
    std::optional<std::int64_t> first;
    for (const auto& hole : holes_) first = std::min(first.value_or(hole.second.deadline), hole.second.deadline);
    return first;
}

std::optional<RoomId> CatchUp::take_overdue(std::int64_t now_ms) {
    for (auto& hole : holes_) {
        if (hole.second.deadline > now_ms) continue;
        hole.second.expected = Sequence();
        return hole.first;
    }
    return std::nullopt;
}

}  // namespace parley::client
