#include "simulation/debts.hpp"

#include <algorithm>

#include "session/message_kinds.hpp"

namespace parley::simulation {

namespace {

bool is_served(const Debt& debt, const ServerMessage& message) {
    if (debt.only_close) return false;
    return std::visit(
        [&]<class M>(const M& answer) {
            if constexpr (std::same_as<M, Done>) return debt.op == answer.op && !debt.logs_in;
            if constexpr (std::same_as<M, Welcome>) return debt.logs_in;
            if constexpr (std::same_as<M, Beat>) return answer.number != 0 && debt.request == answer.number;
            if constexpr (std::same_as<M, RoomReset>)
                return debt.synced == answer.room &&
                       (debt.synced_after > answer.head ||
                        answer.head.value() - debt.synced_after.value() > limits::kSyncEvents);
            if constexpr (std::same_as<M, RoomEvents>)
                return debt.synced == answer.room && !answer.events.empty() &&
                       answer.events.front().sequence == debt.synced_after.next();
            if constexpr (requires { answer.request; }) return answer.request != 0 && debt.request == answer.request;
            return false;
        },
        message);
}

// What names neither is known by its reason alone: notices are refused so too.
bool is_refused(const Debt& debt, const Refused& refused) {
    if (debt.only_close || debt.op != refused.op || debt.request != refused.request) return false;
    return debt.op || debt.request != 0 || debt.reason == refused.reason;
}

}  // namespace

std::optional<Debt> debt_for(const ClientMessage& message) {
    Debt debt{std::string(name_of(message)), op_of(message), session::request_of(message)};
    debt.logs_in = session::is_login(message);
    if (const auto* beat = std::get_if<ClientBeat>(&message)) debt.request = beat->number;
    if (const auto* sync = std::get_if<SyncRoom>(&message)) {
        debt.synced = sync->room;
        debt.synced_after = sync->after;
    }
    if (!debt.op && debt.request == 0) return std::nullopt;  // a notice
    return debt;
}

const Debt* Debts::first() const {
    const auto found = std::find_if(open_.begin(), open_.end(), [](const Debt& debt) { return !debt.is_off; });
    return found == open_.end() ? nullptr : &*found;
}

bool Debts::owe(OpId op) const {
    return std::any_of(open_.begin(), open_.end(), [op](const Debt& debt) { return debt.op == op; });
}

bool Debts::owe_the_end() const {
    return std::any_of(open_.begin(), open_.end(), [](const Debt& debt) { return debt.only_close; });
}

void Debts::forget_room(RoomId room) {
    for (auto& debt : open_) debt.is_off = debt.is_off || debt.synced == room;
}

std::optional<std::string> Debts::pay(const ServerMessage& message) {
    const auto* refused = std::get_if<Refused>(&message);
    const auto found = std::find_if(open_.begin(), open_.end(), [&](const Debt& debt) {
        return refused ? is_refused(debt, *refused) : is_served(debt, message);
    });
    if (found == open_.end()) {
        const bool is_of_a_notice =
            refused && !refused->op && refused->request == 0 && refused->reason == Refusal::not_logged_in;
        // Events of a room pay for a sync of it, also those that came by themselves before it was refused.
        const bool was_taken_for_served = refused && !refused->op && taken_for_served_.contains(refused->request);
        if (refused && !is_of_a_notice && !was_taken_for_served)
            return "a refusal that answers nothing: " + std::string(name_of(refused->reason));
        return std::nullopt;
    }
    const auto debt = std::move(*found);
    open_.erase(found);
    if (!refused && debt.synced.names_something()) taken_for_served_.insert(debt.request);
    if (!refused && (debt.only_refusal || debt.reason))
        return debt.frame + " was served: " + std::string(name_of(message));
    if (refused && debt.reason && *debt.reason != refused->reason && !is_retryable(refused->reason))
        return debt.frame + " was refused with " + std::string(name_of(refused->reason)) + " instead of " +
               std::string(name_of(*debt.reason));
    return std::nullopt;
}

}  // namespace parley::simulation
