#include "simulation/witness.hpp"

namespace parley::simulation {

void Witness::violated(const char* check, std::string what) {
    violations_.push_back({check, name_ + ": " + std::move(what)});
}

void Witness::restored(const client::SavedView& view) {
    self_ = view.self;
    for (const auto& room : view.rooms)
        last_seen_[room.summary.id] = room.loaded ? std::optional(room.summary.last_ordinal) : std::nullopt;
}

// A room that has just come starts where its summary stood.
void Witness::look_at(const client::ChatState& state) {
    if (std::exchange(self_, state.self) != state.self) last_seen_.clear();
    for (const auto& [id, room] : state.rooms) {
        const auto known = last_seen_.try_emplace(id, room.last_ordinal).first;
        // She has come back as a newcomer: what was said before is not hers to see.
        if (known->second && room.reads_from > known->second->next()) known->second = room.reads_from.previous();
    }
    std::erase_if(last_seen_, [&](const auto& entry) { return !state.rooms.contains(entry.first); });
}

void Witness::about_to_receive(const ServerMessage& message) {
    if (const auto* welcome = std::get_if<Welcome>(&message)) account_ = welcome->account;
    if (const auto* events = std::get_if<AccountEvents>(&message)) {
        for (const auto& event : events->events) {
            if (event.sequence <= account_) continue;  // the room list had it already
            account_ = event.sequence;
            if (const auto* removed = std::get_if<RoomRemoved>(&event.body)) last_seen_.erase(removed->room);
        }
    }
    if (const auto* history = std::get_if<History>(&message))
        for (const auto& each : history->messages) note_lowest(history->room, each.ordinal);
    if (const auto* messages = std::get_if<Messages>(&message))
        for (const auto& each : messages->messages) note_lowest(messages->room, each.ordinal);
    if (const auto* pins = std::get_if<Pins>(&message))
        for (const auto ordinal : pins->ordinals) note_lowest(pins->room, ordinal);
    if (const auto* events = std::get_if<RoomEvents>(&message); events && !events->events.empty()) {
        auto& highest = heard_[{self_, events->room}];
        highest = std::max(highest, events->events.back().sequence);
        for (const auto& event : events->events) note_lowest(events->room, message_of(event.body));
    }
}

void Witness::note_lowest(RoomId room, Ordinal message) {
    if (message == Ordinal()) return;
    const auto known = lowest_.try_emplace({self_, room}, message).first;
    known->second = std::min(known->second, message);
}

void Witness::told(const client::MessageArrived& arrived) {
    const auto ordinal = arrived.message.ordinal;
    const auto known = last_seen_.find(arrived.room);
    if (known != last_seen_.end() && known->second) {
        const auto last = *known->second;
        if (ordinal == last) violated("dup_seen", "ordinal " + std::to_string(ordinal.value()) + " again");
        if (ordinal < last)
            violated("reordered", std::to_string(ordinal.value()) + " after " + std::to_string(last.value()));
        if (ordinal > last.next())
            violated("unseen", std::to_string(ordinal.value()) + " after " + std::to_string(last.value()) +
                                   " in room " + std::to_string(arrived.room.value()));
    }
    last_seen_.insert_or_assign(arrived.room, ordinal);
    seen_.push_back({arrived.room, arrived.message, arrived.op});
}

void Witness::told(const client::RoomWasReset& reset) {
    last_seen_.erase(reset.room);
}

void Witness::look_at(const client::ChatState& state, RoomId id, Ordinal ordinal) {
    const auto* room = state.room(id);
    const auto* message = room ? room->message(ordinal) : nullptr;
    if (!message) return;
    auto& revision = revisions_[{id, ordinal}];
    if (message->revision < revision)
        violated("turned_back", "message " + std::to_string(ordinal.value()) + " from " +
                                    std::to_string(revision.value()) + " to " +
                                    std::to_string(message->revision.value()));
    revision = message->revision;
}

void Witness::signed_out() {
    last_seen_.clear();
}

}  // namespace parley::simulation
