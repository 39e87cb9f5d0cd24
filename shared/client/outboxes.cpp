#include "client/outboxes.hpp"

#include <algorithm>

namespace parley::client {

Outbox* Outboxes::find(OutboxId id) {
    if (own_.id() == id) return &own_;
    for (auto& adopted : adopted_)
        if (adopted.outbox.id() == id) return &adopted.outbox;
    return nullptr;
}

std::size_t Outboxes::rank(OutboxId id) const {
    std::size_t place = 0;
    for (const auto& adopted : adopted_) {
        if (adopted.outbox.id() == id) break;
        ++place;
    }
    return place;
}

std::size_t Outboxes::unsettled() const {
    std::size_t sum = own_.size();
    for (const auto& adopted : adopted_) sum += adopted.outbox.size();
    return sum;
}

bool Outboxes::has_room_for(std::size_t operations) const {
    if (adopted_.empty()) return true;
    if (adopted_.size() >= limits::kAdoptedOutboxes) return false;
    for (const auto& adopted : adopted_) operations += adopted.records.size();
    return operations <= limits::kAdoptedOperations;
}

void Outboxes::adopt(const SavedOutbox& orphan) {
    std::map<std::uint64_t, const SavedOperation*> in_order;
    for (const auto& operation : orphan.operations) in_order.emplace(operation.op().number, &operation);
    Adopted adopted{Outbox(orphan.id), orphan.place, {}};
    for (const auto& [number, operation] : in_order) {
        adopted.records.insert(number);
        adopted.outbox.restore(number, operation->refused ? std::optional<Buffer>() : encode(operation->change));
    }
    const auto later = std::find_if(adopted_.begin(), adopted_.end(),
                                    [&](const Adopted& other) { return other.place > adopted.place; });
    adopted_.insert(later, std::move(adopted));
}

void Outboxes::record_is_gone(OpId op) {
    for (auto& adopted : adopted_)
        if (adopted.outbox.id() == op.outbox) adopted.records.erase(op.number);
}

std::optional<Outbox> Outboxes::take_finished() {
    const auto finished = std::find_if(adopted_.begin(), adopted_.end(), [](const Adopted& adopted) {
        return adopted.records.empty() && adopted.outbox.size() == 0;
    });
    if (finished == adopted_.end()) return std::nullopt;
    std::optional<Outbox> outbox(std::move(finished->outbox));
    adopted_.erase(finished);
    return outbox;
}

std::vector<OutboxId> Outboxes::adopted() const {
    std::vector<OutboxId> ids;
    for (const auto& adopted : adopted_) ids.push_back(adopted.outbox.id());
    return ids;
}

const Buffer* Outboxes::next_to_send(std::int64_t now_ms) {
    for (auto& adopted : adopted_)
        if (adopted.outbox.size() != 0) return adopted.outbox.next_to_send(now_ms);
    return own_.next_to_send(now_ms);
}

void Outboxes::connection_lost() {
    for_each([](Outbox& outbox) { outbox.connection_lost(); });
}

std::optional<std::int64_t> Outboxes::deadline() const {
    for (const auto& adopted : adopted_)
        if (adopted.outbox.size() != 0) return adopted.outbox.deadline();
    return own_.deadline();
}

}  // namespace parley::client
