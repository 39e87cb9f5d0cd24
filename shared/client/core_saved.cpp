// Core: what its person saw last, for the next start to begin with. Restoring it leaves the client as it would be had
// the connection been lost just then, so what puts it right is the resuming that every reconnect does.
#include <algorithm>

#include "client/core.hpp"

namespace parley::client {

namespace {

SavedRoom saved_of(const Room& room, const UnreadMentions& mentions) {
    SavedRoom saved;
    saved.summary.id = room.id;
    saved.summary.kind = room.kind;
    saved.summary.name = room.name;
    saved.summary.peer = room.peer;
    saved.summary.topic = room.topic;
    saved.summary.owner = room.owner;
    saved.summary.settings = room.settings;
    saved.summary.reads_from = room.reads_from;
    saved.summary.is_poster = room.is_poster;
    saved.summary.people = room.people;
    saved.summary.favourite = room.favourite;
    saved.summary.root = room.root;
    saved.summary.head = room.applied;
    saved.summary.last_ordinal = room.last_ordinal;
    saved.summary.read = room.read;
    saved.summary.unread = room.unread;
    saved.summary.mentions = mentions.listed_above(room.read.read);
    return saved;
}

// Of many the newest, and none from before what is kept of the messages.
void add_changes(SavedRoom& saved, const Room& room) {
    const auto& changes = room.timeline.changes();
    const auto above = saved.from_first || saved.messages.empty() ? Sequence() : saved.messages.front().sequence;
    auto first = changes.end();
    while (first != changes.begin() && std::prev(first)->sequence > above &&
           static_cast<std::size_t>(changes.end() - first) < limits::kHistoryChanges)
        --first;
    for (auto change = first; change != changes.end(); ++change) saved.changes.push_back(*change);
}

// Whole up to the room's last message and as of its last event, or nothing: a part without its end could not be told
// from a gap, and of messages that a page brought before their events the next run would be told as if it had none of
// them.
std::size_t add_newest(SavedRoom& saved, const Room& room, std::size_t most_bytes) {
    const auto& messages = room.timeline.messages();
    if (!room.timeline.loaded() || !room.timeline.reaches_head()) return 0;
    if ((messages.empty() ? Ordinal() : messages.back().ordinal) != room.last_ordinal)
        return 0;  // it is being caught up
    if (!messages.empty() && messages.back().sequence > room.applied) return 0;
    auto first = messages.end();
    std::size_t bytes = 0;
    while (first != messages.begin() && static_cast<std::size_t>(messages.end() - first) < limits::kSavedMessages) {
        bytes += content_bytes(*std::prev(first));
        if (bytes > most_bytes) break;
        --first;
    }
    if (first == messages.end() && !messages.empty()) return 0;
    for (auto message = first; message != messages.end(); ++message) saved.messages.push_back(*message);
    saved.loaded = true;
    saved.from_first = first == messages.begin() && room.timeline.reaches_first();
    add_changes(saved, room);
    return std::min(bytes, most_bytes);
}

bool is_whole(const SavedRoom& saved) {
    const auto& messages = saved.messages.items();
    for (std::size_t i = 1; i < messages.size(); ++i)
        if (messages[i].ordinal != messages[i - 1].ordinal.next()) return false;
    return saved.summary.last_ordinal == (messages.empty() ? Ordinal() : messages.back().ordinal);
}

}  // namespace

std::optional<SavedView> Core::view_to_save() const {
    if (!state.logged_in() || !login.session()) return std::nullopt;
    SavedView view;
    view.self = state.self;
    view.account = AccountName::cut(login.session()->account);
    for (const auto& person : state.people) view.people.push_back(person.second);
    if (settings.keep_people && view.people.size() == state.people.size()) view.profiles = profiles;
    std::vector<const Room*> rooms;
    for (const auto& entry : state.rooms) rooms.push_back(&entry.second);
    const auto last_spoken = [](const Room* room) {
        return room->timeline.empty() ? Timestamp{} : room->timeline.messages().back().time;
    };
    std::stable_sort(rooms.begin(), rooms.end(),
                     [&](const Room* a, const Room* b) { return last_spoken(a) > last_spoken(b); });
    auto left = limits::kSavedMessageBytes;
    for (const auto* room : rooms) {
        auto saved = saved_of(*room, works.at(room->id).mentions);
        left -= add_newest(saved, *room, left);
        view.rooms.push_back(std::move(saved));
    }
    for (const auto op : said) view.said.push_back(op);
    view.availability = state.availability;
    for (const auto person : state.blocked) view.blocked.push_back(person);
    return view;
}

bool Core::restore(const SavedView& view) {
    if (!login.session() || login.session()->account != view.account.view() || state.logged_in()) return false;
    state.self = view.self;
    outbox_owner = view.self;
    profiles = view.profiles;
    for (const auto& person : view.people) state.people.emplace(person.user, person);
    for (const auto& saved : view.rooms) {
        auto& of = add_or_update(saved.summary);
        auto& of_room = work(of.id);
        of_room.fresh = false;
        of_room.live_from = of.applied;
        if (saved.loaded && is_whole(saved)) editor(of).restore(saved);
    }
    said.assign(view.said.begin(), view.said.end());
    state.availability = view.availability;
    state.blocked = std::set<UserId>(view.blocked.begin(), view.blocked.end());
    reads_due.clear();
    out.tell(RoomsChanged{});
    return true;
}

}  // namespace parley::client
