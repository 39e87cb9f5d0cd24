#include "client/outbox.hpp"

namespace parley::client {

void Outbox::add(Buffer frame, bool ready) {
    Entry entry;
    entry.number = ++last_number_;
    entry.frame = std::move(frame);
    entry.ready = ready;
    entries_.push_back(std::move(entry));
}

void Outbox::make_ready(std::uint64_t number) {
    const auto entry = find(number);
    if (entry != entries_.end()) entry->ready = true;
}

void Outbox::restore(std::uint64_t number, std::optional<Buffer> frame) {
    if (frame) {
        last_number_ = number - 1;
        add(std::move(*frame));
    }
    last_number_ = number;
}

const Buffer* Outbox::next_to_send(std::int64_t now_ms) {
    if (in_flight_ >= window_ || now_ms < hold_until_) return nullptr;
    const auto* next = next_waiting();
    if (next == nullptr || !next->ready) return nullptr;
    auto& entry = *find(next->number);
    entry.in_flight = true;
    ++in_flight_;
    return &entry.frame;
}

// What is in flight is a prefix but for entries taken back, so the search is short.
const Outbox::Entry* Outbox::next_waiting() const {
    for (const auto& entry : entries_)
        if (!entry.in_flight) return &entry;
    return nullptr;
}

bool Outbox::settle(OpId op) {
    const auto entry = find(op.number);
    if (entry == entries_.end()) return false;
    if (entry->in_flight) --in_flight_;
    entries_.erase(entry);
    window_ = std::min(limits::kUnansweredPerSession, window_ + 1);
    back_off_.reset();
    return true;
}

void Outbox::refused_for_now(OpId op, Refusal reason, std::uint32_t retry_after_ms, std::int64_t now_ms, Dice& dice) {
    const auto refused = find(op.number);
    // One that was taken back already: this is the answer to its first sending, and the wait for the second is on.
    if (refused == entries_.end() || !refused->in_flight) return;
    take_back_from(reason == Refusal::behind_a_refused_one ? entries_.begin() : refused);
    // One at a time until answers come: those sent behind it are refused too, and their refusals must not be taken for
    // refusals of the second sending.
    window_ = in_flight_ + 1;
    const auto wait = retry_after_ms != 0 ? static_cast<std::int64_t>(retry_after_ms) : back_off_.next(dice);
    hold_until_ = std::max(hold_until_, now_ms + std::min(wait, milliseconds_of(limits::kReconnectLongest)));
}

void Outbox::connection_lost() {
    take_back_from(entries_.begin());
    hold_until_ = 0;
    window_ = limits::kUnansweredPerSession;
}

std::optional<std::uint64_t> Outbox::take_confirmable(bool force) {
    auto settled = entries_.empty() ? last_number_ : entries_.front().number - 1;
    if (!unrecorded_.empty()) settled = std::min(settled, *unrecorded_.begin() - 1);
    // Forced: the server may have dropped the last ones.
    if (settled == 0 || (!force && settled < confirmed_ + limits::kConfirmEvery)) return std::nullopt;
    confirmed_ = settled;
    return settled;
}

std::optional<std::int64_t> Outbox::deadline() const {
    if (hold_until_ == 0 || in_flight_ >= window_) return std::nullopt;
    const auto* next = next_waiting();
    if (next == nullptr || !next->ready) return std::nullopt;
    return hold_until_;
}

std::deque<Outbox::Entry>::iterator Outbox::find(std::uint64_t number) {
    const auto found = std::lower_bound(entries_.begin(), entries_.end(), number,
                                        [](const Entry& entry, std::uint64_t wanted) { return entry.number < wanted; });
    return found != entries_.end() && found->number == number ? found : entries_.end();
}

void Outbox::take_back_from(std::deque<Entry>::iterator first) {
    for (auto entry = first; entry != entries_.end(); ++entry) {
        if (entry->in_flight) --in_flight_;
        entry->in_flight = false;
    }
}

}  // namespace parley::client
