// Oracle: what was done to rooms themselves, and who came into those that are by invitation.
#include "simulation/oracle.hpp"

namespace parley::simulation {

namespace {

std::string text_of(OpId op) {
    return std::to_string(op.outbox.value() % 100'000) + ":" + std::to_string(op.number);
}
std::string text_of(RoomId room) {
    return "room " + std::to_string(room.value() % 100'000);
}

// What the events up to here make of a room.
struct About {
    RoomAbout about;
    void apply(const RoomCreated& event) { about.name = event.name; }
    void apply(const TopicChanged& event) { about.topic = event.topic; }
    void apply(const RoomRenamed& event) { about.name = event.name; }
    void apply(const RoomSettingsChanged& event) { about.settings = event.settings; }
    template <class Other>
    void apply(const Other&) {}
    void take(const RoomEvent& event) {
        std::visit([this](const auto& body) { apply(body); }, event.body);
    }
    [[nodiscard]] bool is_private() const { return about.settings.access == RoomAccess::by_invitation; }
};

bool is_what_was_asked(const Asked& asked, const TopicChanged& event) {
    return asked.kind == Asked::Kind::topic && event.topic.view() == asked.text;
}
bool is_what_was_asked(const Asked& asked, const RoomRenamed& event) {
    return asked.kind == Asked::Kind::rename && event.name.view() == asked.text;
}
bool is_what_was_asked(const Asked& asked, const RoomSettingsChanged& event) {
    if (asked.kind == Asked::Kind::newcomers)
        return asked.on == (event.settings.newcomers == NewcomersRead::since_joining);
    const bool asks = asked.kind == Asked::Kind::make_private || (asked.kind == Asked::Kind::create_room && asked.on);
    return asks && event.settings.access == RoomAccess::by_invitation;
}

bool is_so(const Asked& asked, const About& then) {
    if (asked.kind == Asked::Kind::topic) return then.about.topic.view() == asked.text;
    if (asked.kind == Asked::Kind::rename) return then.about.name.view() == asked.text;
    if (asked.kind == Asked::Kind::newcomers)
        return asked.on == (then.about.settings.newcomers == NewcomersRead::since_joining);
    return asked.kind == Asked::Kind::make_private && then.is_private();
}

// It never was in the directory. (The first room was made by nobody: its second event may be of its settings too, as in
// the runs 1717 and 4141, where its owner had let newcomers read what is new before anybody else came.)
bool was_made_private(const RoomImage& room) {
    if (room.events.size() < 2 || !std::holds_alternative<RoomCreated>(room.events[0].body)) return false;
    const auto* settings = std::get_if<RoomSettingsChanged>(&room.events[1].body);
    return settings && settings->settings.access == RoomAccess::by_invitation;
}

}  // namespace

void Oracle::judge_about(RoomId id, const RoomImage& room) {
    About now{{RoomName::cut("general"), {}, {}}};
    for (const auto& event : room.events) {
        const auto* joined = std::get_if<MemberJoined>(&event.body);
        const bool made_it = event.sequence == Sequence(3) && was_made_private(room);
        if (joined && now.is_private() && !made_it)
            violated("let_in", text_of(id) + " is private, and somebody joined it");
        now.take(event);
        note_room_change(id, room, event);
    }
    if (now.about != RoomAbout{room.record.name, room.record.topic, room.record.settings})
        violated("disagree", text_of(id) + " is not what its events tell");
}

void Oracle::note_room_change(RoomId id, const RoomImage& room, const RoomEvent& event) {
    const auto note = [&]<class Event>(const Event& change) {
        if constexpr (std::is_constructible_v<RoomChange, Event>) {
            const auto* asked = ledger_.find(change.user, change.op);
            if (!asked) return violated("phantom", "stored and never sent: " + text_of(change.op));
            if (!room_changes_.emplace(Ledger::Whose(change.user, change.op), std::pair(id, event.sequence)).second)
                violated("dup_stored", text_of(change.op) + " stands twice");
            const bool elsewhere = asked->kind != Asked::Kind::create_room && asked->room != id;
            if (elsewhere || !is_what_was_asked(*asked, change))
                violated("disagree", text_of(change.op) + " is stored otherwise than it was asked for");
            if (change.user != room.record.owner) violated("let_in", text_of(id) + " was changed by a guest");
        }
    };
    std::visit(note, event.body);
}

// The first message that she ever might read there.
void Oracle::judge_concealed(const Witness& witness) {
    for (const auto& [whose, lowest] : witness.lowest()) {
        const auto [user, id] = whose;
        const auto* in = room(id);
        if (!in) continue;  // a phantom: judged as one
        About now{{RoomName::cut("general"), {}, {}}};
        Ordinal last;
        std::optional<Ordinal> may_read;
        for (const auto& event : in->events) {
            now.take(event);
            const auto* joined = std::get_if<MemberJoined>(&event.body);
            const auto* invited = std::get_if<MemberInvited>(&event.body);
            if ((joined && joined->user == user) || (invited && invited->user == user)) {
                const bool all = now.about.settings.newcomers == NewcomersRead::all;
                const auto from = all ? Ordinal(1) : last.next();
                may_read = std::min(may_read.value_or(from), from);
            }
            if (const auto* posted = std::get_if<MessagePosted>(&event.body)) last = posted->ordinal;
        }
        if (may_read && lowest < *may_read)
            violated("concealed", witness.name() + " received message " + std::to_string(lowest.value()) + " of " +
                                      text_of(id) + ", who may read from " + std::to_string(may_read->value()));
    }
}

void Oracle::judge_room_change_done(OpId op, const Asked& asked) {
    const auto& done = *asked.done;
    if (!done.room.names_something()) return;  // settled, and confirmed before
    const auto* in = room(asked.room);
    if (!in || done.room != asked.room || done.sequence > in->record.head)
        return violated("lost", text_of(op) + " was acknowledged and is not stored");
    if (asked.kind == Asked::Kind::invite) {
        const auto* invited = std::get_if<MemberInvited>(&in->events[done.sequence.value() - 1].body);
        if (!invited || invited->user != asked.person || invited->by != asked.user)
            violated("lost", text_of(op) + ": nobody was invited there");
        return;
    }
    const auto stored = room_changes_.find({asked.user, op});
    if (stored != room_changes_.end()) {
        if (stored->second != std::pair(done.room, done.sequence))
            violated("disagree", text_of(op) + " was acknowledged at another place");
        return;
    }
    About then{{RoomName::cut("general"), {}, {}}};
    for (const auto& event : in->events)
        if (event.sequence <= done.sequence) then.take(event);
    if (!is_so(asked, then)) violated("lost", text_of(op) + " was acknowledged and is not stored");
}

void Oracle::judge_directory(const client::ChatState& state, const std::string& name) {
    for (const auto& entry : state.directory) {
        const auto* in = room(entry.id);
        if (in && was_made_private(*in)) violated("let_in", name + " was shown that there is " + text_of(entry.id));
    }
}

}  // namespace parley::simulation
