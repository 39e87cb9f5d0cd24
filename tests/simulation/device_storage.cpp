// Device: between its client and its browser's storage.
#include <algorithm>

#include "simulation/device.hpp"

namespace parley::simulation {

using namespace std::chrono_literals;

// --- operations

void Device::perform(client::KeepOperation& effect) {
    browser_.storage->keep(*this, effect.operation, effect.instead_of);
}

void Device::perform(client::ForgetOperation& effect) {
    browser_.storage->forget(*this, effect.op);
}

void Device::perform(client::ReleaseOutbox& effect) {
    outboxes_.erase(effect.outbox);
    released_.insert(effect.outbox);
    order_.released(effect.outbox);
    browser_.storage->release(*this, effect.outbox);
    offer_orphans();
}

// What it has of others it sends no more, nor what it had adopted of them and gives back with this: signing out in
// another tab may have taken that from the disk while this one had it.
void Device::perform(client::ForgetOthers& effect) {
    auto sent_from = outboxes_;
    sent_from.merge(released_);
    for (const auto outbox : sent_from) {
        around_.ledger.for_each_unsettled(outbox, [&](OpId, Asked& asked) {
            if (asked.user != effect.keep) asked.given_up = true;
        });
    }
    browser_.storage->forget_others(*this, effect.keep);
}

void Device::perform(client::ForgetView&) {
    browser_.storage->forget_view();
}

void Device::operation_kept(OpId op) {
    if (auto* asked = around_.ledger.find(op)) asked->kept = true;
    client_->operation_kept(op);
    settle();
}

void Device::operation_not_kept(OpId op) {
    client_->operation_not_kept(op, "the disk failed");
    settle();
}

void Device::operation_forgotten(OpId op) {
    client_->operation_forgotten(op);
    settle();
}

// --- what others have left

void Device::look_for_orphans() {
    if (!browser_.storage) return;
    offer_orphans();
    if (!std::exchange(has_looked_for_orphans_, true)) browser_.storage->look_for_orphans(*this);
}

void Device::orphan_found(client::SavedOutbox orphan) {
    orphans_.push_back(std::move(orphan));
    offer_orphans();
    settle();
}

void Device::offer_orphans() {
    for (auto& orphan : std::exchange(orphans_, {})) {
        const auto adoption = client_->adopt(orphan);
        if (around_.chronicle.is_told())
            tell("is offered outbox " + std::to_string(orphan.id.value() % 100'000) + " of " +
                 std::to_string(orphan.operations.size()) + ": " + std::to_string(static_cast<int>(adoption)));
        if (adoption == client::Adoption::taken) {
            around_.chronicle.count(Fault::outbox_adopted);
            outboxes_.insert(orphan.id);
            note_adopted(orphan);
        } else if (adoption == client::Adoption::not_now) {
            orphans_.push_back(std::move(orphan));
        } else {
            browser_.storage->release(*this, orphan.id);
        }
    }
}

// It may have been this client's before, and is told anew.
void Device::note_adopted(const client::SavedOutbox& orphan) {
    for (const auto& operation : orphan.operations)
        if (auto* asked = around_.ledger.find(operation.op())) asked->told.clear();
    order_.adopted(orphan);
}

// --- the end

// What is on the disk another program of this browser and person will send: it stays owed. So does what was there once
// and is not settled: only signing out may take that away.
void Device::give_up_what_is_not_kept() {
    auto* storage = browser_.storage.get();
    const bool was_connected = is_connected();
    if (storage) storage->ended(*this);
    std::size_t kept = 0;
    for (const auto outbox : outboxes_) {
        around_.ledger.for_each_unsettled(outbox, [&](OpId op, Asked& asked) {
            asked.kept = asked.kept || (storage && storage->holds(op));
            asked.given_up = asked.given_up || asked.wiped || !asked.kept;
            if (!asked.given_up) ++kept;
        });
    }
    if (kept == 0) return;
    around_.chronicle.count(Fault::tab_ended_unsettled);
    if (!was_connected) around_.chronicle.count(Fault::tab_ended_unsent);
}

// --- what was seen last

bool Device::restore_view() {
    if (!browser_.storage || browser_.storage->view().empty() || around_.dice.one_in(3)) return false;
    const auto view = client::saved_view_from(browser_.storage->view());
    if (!view) {
        around_.violations.push_back({"kept", name_ + " cannot read the view that was saved"});
        return false;
    }
    if (!client_->restore(*view)) return false;
    witnesses_.back()->restored(*view);
    around_.chronicle.count(Fault::view_restored);
    return true;
}

// Now and then, while something changes.
void Device::save_view() {
    if (!browser_.storage || around_.clock.now < next_view_ || saved_version_ == client_->state_version()) return;
    next_view_ = around_.clock.now + std::chrono::milliseconds(around_.dice.between(2'000, 10'000));
    saved_version_ = client_->state_version();
    if (const auto view = client_->view_to_save()) browser_.storage->save_view(view->self, client::bytes_of(*view));
}

}  // namespace parley::simulation
