#include "client/timeline.hpp"

#include <algorithm>

#include "client/message_changes.hpp"

namespace parley::client {

const Message* Timeline::find(Ordinal ordinal) const {
    if (messages_.empty() || ordinal < messages_.front().ordinal || ordinal > messages_.back().ordinal) return nullptr;
    return &messages_[static_cast<std::size_t>(ordinal.value() - messages_.front().ordinal.value())];
}

bool Timeline::reaches_first() const {
    if (!loaded_) return false;
    if (messages_.empty()) return first_seen_ || reaches_head_;
    return first_seen_ || messages_.front().ordinal <= begins_at_;
}

void TimelineEditor::asked(HistoryKind kind, RequestId request) {
    if (kind == HistoryKind::older) {
        timeline_.loading_older_ = request;
    } else {
        timeline_.loading_newer_ = request;
        timeline_.arrived_while_loading_.clear();
    }
}

void TimelineEditor::answered(HistoryKind kind, RequestId request, const History& history, Ordinal room_last) {
    const auto expected = kind == HistoryKind::older ? timeline_.loading_older_ : timeline_.loading_newer_;
    if (expected != request) return;  // the room was reset meanwhile
    timeline_.loaded_ = true;
    merge(history.messages.items(), kind);
    add_changes(history.changes.items());
    const auto newest = std::max(history.last_ordinal, room_last);
    if (kind == HistoryKind::older) {
        timeline_.loading_older_ = 0;
        if (history.messages.empty()) timeline_.first_seen_ = true;
        cut_newest();
        return;
    }
    timeline_.loading_newer_ = 0;
    timeline_.reaches_head_ =
        timeline_.empty() ? is_over_before_it_begins(history.last_ordinal) : last() >= history.last_ordinal;
    take_in_what_arrived(newest);
    if (kind == HistoryKind::around) {
        cut_newest();
    } else {
        cut_oldest();
    }
}

void TimelineEditor::refused(RequestId request) {
    if (timeline_.loading_older_ == request) timeline_.loading_older_ = 0;
    if (timeline_.loading_newer_ == request) {
        timeline_.loading_newer_ = 0;
        timeline_.arrived_while_loading_.clear();
    }
}

void TimelineEditor::connection_lost() {
    timeline_.loading_older_ = 0;
    timeline_.loading_newer_ = 0;
    timeline_.arrived_while_loading_.clear();
}

void TimelineEditor::restore(const SavedRoom& saved) {
    drop();
    timeline_.messages_ = saved.messages.items();
    timeline_.changes_ = saved.changes.items();
    timeline_.loaded_ = saved.loaded;
    timeline_.first_seen_ = saved.from_first;
    cut_oldest();
}

void TimelineEditor::drop() {
    const auto begins_at = timeline_.begins_at_;
    timeline_ = Timeline{};
    timeline_.begins_at_ = begins_at;
}

void TimelineEditor::begin_at(Ordinal first) {
    if (first > timeline_.begins_at_) drop();
    timeline_.begins_at_ = first;
}

void TimelineEditor::arrived(const Message& message, Ordinal room_last) {
    auto& waiting = timeline_.arrived_while_loading_;
    if (timeline_.loading_newer_ != 0 && waiting.size() < limits::kClientHeldEvents) waiting.push_back(message);
    if (!timeline_.loaded_) return;
    append(message);
    if (!timeline_.empty() && last() < room_last) timeline_.reaches_head_ = false;
    cut_oldest();
}

void TimelineEditor::changed(Sequence sequence, const MessageChange& change) {
    const auto ordinal = message_of(change);
    for (auto& waiting : timeline_.arrived_while_loading_)
        if (waiting.ordinal == ordinal) apply_to(waiting, sequence, change);
    if (timeline_.find(ordinal) == nullptr) return;
    apply_to(timeline_.messages_[static_cast<std::size_t>(ordinal.value() - first().value())], sequence, change);
}

void TimelineEditor::changed_itself(const RoomEvent& event) {
    add_changes({event});
}

// What comes live may be in a page too.
void TimelineEditor::add_changes(const std::vector<RoomEvent>& changes) {
    auto& all = timeline_.changes_;
    const auto is_before = [](const RoomEvent& one, const RoomEvent& other) { return one.sequence < other.sequence; };
    for (const auto& change : changes) {
        const auto place = std::lower_bound(all.begin(), all.end(), change, is_before);
        if (place == all.end() || place->sequence != change.sequence) all.insert(place, change);
    }
    if (all.size() > limits::kTimelineChanges)
        all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(limits::kTimelineChanges));
}

// One that the timeline has, or the next one of a timeline that reaches the head; any other is not its business.
void TimelineEditor::append(const Message& message) {
    if (timeline_.find(message.ordinal) != nullptr) return replace_or_keep_newer(message);
    if (!timeline_.reaches_head_) return;
    const auto next = timeline_.empty() ? timeline_.begins_at_ : last().next();
    if (message.ordinal == next) {
        timeline_.messages_.push_back(message);
    } else if (message.ordinal > next) {
        timeline_.reaches_head_ = false;
    }
}

void TimelineEditor::take_in_what_arrived(Ordinal room_last) {
    for (const auto& message : timeline_.arrived_while_loading_) append(message);
    timeline_.arrived_while_loading_.clear();
    timeline_.reaches_head_ = timeline_.empty() ? is_over_before_it_begins(room_last) : last() >= room_last;
}

void TimelineEditor::merge(const std::vector<Message>& incoming, HistoryKind kind) {
    auto& messages = timeline_.messages_;
    if (incoming.empty()) return;
    if (messages.empty() || !touches(incoming)) {
        // Apart from what is loaded: the latest and a jump replace it; an older or newer page can then only be stale.
        if (messages.empty() || kind == HistoryKind::latest || kind == HistoryKind::around) {
            messages = incoming;
            timeline_.first_seen_ = false;
            std::erase_if(timeline_.changes_,
                          [&](const RoomEvent& change) { return change.sequence < incoming.front().sequence; });
        }
        return;
    }
    std::vector<Message> before;
    const auto old_first = first();
    for (const auto& message : incoming) {
        if (message.ordinal < old_first) {
            before.push_back(message);
        } else if (message.ordinal == last().next()) {
            messages.push_back(message);
        } else {
            replace_or_keep_newer(message);
        }
    }
    messages.insert(messages.begin(), before.begin(), before.end());
}

bool TimelineEditor::touches(const std::vector<Message>& incoming) const {
    return incoming.back().ordinal.next() >= first() && incoming.front().ordinal <= last().next();
}

void TimelineEditor::replace_or_keep_newer(const Message& message) {
    const auto index = static_cast<std::size_t>(message.ordinal.value() - first().value());
    auto& known = timeline_.messages_[index];
    if (message.revision > known.revision) known = message;
}

void TimelineEditor::cut_oldest() {
    auto& messages = timeline_.messages_;
    if (messages.size() <= most_) return;
    // More than needed, so that a busy room does not move its whole timeline for every message.
    const auto cut = std::min(messages.size(), messages.size() - most_ + most_ / 8);
    messages.erase(messages.begin(), messages.begin() + static_cast<std::ptrdiff_t>(cut));
    timeline_.first_seen_ = false;
}

void TimelineEditor::cut_newest() {
    auto& messages = timeline_.messages_;
    if (messages.size() <= most_) return;
    messages.resize(most_);
    timeline_.reaches_head_ = false;
}

}  // namespace parley::client
