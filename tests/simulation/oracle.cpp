#include "simulation/oracle.hpp"

#include <algorithm>
#include <set>

#include "markup/markup.hpp"

namespace parley::simulation {

namespace {

std::string text_of(OpId op) {
    return std::to_string(op.outbox.value() % 100'000) + ":" + std::to_string(op.number);
}
std::string text_of(RoomId room) {
    return "room " + std::to_string(room.value() % 100'000);
}
template <class Kind>
std::string text_of(Place<Kind> place) {
    return std::to_string(place.value());
}
std::string text_of(const ReadPosition& read) {
    return text_of(read.read) + " in turn " + text_of(read.turn);
}

}  // namespace

const RoomImage* Oracle::room(RoomId id) const {
    const auto found = store_.rooms.find(id);
    return found == store_.rooms.end() ? nullptr : &found->second;
}

// --- the store by itself

void Oracle::judge_store() {
    for (const auto& [id, room] : store_.rooms) judge_room(id, room);
    for (const auto& [user, person] : store_.people)
        for (const auto& listed : person.rooms) judge_mentions(user, listed);
    std::map<std::string, OpId> texts;
    for (const auto& [whose, stored] : posts_) {
        const auto [user, op] = whose;
        if (!ledger_.find(user, op)) violated("phantom", "stored and never sent: " + text_of(op));
        if (stored.message->text.empty()) continue;  // deleted: judged with the others that are
        if (const auto [same, is_new] = texts.emplace(stored.message->text.str(), op); !is_new)
            violated("dup_stored", "one text under two operations: " + text_of(same->second) + ", " + text_of(op));
    }
}

// By the words alone.
void Oracle::judge_mentions(UserId user, const RoomSummary& listed) {
    std::vector<Ordinal> mentioning;
    for (const auto& message : room(listed.id)->messages) {
        if (message.ordinal <= listed.read.read || message.author == user) continue;
        const auto found = markup::mentions_in(markup::parse(message.text.view()));
        const bool is_hers = std::find(found.people.begin(), found.people.end(), user) != found.people.end();
        if (is_hers || found.here || found.all) mentioning.push_back(message.ordinal);
    }
    if (mentioning.size() > limits::kMentionsListed)
        mentioning.erase(mentioning.begin(), mentioning.end() - limits::kMentionsListed);
    if (mentioning != listed.mentions.items())
        violated("mentions", text_of(listed.id) + " is listed with " + std::to_string(listed.mentions.size()) +
                                 " mentions, its words hold " + std::to_string(mentioning.size()));
}

void Oracle::judge_room(RoomId id, const RoomImage& room) {
    Sequence sequence;
    Ordinal ordinal;
    std::set<UserId> members;
    for (const auto& event : room.events) {
        if (event.sequence != sequence.next()) violated("holes", text_of(id) + " after event " + text_of(sequence));
        sequence = event.sequence;
        if (const auto* joined = std::get_if<MemberJoined>(&event.body)) {
            if (!members.insert(joined->user).second) violated("dup_stored", text_of(id) + " joined twice");
        } else if (const auto* invited = std::get_if<MemberInvited>(&event.body)) {
            if (!members.contains(invited->by)) violated("let_in", text_of(id) + ": a stranger has invited somebody");
            if (!members.insert(invited->user).second) violated("dup_stored", text_of(id) + " invited a member");
        } else if (const auto* left = std::get_if<MemberLeft>(&event.body)) {
            if (members.erase(left->user) == 0) violated("dup_stored", text_of(id) + " left twice");
        } else if (const auto* posted = std::get_if<MessagePosted>(&event.body)) {
            if (posted->ordinal != ordinal.next())
                violated("holes", text_of(id) + " after message " + text_of(ordinal));
            ordinal = posted->ordinal;
            if (!members.contains(posted->author)) violated("phantom", text_of(id) + " holds a post of a stranger");
            if (const auto* asked = ledger_.find(posted->author, posted->op)) words_[{id, ordinal}].insert(asked->text);
            if (!posts_.emplace(Ledger::Whose(posted->author, posted->op), Stored{id, event.sequence, posted}).second)
                violated("dup_stored", text_of(posted->op) + " stands twice");
            judge_order(posted->op, posted->author, id);
        } else {
            note_change(id, event);
        }
    }
    judge_messages(id, room);
    judge_about(id, room);
    if (sequence != room.record.head || ordinal != room.record.last_ordinal || ordinal != Ordinal(room.messages.size()))
        violated("holes", text_of(id) + " ends before its head");
    if (members != std::set<UserId>(room.record.members.begin(), room.record.members.end()))
        violated("disagree", text_of(id) + ": its members are not those its events tell");
}

// What one outbox says in a room it says in its order; a hostile peer says it as it likes.
void Oracle::judge_order(OpId op, UserId user, RoomId room) {
    auto& last = last_numbers_[{room, user, op.outbox}];
    if (op.number < last && !ledger_.strangers().contains({user, op}) && !was_left_on_its_way(op))
        violated("reordered", text_of(op) + " after number " + std::to_string(last));
    last = std::max(last, op.number);
}

// The disk had not taken it, its program ended, and another one has sent what the disk did take: the network may bring
// it after that, and nobody is left who could hold it back.
bool Oracle::was_left_on_its_way(OpId op) const {
    const auto& all = ledger_.operations();
    const auto asked = all.find(op);
    if (asked == all.end() || !asked->second.given_up || asked->second.kept) return false;
    return std::any_of(all.lower_bound({op.outbox, 0}), all.end(),
                       [&](const auto& entry) { return entry.first.outbox == op.outbox && entry.second.kept; });
}

// --- asked and answered

void Oracle::judge_operations() {
    for (const auto& [op, asked] : ledger_.operations()) {
        if (asked.done) {
            judge_done(op, asked);
        } else if (asked.refused) {
            judge_refused(op, asked);
        } else if (!asked.given_up) {
            violated(asked.kept ? "lost" : "stuck", text_of(op) + " was never answered");
        }
    }
    for (const auto& [whose, asked] : ledger_.strangers()) {
        if (asked.done) judge_done(whose.second, asked);
    }
    for (const auto& order : ledger_.orders()) judge_order(order);
}

void Oracle::judge_order(const Ledger::Before& order) {
    const auto stored = [this](OpId op) {
        const auto asked = ledger_.operations().find(op);
        return asked == ledger_.operations().end() ? posts_.end() : posts_.find({asked->second.user, op});
    };
    const auto earlier = stored(order.earlier);
    const auto later = stored(order.later);
    if (earlier == posts_.end() || later == posts_.end() || earlier->second.room != later->second.room) return;
    if (earlier->second.sequence > later->second.sequence)
        violated("reordered", text_of(order.later) + " was written after " + text_of(order.earlier) +
                                  ", which another program had left, and stands before it");
}

void Oracle::judge_done(OpId op, const Asked& asked) {
    const auto& done = *asked.done;
    const auto* in = room(done.room);
    // A later one may have replaced it: judged by profiles, and by her list.
    if (asked.kind >= Asked::Kind::nick && asked.kind <= Asked::Kind::favourite) return;
    const bool says_where = done.room.names_something();
    if (asked.kind >= Asked::Kind::edit) return judge_change_done(op, asked);
    if (asked.kind >= Asked::Kind::topic) return judge_room_change_done(op, asked);
    if (!says_where && asked.kind != Asked::Kind::post) return;
    if (says_where && !in) return violated("lost", text_of(op) + ": its " + text_of(done.room) + " is not there");
    if (asked.kind == Asked::Kind::create_room) {
        const auto* created = in->events.empty() ? nullptr : std::get_if<RoomCreated>(&in->events.front().body);
        if (!created || created->name.view() != asked.text || created->creator != asked.user)
            violated("disagree", text_of(op) + ": the room was made otherwise");
        if (asked.on != room_changes_.contains({asked.user, op}))
            violated("disagree", text_of(op) + ": the room is open, or is not");
    } else if (asked.kind == Asked::Kind::post) {
        const auto stored = posts_.find({asked.user, op});
        if (stored == posts_.end()) return violated("lost", text_of(op) + " was acknowledged and is not stored");
        const bool is_elsewhere = stored->second.room != done.room || stored->second.sequence != done.sequence ||
                                  stored->second.message->ordinal != done.ordinal;
        if (says_where && is_elsewhere) violated("disagree", text_of(op) + " was acknowledged at another place");
        if (stored->second.message->reply_to != asked.ordinal || stored->second.message->author != asked.user)
            violated("disagree", text_of(op) + " is stored otherwise than it was sent");
    } else if (done.sequence > in->record.head) {
        violated("lost", text_of(op) + " was acknowledged beyond the head of " + text_of(done.room));
    }
}

void Oracle::judge_refused(OpId op, const Asked& asked) {
    const Ledger::Whose whose(asked.user, op);
    if (posts_.contains(whose) || changes_.contains(whose) || room_changes_.contains(whose))
        violated("refused_yet_stored", text_of(op) + ": " + std::string(name_of(*asked.refused)));
}

// --- what was shown

void Oracle::judge(const Witness& witness) {
    for (const auto& seen : witness.seen()) {
        const auto stored = posts_.find({seen.message.author, seen.op});
        if (stored == posts_.end()) {
            violated("phantom", witness.name() + " saw " + text_of(seen.op) + ", which is not stored");
            continue;
        }
        const auto& [room, sequence, message] = stored->second;
        if (room != seen.room || sequence != seen.message.sequence || message->ordinal != seen.message.ordinal ||
            message->author != seen.message.author || message->reply_to != seen.message.reply_to ||
            !words_[{room, message->ordinal}].contains(seen.message.text.str()))
            violated("disagree", witness.name() + " saw " + text_of(seen.op) + " otherwise than it is stored");
    }
    judge_heard(witness);
    judge_concealed(witness);
}

// An event came to somebody who was in the room then, or was let in again later (who may read what was before).
void Oracle::judge_heard(const Witness& witness) {
    for (const auto& [whose, highest] : witness.heard()) {
        const auto [user, id] = whose;
        const auto* in = room(id);
        if (!in) {
            violated("phantom", witness.name() + " heard of " + text_of(id) + ", which is not stored");
            continue;
        }
        const auto& members = in->record.members;
        if (std::find(members.begin(), members.end(), user) != members.end()) continue;
        Sequence left;
        for (const auto& event : in->events) {
            const auto* gone = std::get_if<MemberLeft>(&event.body);
            if (gone && gone->user == user) left = event.sequence;
        }
        if (highest > left)
            violated("heard_outside", witness.name() + " heard " + text_of(highest) + " of " + text_of(id) +
                                          " and was in it up to " + text_of(left));
    }
}

void Oracle::judge(const client::ChatState& state, const std::string& name) {
    const auto person = store_.people.find(state.self);
    if (person == store_.people.end()) return violated("phantom", name + " is somebody who is not stored");
    const auto& rooms = person->second.rooms;
    for (const auto& summary : rooms) {
        const auto* shown = state.room(summary.id);
        if (!shown) {
            violated("rooms", name + " does not show " + text_of(summary.id));
        } else {
            judge_room_shown(state, *shown, summary, name);
        }
    }
    for (const auto& [id, shown] : state.rooms) {
        if (std::none_of(rooms.begin(), rooms.end(), [&](const auto& summary) { return summary.id == id; }))
            violated("rooms", name + " shows " + text_of(id) + " and is not in it");
    }
    judge_profiles(state, name);
    judge_directory(state, name);
    judge_settings(state, person->second, name);
}

void Oracle::judge_room_shown(const client::ChatState& state, const client::Room& room, const RoomSummary& summary,
                              const std::string& name) {
    const auto where = name + " in " + text_of(room.id) + ": ";
    if (room.applied != summary.head || room.head != summary.head)
        violated("unseen", where + "stands at " + text_of(room.applied) + ", the head is " + text_of(summary.head));
    if (room.last_ordinal != summary.last_ordinal)
        violated("unseen", where + "knows of message " + text_of(room.last_ordinal) + ", the last is " +
                               text_of(summary.last_ordinal));
    const bool same_about = room.topic == summary.topic && room.owner == summary.owner &&
                            room.settings == summary.settings && room.reads_from == summary.reads_from &&
                            room.is_poster == summary.is_poster && room.people == summary.people &&
                            room.favourite == summary.favourite && room.root == summary.root;
    if (room.kind != summary.kind || room.name != summary.name || room.peer != summary.peer || !same_about)
        violated("rooms", where + "is not what it is in the store");
    if (room.read != summary.read)
        violated("unread", where + "read up to " + text_of(room.read) + ", stored is " + text_of(summary.read));
    if (room.unread_is_exact ? room.unread != summary.unread
                             : room.unread > summary.last_ordinal.value() - summary.read.read.value())
        violated("unread",
                 where + std::to_string(room.unread) + " unread, the store counts " + std::to_string(summary.unread));
    const auto mentions = summary.mentions.size();  // of more than are listed nobody knows how many
    if (room.mentions_are_exact && std::min<std::size_t>(room.mentions, limits::kMentionsListed) != mentions)
        violated("mentions",
                 where + std::to_string(room.mentions) + " mention her, the store counts " + std::to_string(mentions));
    judge_timeline(room, name);
    judge_beside(state, room, name);
    if (!room.members_loaded) return;
    const auto& members = store_.rooms.at(room.id).record.members;
    const bool same =
        members.size() == room.members.size() &&
        std::all_of(members.begin(), members.end(), [&](UserId user) { return room.members.contains(user); });
    if (!same) violated("members", where + "shows other members than the store has");
    const auto& posters = store_.rooms.at(room.id).record.posters;
    if (room.posters != std::set<UserId>(posters.begin(), posters.end()))
        violated("members", where + "shows others who may post than the store has");
}

void Oracle::judge_timeline(const client::Room& room, const std::string& name) {
    const auto& shown = room.timeline.messages();
    const auto& stored = store_.rooms.at(room.id).messages;
    for (const auto& message : shown) {
        const auto at = message.ordinal.value() - 1;
        if (at >= stored.size() || stored[at] != message)
            return violated("timeline", name + " shows a message of " + text_of(room.id) + " that is stored otherwise");
    }
    for (std::size_t i = 1; i < shown.size(); ++i) {
        if (shown[i].ordinal != shown[i - 1].ordinal.next())
            return violated("timeline", name + " shows a timeline of " + text_of(room.id) + " with holes");
    }
    judge_news(room, name);
    if (!room.timeline.loaded() || !room.timeline.reaches_head()) return;
    const auto last = shown.empty() ? Ordinal() : shown.back().ordinal;
    const bool has_nothing_for_her = shown.empty() && Ordinal(stored.size()) < room.reads_from;
    if (last != Ordinal(stored.size()) && !has_nothing_for_her)
        violated("timeline", name + " shows " + text_of(room.id) + " up to " + text_of(last) +
                                 " as if it were all of " + std::to_string(stored.size()));
}

}  // namespace parley::simulation
