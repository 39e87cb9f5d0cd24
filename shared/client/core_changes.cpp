// Core: what its person changes, from the wish to the server's answer. Kept first where the host keeps, then shown and
// sent; settled once; forgotten when nothing can come of it any more.
#include <algorithm>

#include "client/core.hpp"

namespace parley::client {

// --- asked for

std::optional<OpId> Core::post(RoomId id, std::string_view text, Ordinal reply_to, std::optional<OpId> instead_of) {
    auto bounded = MessageText::from(text);
    if (!bounded || !has_owner() || !has_room_for_own()) return std::nullopt;
    if (room(id) != nullptr) work(id).typing_told_at = 0;  // others take it for the end of the typing
    const auto op = outboxes.own().next_op();
    begin(PostText{op, id, std::move(*bounded), reply_to}, instead_of);
    return op;
}

std::optional<OpId> Core::change_message(PendingChange::Change wish, std::optional<OpId> instead_of) {
    if (!has_owner() || !has_room_for_own()) return std::nullopt;
    const auto op = outboxes.own().next_op();
    std::visit(
        [&](auto& change) {
            change.op = op;
            begin(std::move(change), instead_of);
        },
        wish);
    return op;
}

// From log_out() to the next Welcome nobody knows in whose name it would be sent.
bool Core::has_owner() const {
    return outbox_owner.names_something() && outbox_owner == state.self;
}

void Core::begin(ClientMessage change, std::optional<OpId> instead_of) {
    const bool keep = settings.keeps_operations && outbox_owner.names_something();
    const bool wait = keep && !state.storage_failing;
    outboxes.own().add(encode(change), !wait);
    SavedOperation operation{outbox_owner, now.wall, std::nullopt, std::move(change)};
    const auto op = operation.op();
    unshown.emplace(op, operation);
    if (keep) {
        answers.asked_to_keep(op, instead_of);
        out.want(KeepOperation{std::move(operation), instead_of});
    }
    out.changed();
    if (!wait) make_ready(op, false);
}

void Core::pump() {
    if (!link.is_connected()) return;
    while (const auto* frame_to_send = outboxes.next_to_send(now.monotonic_ms)) out.send_bytes(*frame_to_send);
}

// --- answered by the server

void Core::settled(OpId op, RoomId id, Sequence sequence, Ordinal ordinal) {
    auto* outbox = outboxes.find(op.outbox);
    if (outbox == nullptr || !outbox->settle(op)) return;  // the event or the answer, whichever came second
    hide(op);
    if (settings.keeps_operations) outbox->recording(op.number);
    forget_record(op);
    forget_what_it_retried(op);
    out.tell(OperationDone{op, id, sequence, ordinal});
    confirm_results();
    pump();
}

// Remembered, for a later run may find its record still kept.
void Core::heard_own(OpId op, RoomId id, Sequence sequence, Ordinal ordinal) {
    if (settings.keeps_operations) {
        said.push_back(op);
        if (said.size() > limits::kSavedOperations) said.pop_front();
    }
    (void)discard(op);  // refused as expired, when its event had not come yet: so it was done
    settled(op, id, sequence, ordinal);
}

void Core::operation_refused(OpId op, const Refused& refused) {
    auto* outbox = outboxes.find(op.outbox);
    if (outbox == nullptr) return;
    if (is_retryable(refused.reason)) {
        // The server may wait for one that was settled here by its event: it is told.
        const bool waits_for_a_settled_one = refused.reason == Refusal::behind_a_refused_one && outbox->is_first(op);
        if (refused.reason == Refusal::confirm_first || waits_for_a_settled_one) confirm_at_once(*outbox);
        return outbox->refused_for_now(op, refused.reason, refused.retry_after_ms, now.monotonic_ms, dice);
    }
    // Also where the server does not remember any more what it did (op_expired): it may have been done or refused, so
    // its person is asked.
    if (!outbox->settle(op)) return;
    if (settings.keeps_operations) outbox->recording(op.number);
    if (!keep_as_failed(op, refused.reason)) {
        hide(op);
        forget_record(op);
        forget_what_it_retried(op);
    }
    out.tell(OperationRefused{op, refused.reason, refused.sentence.str()});
    confirm_results();
    pump();
}

// The server goes on only when it is told what has arrived. What the host could not write down is given up for that.
void Core::confirm_at_once(Outbox& outbox) {
    if (!settings.auto_confirm) return;
    if (!answers.are_awaited()) outbox.give_up_recording();
    if (const auto through = outbox.take_confirmable(true)) out.send(ConfirmResults{outbox.id(), *through});
}

void Core::confirm_results() {
    if (!settings.auto_confirm || !link.is_connected()) return;
    outboxes.for_each([this](Outbox& outbox) {
        if (const auto through = outbox.take_confirmable(false)) out.send(ConfirmResults{outbox.id(), *through});
    });
}

// --- answered by the host's storage

void Core::operation_kept(OpId op) {
    const auto answer = answers.take_kept(op);
    if (state.storage_failing) out.changed();
    state.storage_failing = false;
    if (!answer) return;  // too late to be waited for
    if (answer->instead_of) {
        record_is_gone(*answer->instead_of);
        forget_what_it_retried(*answer->instead_of);
    }
    make_ready(op, true);
    confirm_results();
}

void Core::operation_not_kept(OpId op, std::string_view why) {
    if (!state.storage_failing) {
        state.storage_failing = true;
        out.tell(StorageFailed{std::string(why)});
    }
    if (answers.take_forgotten(op)) {  // it may be there still: its result is not confirmed, so that a resend gets it
        outboxes.record_is_gone(op);
        release_finished();
    }
    if (const auto answer = answers.take_kept(op)) {
        make_ready(op, false);
        if (answer->instead_of) retried.insert_or_assign(op, *answer->instead_of);
    }
    confirm_results();
}

void Core::operation_forgotten(OpId op) {
    if (!answers.take_forgotten(op)) return;
    record_is_gone(op);
    confirm_results();
}

void Core::give_up_on_storage() {
    for (const auto op : answers.overdue(now.monotonic_ms)) operation_not_kept(op, "the storage does not answer");
}

void Core::make_ready(OpId op, bool kept) {
    if (auto* outbox = outboxes.find(op.outbox)) {
        outbox->make_ready(op.number);
        if (kept) outbox->recorded(op.number);  // where it was settled already: refused for good
    }
    auto waiting = unshown.extract(op);
    if (!waiting.empty()) {
        if (show(waiting.mapped()) && settings.keeps_operations) out.tell(OperationPending{op, kept});
    }
    pump();
}

void Core::forget_record(OpId op) {
    if (!settings.keeps_operations) return;
    answers.asked_to_forget(op);
    out.want(ForgetOperation{op});
}

// The record of what was refused stayed while that of its retry could not be written: it goes with the retry.
void Core::forget_what_it_retried(OpId op) {
    for (auto old = retried.extract(op); !old.empty(); old = retried.extract(old.mapped())) forget_record(old.mapped());
}

void Core::record_is_gone(OpId op) {
    if (auto* outbox = outboxes.find(op.outbox)) outbox->recorded(op.number);
    outboxes.record_is_gone(op);
    release_finished();
}

void Core::release_finished() {
    while (auto finished = outboxes.take_finished()) {
        const auto through = finished->take_confirmable(true);
        if (through && settings.auto_confirm && link.is_connected()) out.send(ConfirmResults{finished->id(), *through});
        out.want(ReleaseOutbox{finished->id()});
    }
}

// --- whose they are

// The operations of one person are never sent in the name of another.
void Core::own_the_outbox(UserId user) {
    if (outbox_owner == user) return;
    if (outbox_owner.names_something()) drop_outboxes();
    outbox_owner = user;
    if (settings.keeps_operations) out.want(ForgetOthers{user});
}

void Core::drop_outboxes() {
    for (const auto id : outboxes.adopted()) out.want(ReleaseOutbox{id});
    outboxes = Outboxes(OutboxId(dice.next_not_zero()));
    outbox_owner = UserId();
    answers.clear();
    unshown.clear();
    retried.clear();
    state.pending.clear();
    state.pending_changes.clear();
    out.changed();
}

Adoption Core::adopt(const SavedOutbox& orphan) {
    if (!state.logged_in()) return Adoption::not_now;
    for (const auto& operation : orphan.operations)
        if (operation.owner != outbox_owner || operation.op().outbox != orphan.id) return Adoption::not_hers;
    if (outboxes.find(orphan.id) != nullptr) return Adoption::taken;
    if (!outboxes.has_room_for(orphan.operations.size())) return Adoption::not_now;
    outboxes.adopt(orphan);
    for (const auto& operation : orphan.operations) show(operation);
    // It was heard before its record was gone: shown as a message already, never as unsent too.
    for (const auto op : std::deque<OpId>(said))
        if (op.outbox == orphan.id) settled(op, RoomId(), Sequence(), Ordinal());
    release_finished();
    pump();
    return Adoption::taken;
}

}  // namespace parley::client
