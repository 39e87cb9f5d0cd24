#include "simulation/storage.hpp"

#include <algorithm>

namespace parley::simulation {

// --- wishes

void Storage::keep(Tab& tab, const client::SavedOperation& operation, std::optional<OpId> instead_of) {
    const auto op = operation.op();
    holders_.try_emplace(op.outbox, &tab);
    add({&tab, Write::Kind::keep, op, {0, operation.owner, client::bytes_of(operation)}, instead_of});
}

void Storage::forget(Tab& tab, OpId op) {
    add({&tab, Write::Kind::forget, op});
}

void Storage::forget_others(Tab& tab, UserId keep) {
    add({&tab, Write::Kind::forget_others, {}, {0, keep, {}}});
}

void Storage::save_view(UserId owner, Buffer view) {
    view_owner_ = owner;
    view_ = std::move(view);
}

// --- the disk

void Storage::add(Write write) {
    queue_.push_back(std::move(write));
    if (under_way_ == 0) begin();
}

// What waits of the tab whose turn it is goes together.
void Storage::begin() {
    if (queue_.empty()) return;
    const auto* tab = queue_.front().tab;
    const auto others =
        std::find_if(queue_.begin(), queue_.end(), [tab](const Write& write) { return write.tab != tab; });
    under_way_ = static_cast<std::size_t>(others - queue_.begin());
    auto time = std::chrono::microseconds(dice_.between(200, 30'000));
    if (now_ < slow_until_) {
        chronicle_.count(Fault::storage_slow);
        time = std::chrono::microseconds(dice_.between(1'000'000, 8'000'000));
    }
    agenda_.at(now_ + time, [this, step = ++step_] {
        if (step == step_) end();
    });
}

void Storage::end() {
    const bool fails = now_ < fails_until_ ? !dice_.one_in(4) : dice_.one_in(400);
    if (fails) chronicle_.count(Fault::storage_failed);
    std::vector<Write> written;
    for (; under_way_ > 0; --under_way_) {
        written.push_back(std::move(queue_.front()));
        queue_.pop_front();
        if (!fails) apply(written.back());
    }
    begin();
    // An answer leads to new wishes, and perhaps to the tab's end: it hears no more then.
    for (const auto& write : written) answer(write, !fails);
}

void Storage::apply(const Write& write) {
    if (write.kind == Write::Kind::forget_others) return forget_all_but(write.record.owner);
    if (write.kind == Write::Kind::forget) {
        records_.erase(write.op);
        return;
    }
    auto& record = records_[write.op];
    const auto place = record.place != 0 ? record.place : ++last_place_;
    record = write.record;
    record.place = place;
    if (write.instead_of) records_.erase(*write.instead_of);
}

// Of an outbox that no tab sends from nothing will come any more.
void Storage::forget_all_but(UserId keep) {
    if (view_owner_ != keep) view_.clear();
    std::erase_if(records_, [&](const auto& entry) {
        const auto& [op, record] = entry;
        if (record.owner == keep) return false;
        ledger_.wipe(op);
        const auto holder = holders_.find(op.outbox);
        if (holder == holders_.end() || !holder->second->answers_for(op.outbox)) ledger_.give_up(op);
        return true;
    });
}

void Storage::answer(const Write& write, bool done) {
    if (write.kind == Write::Kind::forget_others) return;
    if (!done) return write.tab->operation_not_kept(write.op);
    if (write.kind == Write::Kind::keep) return write.tab->operation_kept(write.op);
    write.tab->operation_forgotten(write.op);
}

// --- tabs come and go

void Storage::ended(Tab& tab) {
    if (under_way_ > 0 && queue_.front().tab == &tab) end_of_step_unknown();
    std::deque<Write> others;
    for (auto& write : queue_) {
        if (write.tab != &tab) {
            others.push_back(std::move(write));
        } else if (write.kind == Write::Kind::keep) {
            chronicle_.count(Fault::tab_ended_before_keeping);
        } else if (write.kind == Write::Kind::forget) {
            chronicle_.count(Fault::tab_ended_before_forgetting);
        }
    }
    queue_ = std::move(others);
    if (under_way_ == 0) begin();
    std::erase(looking_, &tab);
    std::erase_if(declined_, [&](const auto& entry) { return entry.second == &tab; });
    std::erase_if(holders_, [&](const auto& entry) { return entry.second == &tab; });
    offer_orphans();
}

// All of it is on the disk, or nothing; its tab does not hear which.
void Storage::end_of_step_unknown() {
    ++step_;
    const bool is_done = dice_.one_in(2);
    for (; is_done && under_way_ > 0; --under_way_) {
        apply(queue_.front());
        if (queue_.front().kind == Write::Kind::keep) chronicle_.count(Fault::tab_ended_after_keeping);
        queue_.pop_front();
    }
    under_way_ = 0;
}

void Storage::look_for_orphans(Tab& tab) {
    if (std::find(looking_.begin(), looking_.end(), &tab) == looking_.end()) looking_.push_back(&tab);
    std::erase_if(declined_, [&](const auto& entry) { return entry.second == &tab; });
    offer_orphans();
}

void Storage::release(Tab& tab, OutboxId outbox) {
    declined_.emplace(outbox, &tab);
    holders_.erase(outbox);
    offer_orphans();
}

// In the order of their first records. The tab reads what there is when it has the lock.
void Storage::offer_orphans() {
    if (looking_.empty()) return;
    std::map<std::uint64_t, OutboxId> in_order;
    std::set<OutboxId> known;
    for (const auto& [op, record] : records_) {
        if (!holders_.contains(op.outbox) && known.insert(op.outbox).second) in_order.emplace(record.place, op.outbox);
    }
    for (const auto& [place, outbox] : in_order) {
        std::vector<Tab*> takers;
        for (auto* tab : looking_) {
            if (!declined_.contains({outbox, tab})) takers.push_back(tab);
        }
        if (takers.empty()) continue;
        auto* tab = dice_.pick(takers);
        holders_.emplace(outbox, tab);
        ++offers_;
        agenda_.at(now_ + std::chrono::microseconds(dice_.below(20'000)), [this, tab, outbox = outbox] {
            --offers_;
            const auto holder = holders_.find(outbox);
            if (holder != holders_.end() && holder->second == tab) give(*tab, outbox);
        });
    }
}

void Storage::give(Tab& tab, OutboxId outbox) {
    client::SavedOutbox orphan{outbox, {}, last_place_};
    for (auto at = records_.lower_bound({outbox, 0}); at != records_.end() && at->first.outbox == outbox; ++at) {
        orphan.place = std::min(orphan.place, at->second.place);
        if (auto operation = client::saved_operation_from(at->second.bytes))
            orphan.operations.push_back(std::move(*operation));
    }
    if (!orphan.operations.empty()) return tab.orphan_found(std::move(orphan));
    holders_.erase(outbox);
}

}  // namespace parley::simulation
