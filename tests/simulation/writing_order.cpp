#include "simulation/writing_order.hpp"

#include <algorithm>

namespace parley::simulation {

void WritingOrder::adopted(const client::SavedOutbox& orphan) {
    Adopted fresh{orphan.id, {}};
    for (const auto& operation : orphan.operations) {
        const auto* post = std::get_if<PostText>(&operation.change);
        if (post == nullptr || operation.refused) continue;
        auto& last = fresh.last.try_emplace(post->room, post->op).first->second;
        last = std::max(last, post->op);
    }
    adopted_.push_back(std::move(fresh));
}

void WritingOrder::wrote(OpId post, RoomId room) {
    for (const auto& held : adopted_) {
        const auto before = held.last.find(room);
        if (before == held.last.end()) continue;
        const auto* asked = ledger_.find(before->second);
        if (asked != nullptr && asked->is_settled()) {
            ledger_.stands_before({before->second, post});
        } else {
            claims_.push_back({before->second, post});
        }
    }
}

void WritingOrder::settled(OpId op) {
    std::erase_if(claims_, [&](const Ledger::Before& claim) {
        if (claim.earlier != op) return false;
        ledger_.stands_before(claim);
        return true;
    });
}

void WritingOrder::released(OutboxId outbox) {
    std::erase_if(adopted_, [outbox](const Adopted& held) { return held.id == outbox; });
}

void WritingOrder::ended() {
    adopted_.clear();
    claims_.clear();
}

}  // namespace parley::simulation
