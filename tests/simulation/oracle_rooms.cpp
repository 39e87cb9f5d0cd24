// Oracle: what was done to rooms themselves, and who came into those that are by invitation.
#include <algorithm>
#include <set>

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
    UserId owner = {};
    std::set<UserId> posters = {};
    void apply(const RoomCreated& event) { about.name = event.name; }
    void apply(const TopicChanged& event) { about.topic = event.topic; }
    void apply(const RoomRenamed& event) { about.name = event.name; }
    void apply(const RoomSettingsChanged& event) {
        about.settings = event.settings;
        if (about.settings.posts == WhoPosts::everybody) posters.clear();
    }
    void apply(const PosterChanged& event) {
        if (event.on) {
            posters.insert(event.person);
        } else {
            posters.erase(event.person);
        }
    }
    void apply(const MemberLeft& event) { posters.erase(event.user); }
    template <class Other>
    void apply(const Other&) {}
    void take(const RoomEvent& event) {
        std::visit([this](const auto& body) { apply(body); }, event.body);
    }
    [[nodiscard]] bool is_private() const { return about.settings.access == RoomAccess::by_invitation; }
    [[nodiscard]] bool only_some_post() const { return about.settings.posts == WhoPosts::some; }
    [[nodiscard]] bool may_post(UserId user) const {
        if (about.settings.archived) return false;
        return !only_some_post() || user == owner || posters.contains(user);
    }
    // What happened there though it may not.
    [[nodiscard]] const char* why_not(const RoomEvent& event) const {
        const auto* posted = std::get_if<MessagePosted>(&event.body);
        if (posted && !may_post(posted->author)) return "somebody wrote who may not";
        const auto* edited = std::get_if<MessageEdited>(&event.body);
        if (edited && !may_post(edited->user)) return "somebody edited who may not";
        const auto* settings = std::get_if<RoomSettingsChanged>(&event.body);
        const bool rests =
            !std::holds_alternative<MemberLeft>(event.body) && !(settings && !settings->settings.archived);
        return about.settings.archived && rests ? "something happened while it was archived" : nullptr;
    }
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
    if (asked.kind == Asked::Kind::archive) return asked.on == event.settings.archived;
    if (asked.kind == Asked::Kind::who_posts) return asked.on == (event.settings.posts == WhoPosts::some);
    const bool asks = asked.kind == Asked::Kind::make_private || (asked.kind == Asked::Kind::create_room && asked.on);
    return asks && event.settings.access == RoomAccess::by_invitation;
}

bool is_what_was_asked(const Asked& asked, const PosterChanged& event) {
    return asked.kind == Asked::Kind::poster && asked.person == event.person && asked.on == event.on;
}

bool is_so(const Asked& asked, const About& then) {
    if (asked.kind == Asked::Kind::archive) return asked.on == then.about.settings.archived;
    if (asked.kind == Asked::Kind::who_posts) return asked.on == then.only_some_post();
    if (asked.kind == Asked::Kind::poster) return asked.on == then.posters.contains(asked.person);
    if (asked.kind == Asked::Kind::topic) return then.about.topic.view() == asked.text;
    if (asked.kind == Asked::Kind::rename) return then.about.name.view() == asked.text;
    if (asked.kind == Asked::Kind::newcomers)
        return asked.on == (then.about.settings.newcomers == NewcomersRead::since_joining);
    return asked.kind == Asked::Kind::make_private && then.is_private();
}

// It never was in the directory. (The first room was made by nobody: its second event may be of its settings too.)
bool was_made_private(const RoomImage& room) {
    if (room.events.size() < 2 || !std::holds_alternative<RoomCreated>(room.events[0].body)) return false;
    const auto* settings = std::get_if<RoomSettingsChanged>(&room.events[1].body);
    return settings && settings->settings.access == RoomAccess::by_invitation;
}

}  // namespace

void Oracle::judge_about(RoomId id, const RoomImage& room) {
    About now{{RoomName::cut("general"), {}, {}}, room.record.owner};
    for (const auto& event : room.events) {
        if (const auto* why = now.why_not(event)) violated("let_in", text_of(id) + ": " + why);
        const auto* joined = std::get_if<MemberJoined>(&event.body);
        const bool made_it = event.sequence == Sequence(3) && was_made_private(room);
        if (joined && now.is_private() && !made_it)
            violated("let_in", text_of(id) + " is private, and somebody joined it");
        now.take(event);
        note_room_change(id, room, event);
    }
    if (now.about != RoomAbout{room.record.name, room.record.topic, room.record.settings})
        violated("disagree", text_of(id) + " is not what its events tell");
    if (now.posters != std::set<UserId>(room.record.posters.begin(), room.record.posters.end()))
        violated("disagree", text_of(id) + ": those who may post are not those its events tell");
}

// All of it between the first and the last message that are shown, and behind the last one of the room: unless there
// is more than one page tells.
void Oracle::judge_news(const client::Room& shown, const std::string& name) {
    const auto& events = store_.rooms.at(shown.id).events;
    const auto& news = shown.timeline.changes();
    for (const auto& event : news)
        if (event.sequence.value() > events.size() || events[event.sequence.value() - 1] != event)
            return violated("timeline", name + " is told otherwise what became of " + text_of(shown.id));
    const auto& messages = shown.timeline.messages();
    if (messages.empty()) return;
    std::vector<RoomEvent> wanted;
    for (const auto& event : events) {
        const bool is_between = event.sequence > messages.front().sequence &&
                                (event.sequence < messages.back().sequence ||
                                 (shown.timeline.reaches_head() && messages.back().ordinal == shown.last_ordinal));
        if (is_between && is_room_news(event.body)) wanted.push_back(event);
    }
    if (wanted.size() > limits::kHistoryChanges) return;
    for (const auto& event : wanted)
        if (std::find(news.begin(), news.end(), event) == news.end())
            return violated("timeline", name + " is not told what became of " + text_of(shown.id) + " at " +
                                            std::to_string(event.sequence.value()));
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
