// Core: messages that are there: what changes them, and how those come that no page of the timeline brings.
#include <algorithm>

#include "client/core.hpp"
#include "client/message_changes.hpp"

namespace parley::client {

RequestId Core::ask_messages(RoomId id, std::vector<Ordinal> ordinals) {
    const auto* of = room(id);
    if (of == nullptr) return 0;
    std::erase_if(ordinals, [of](Ordinal ordinal) { return of->message(ordinal) != nullptr; });
    if (ordinals.empty()) return 0;
    LoadMessages message;
    message.room = id;
    for (const auto ordinal : ordinals) message.ordinals.push_back(ordinal);
    return ask(Query{Query::Kind::messages, id, message.ordinals.items()}, [&](RequestId request) {
        message.request = request;
        return message;
    });
}

RequestId Core::ask_pins(RoomId id) {
    if (room(id) == nullptr) return 0;
    return ask(Query{Query::Kind::pins, id}, [id](RequestId request) { return ListPins{request, id}; });
}

bool Core::loads_messages(RoomId id) const {
    return std::any_of(queries.begin(), queries.end(),
                       [id](const auto& query) { return query.second.room == id && query.second.brings_messages(); });
}

void Core::message_changed(Room& room, Sequence sequence, const MessageChange& change) {
    change_kept(room, sequence, change);
    out.changed();
    if (!loads_messages(room.id) || work(room.id).changes.add(sequence, change)) return;
    drop_messages(room, sequence);
    out.tell(RoomWasReset{room.id, sequence});
}

void Core::change_kept(Room& room, Sequence sequence, const MessageChange& change) {
    editor(room).changed(sequence, change);
    const auto beside = room.beside.find(message_of(change));
    if (beside != room.beside.end()) apply_to(beside->second, sequence, change);
    change_pins(room, sequence, change);
}

void Core::drop_messages(Room& room, Sequence head) {
    auto& of_room = work(room.id);
    of_room.dropped_at = head;
    of_room.changes.clear();
    editor(room).drop();
    room.beside.clear();
    room.pins.clear();
    room.pins_loaded = false;
}

void Core::change_pins(Room& room, Sequence sequence, const MessageChange& change) {
    if (!room.pins_loaded || sequence <= work(room.id).pins_as_of) return;
    const auto* pin = std::get_if<PinChanged>(&change);
    if (pin != nullptr && pin->on) room.pins.insert(pin->ordinal);
    if ((pin != nullptr && !pin->on) || std::holds_alternative<MessageDeleted>(change))
        room.pins.erase(message_of(change));
}

void Core::apply_changes_meanwhile(Room& room) {
    auto& changes = work(room.id).changes;
    changes.for_each([&](Sequence sequence, const MessageChange& change) { change_kept(room, sequence, change); });
    if (!loads_messages(room.id)) changes.clear();
    out.changed();
}

// What was read before everything was dropped may lack what was dropped. What the answer had no room for is asked for
// again.
void Core::take_beside(Room& room, const Query& query, const Messages& messages) {
    if (messages.head < work(room.id).dropped_at) return;
    std::vector<Ordinal> left;
    for (const auto ordinal : query.wanted)
        if (ordinal <= messages.last_ordinal) left.push_back(ordinal);
    for (const auto& message : messages.messages) {
        std::erase(left, message.ordinal);
        auto& kept = room.beside[message.ordinal];
        if (message.revision > kept.revision) kept = message;
    }
    if (room.beside.size() > limits::kMessagesBeside) {
        const auto& newest = messages.messages.items();
        std::erase_if(room.beside, [&](const auto& kept) {
            return std::none_of(newest.begin(), newest.end(),
                                [&](const Message& message) { return message.ordinal == kept.first; });
        });
    }
    if (!messages.messages.empty()) ask_messages(room.id, std::move(left));
    apply_changes_meanwhile(room);
}

void Core::take_pins(Room& room, const Pins& pins) {
    if (pins.head < work(room.id).dropped_at) return;
    room.pins = std::set<Ordinal>(pins.ordinals.begin(), pins.ordinals.end());
    room.pins_loaded = true;
    work(room.id).pins_as_of = pins.head;
    apply_changes_meanwhile(room);
}

}  // namespace parley::client
