// Oracle: what was done to messages that are there.
#include <algorithm>

#include "simulation/oracle.hpp"

namespace parley::simulation {

namespace {

std::string text_of(OpId op) {
    return std::to_string(op.outbox.value() % 100'000) + ":" + std::to_string(op.number);
}
std::string place_of(RoomId room, Ordinal message) {
    return "message " + std::to_string(message.value()) + " of room " + std::to_string(room.value() % 100'000);
}

bool is_what_was_asked(const Asked& asked, const MessageEdited&) {
    return asked.kind == Asked::Kind::edit;  // its words are judged with the message
}
bool is_what_was_asked(const Asked& asked, const MessageDeleted&) {
    return asked.kind == Asked::Kind::remove;
}
bool is_what_was_asked(const Asked& asked, const ReactionChanged& event) {
    return asked.kind == Asked::Kind::react && event.emoji.view() == asked.text && event.on == asked.on;
}
bool is_what_was_asked(const Asked& asked, const PinChanged& event) {
    return asked.kind == Asked::Kind::pin && event.on == asked.on;
}

}  // namespace

void Oracle::note_change(RoomId id, const RoomEvent& event) {
    const auto note = [&]<class Event>(const Event& change) {
        if constexpr (ChangesMessage<Event> && requires { change.op; }) {
            const auto* asked = ledger_.find(change.user, change.op);
            if (!asked) return violated("phantom", "stored and never sent: " + text_of(change.op));
            if (!changes_.emplace(Ledger::Whose(change.user, change.op), StoredChange{id, event.sequence, change})
                     .second)
                violated("dup_stored", text_of(change.op) + " stands twice");
            if (asked->room != id || asked->ordinal != change.ordinal || !is_what_was_asked(*asked, change))
                violated("disagree", text_of(change.op) + " is stored otherwise than it was asked for");
            if (std::same_as<Event, MessageEdited>) words_[{id, change.ordinal}].insert(asked->text);
            judge_order(change.op, change.user, id);
        }
    };
    std::visit(note, event.body);
}

// History is what the events make of it; and the events of a message have the words that it has now, or none.
void Oracle::judge_messages(RoomId id, const RoomImage& room) {
    RoomModel model;
    for (const auto& event : room.events) {
        if (const auto wrong = model.apply(event); !wrong.empty())
            violated("disagree", "event " + std::to_string(event.sequence.value()) + " of a room " + wrong);
    }
    const auto messages = model.messages();
    for (std::size_t i = 0; i < std::min(messages.size(), room.messages.size()); ++i) {
        if (messages[i] != room.messages[i])
            violated("disagree", place_of(id, messages[i].ordinal) + " is not what its events tell");
        judge_words(id, model, room.messages[i]);
        judge_thread(id, room, room.messages[i]);
    }
    for (const auto& event : room.events) {
        const auto judge = [&]<class Event>(const Event& about) {
            if constexpr (requires { about.text; }) {
                const auto* message = model.find(about.ordinal);
                if (message && about.text != message->text)
                    violated("words_left", "an event has other words than " + place_of(id, about.ordinal));
            }
        };
        std::visit(judge, event.body);
    }
}

// Whoever follows it is in the room of its message.
void Oracle::judge_thread(RoomId id, const RoomImage& around, const Message& root) {
    const auto* thread = root.thread ? room(root.thread->room) : nullptr;
    if (!thread) return;  // nobody was told of it
    std::uint32_t replies = 0;
    Timestamp latest;
    for (const auto& message : thread->messages) {
        replies += message.deleted ? 0 : 1;
        latest = std::max(latest, message.time);
    }
    if (root.thread->replies != replies || root.thread->latest != latest)
        violated("threads", place_of(id, root.ordinal) + " tells of " + std::to_string(root.thread->replies) +
                                " replies, its thread holds " + std::to_string(replies));
    const auto& members = around.record.members;
    for (const auto user : thread->record.members)
        if (std::find(members.begin(), members.end(), user) == members.end())
            violated("let_in", "somebody follows the thread of " + place_of(id, root.ordinal) + " from outside");
}

void Oracle::judge_words(RoomId id, const RoomModel& model, const Message& message) {
    auto& words = words_[{id, message.ordinal}];
    if (message.deleted) {
        words.insert("");
        if (content_bytes(message) != 0 || message.pinned)
            violated("words_left", place_of(id, message.ordinal) + " is deleted, and something of it is there");
    } else {
        const auto* asked = ledger_.find(message.author, model.words_by(message.ordinal));
        if (asked && asked->text != message.text.view())
            violated("disagree", place_of(id, message.ordinal) + " has other words than it was given");
    }
}

void Oracle::judge_change_done(OpId op, const Asked& asked) {
    const auto stored = changes_.find({asked.user, op});
    const bool says_where = asked.done->room.names_something();
    if (stored == changes_.end()) {
        if (asked.kind == Asked::Kind::edit || (says_where && !was_so(asked)))
            violated("lost", text_of(op) + " was acknowledged and is not stored");
        return;
    }
    if (says_where && (stored->second.room != asked.done->room || stored->second.sequence != asked.done->sequence))
        violated("disagree", text_of(op) + " was acknowledged at another place");
}

bool Oracle::was_so(const Asked& asked) const {
    const auto* in = room(asked.room);
    if (!in || asked.done->room != asked.room) return false;
    RoomModel then;
    for (const auto& event : in->events) {
        if (event.sequence > asked.done->sequence) break;
        if (!then.apply(event).empty()) return false;
    }
    const auto* message = then.find(asked.ordinal);
    if (!message) return false;
    if (asked.kind == Asked::Kind::remove) return message->deleted;
    if (asked.kind == Asked::Kind::pin) return message->pinned == asked.on;
    return asked.kind == Asked::Kind::react && then.reacts(asked.ordinal, asked.user, asked.text) == asked.on;
}

// Those outside the timeline, the pins, and that nothing of what was refused is still shown as done.
void Oracle::judge_beside(const client::ChatState& state, const client::Room& shown, const std::string& name) {
    const auto& stored = store_.rooms.at(shown.id).messages;
    for (const auto& [ordinal, message] : shown.beside) {
        if (ordinal.value() > stored.size() || stored[ordinal.value() - 1] != message)
            violated("timeline", name + " has beside its timeline another " + place_of(shown.id, ordinal));
    }
    for (const auto& message : shown.timeline.messages()) {
        if (state.with_pending(shown.id, message) != message)
            violated("undone", name + " shows " + place_of(shown.id, message.ordinal) + " as if a wish were done");
    }
    if (!shown.pins_loaded) return;
    std::set<Ordinal> pins;
    for (const auto& message : stored)
        if (message.pinned && message.ordinal >= shown.reads_from) pins.insert(message.ordinal);
    if (pins != shown.pins) violated("pins", name + " shows other pins of a room than the store has");
}

}  // namespace parley::simulation
