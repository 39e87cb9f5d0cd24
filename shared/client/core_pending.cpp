// Core: what is shown of her operations while they are not settled, and of her words that were refused for good.
#include <algorithm>

#include "client/core.hpp"

namespace parley::client {

namespace {

std::optional<PendingMessage> message_of(const SavedOperation& operation) {
    const auto* post = std::get_if<PostText>(&operation.change);
    if (post == nullptr) return std::nullopt;
    PendingMessage pending;
    pending.op = post->op;
    pending.room = post->room;
    pending.text = post->text;
    pending.written = operation.written;
    pending.reply_to = post->reply_to;
    if (operation.refused) {
        pending.stage = PendingMessage::Stage::failed;
        pending.refusal = *operation.refused;
    }
    return pending;
}

std::optional<PendingChange> change_of(const SavedOperation& operation) {
    return std::visit(
        [&]<class M>(const M& wish) -> std::optional<PendingChange> {
            if constexpr (std::is_constructible_v<PendingChange::Change, M>) {
                return PendingChange{wish, operation.written, operation.refused};
            } else {
                return std::nullopt;
            }
        },
        operation.change);
}

OpId op_of(const PendingMessage& pending) {
    return pending.op;
}
OpId op_of(const PendingChange& pending) {
    return pending.op();
}
bool has_failed(const PendingMessage& pending) {
    return pending.stage == PendingMessage::Stage::failed;
}
bool has_failed(const PendingChange& pending) {
    return pending.failed.has_value();
}

SavedOperation saved_of(const PendingMessage& pending, UserId owner) {
    return {owner, pending.written, pending.refusal,
            PostText{pending.op, pending.room, pending.text, pending.reply_to}};
}
SavedOperation saved_of(const PendingChange& pending, UserId owner) {
    return {owner, pending.written, pending.failed,
            std::visit([](const auto& wish) { return ClientMessage(wish); }, pending.change)};
}

template <class Pending>
auto find(std::vector<Pending>& all, OpId op) {
    return std::find_if(all.begin(), all.end(), [op](const Pending& pending) { return op_of(pending) == op; });
}

template <class Pending>
std::optional<Pending> take_failed(std::vector<Pending>& all, OpId op) {
    const auto found = find(all, op);
    if (found == all.end() || !has_failed(*found)) return std::nullopt;
    std::optional<Pending> taken(std::move(*found));
    all.erase(found);
    return taken;
}

// In the order of sending.
template <class Pending>
void insert(std::vector<Pending>& all, const Outboxes& outboxes, Pending pending) {
    const auto place = [&outboxes](const Pending& one) {
        return std::pair(outboxes.rank(op_of(one).outbox), op_of(one).number);
    };
    auto after = all.end();
    while (after != all.begin() && place(*std::prev(after)) > place(pending)) --after;
    all.insert(after, std::move(pending));
}

template <class Pending>
std::size_t count_of(const std::vector<Pending>& all, OutboxId outbox) {
    const auto is_of = [outbox](const Pending& pending) { return op_of(pending).outbox == outbox; };
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), is_of));
}

}  // namespace

// What has failed waits in no outbox, and still counts.
bool Core::has_room_for_own() {
    const auto own = outboxes.own().id();
    if (outboxes.own().full()) return false;
    if (state.pending.size() + state.pending_changes.size() < limits::kOutboxEntries) return true;
    return count_of(state.pending, own) + count_of(state.pending_changes, own) < limits::kOutboxEntries;
}

bool Core::show(const SavedOperation& operation) {
    auto message = message_of(operation);
    auto change = change_of(operation);
    if (message) insert(state.pending, outboxes, std::move(*message));
    if (change) insert(state.pending_changes, outboxes, std::move(*change));
    out.changed();
    return message || change;
}

void Core::hide(OpId op) {
    std::erase_if(state.pending, [op](const PendingMessage& pending) { return op_of(pending) == op; });
    std::erase_if(state.pending_changes, [op](const PendingChange& pending) { return op_of(pending) == op; });
}

bool Core::keep_as_failed(OpId op, Refusal reason) {
    std::optional<SavedOperation> kept;
    if (const auto message = find(state.pending, op); message != state.pending.end()) {
        message->stage = PendingMessage::Stage::failed;
        message->refusal = reason;
        kept = saved_of(*message, outbox_owner);
    } else if (const auto change = find(state.pending_changes, op);
               change != state.pending_changes.end() && std::holds_alternative<EditText>(change->change)) {
        change->failed = reason;
        kept = saved_of(*change, outbox_owner);
    }
    if (!kept) return false;
    if (settings.keeps_operations) {
        auto old = retried.extract(op);
        const auto instead_of = old.empty() ? std::nullopt : std::optional(old.mapped());
        answers.asked_to_keep(op, instead_of);
        out.want(KeepOperation{std::move(*kept), instead_of});
    }
    return true;
}

std::optional<OpId> Core::retry(OpId failed) {
    std::optional<OpId> op;
    if (auto message = take_failed(state.pending, failed)) {
        op = post(message->room, message->text.view(), message->reply_to, failed);
        if (!op) insert(state.pending, outboxes, std::move(*message));
    } else if (auto change = take_failed(state.pending_changes, failed)) {
        op = change_message(change->change, failed);
        if (!op) insert(state.pending_changes, outboxes, std::move(*change));
    }
    return op;
}

bool Core::discard(OpId failed) {
    if (!take_failed(state.pending, failed) && !take_failed(state.pending_changes, failed)) return false;
    out.changed();
    forget_record(failed);
    forget_what_it_retried(failed);
    return true;
}

}  // namespace parley::client
