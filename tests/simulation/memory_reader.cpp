#include "simulation/memory_reader.hpp"

#include <algorithm>
#include <set>

#include "protocol/limits.hpp"

namespace parley::simulation {

namespace {

// An event of a message has the words that the message has by now.
RoomEvent event_at(const StoredRoom& room, std::size_t index) {
    auto event = room.events[index];
    if (auto* posted = std::get_if<MessagePosted>(&event.body)) posted->text = room.message(posted->ordinal).text;
    if (auto* edited = std::get_if<MessageEdited>(&event.body)) edited->text = room.message(edited->ordinal).text;
    return event;
}

// From `at` (inclusive) upwards or downwards: as many as fit into the bytes, and at least one.
std::vector<Message> messages_from(const StoredRoom& room, Ordinal at, bool upwards, std::size_t limit,
                                   std::size_t bytes) {
    std::vector<Message> found;
    while (at != Ordinal() && at <= room.last_ordinal() && found.size() < limit) {
        auto message = room.message(at);
        const auto size = content_bytes(message);
        if (size > bytes && !found.empty()) break;
        bytes -= std::min(bytes, size);
        found.push_back(std::move(message));
        at = upwards ? at.next() : at.previous();
    }
    if (!upwards) std::reverse(found.begin(), found.end());
    return found;
}

std::vector<Message> messages_around(const StoredRoom& room, Ordinal at, std::size_t limit) {
    auto found =
        messages_from(room, std::min(at, room.last_ordinal()), false, limit - limit / 2, limits::kHistoryBytes / 2);
    const auto above = found.empty() ? at : found.back().ordinal;
    for (auto& message : messages_from(room, above.next(), true, limit - found.size(), limits::kHistoryBytes / 2))
        found.push_back(std::move(message));
    return found;
}

// What became of the room itself behind the message before the first of the page.
std::vector<RoomEvent> changes_around(const StoredRoom& room, const store::HistoryRecord& page) {
    std::vector<RoomEvent> changes;
    if (page.messages.empty() && !room.messages.empty()) return changes;
    Sequence above;
    auto until = room.head();
    if (!page.messages.empty()) {
        const auto first = page.messages.front().ordinal;
        if (first > Ordinal(1)) above = room.message(first.previous()).sequence;
        if (page.messages.back().ordinal != room.last_ordinal()) until = page.messages.back().sequence;
    }
    for (const auto& event : room.events)
        if (is_room_news(event.body) && event.sequence > above && event.sequence <= until) changes.push_back(event);
    if (changes.size() > limits::kHistoryChanges)
        changes.erase(changes.begin(), changes.end() - static_cast<std::ptrdiff_t>(limits::kHistoryChanges));
    return changes;
}

}  // namespace

MemoryReader::Read<std::optional<store::AccountRecord>> MemoryReader::account(const AccountName& name) {
    const auto named = records_.accounts_by_name.find(name.str());
    if (named == records_.accounts_by_name.end()) return std::nullopt;
    const auto& account = records_.accounts.at(named->second);
    return store::AccountRecord{account.profile, account.password_hash, account.registered_by, account.owner};
}

MemoryReader::Read<bool> MemoryReader::has_owner() {
    return std::any_of(records_.accounts.begin(), records_.accounts.end(),
                       [](const auto& entry) { return entry.second.owner; });
}

MemoryReader::Read<std::optional<store::TokenRecord>> MemoryReader::token(const store::TokenHash& hash) {
    const auto found = records_.tokens.find(hash);
    if (found == records_.tokens.end()) return std::nullopt;
    return store::TokenRecord{found->second.user, found->second.expires};
}

MemoryReader::Read<std::optional<store::PersonRecord>> MemoryReader::person(UserId user) {
    const auto found = records_.accounts.find(user);
    if (found == records_.accounts.end()) return std::nullopt;
    const auto& account = found->second;
    store::PersonRecord person{
        account.profile, account.sequence, {}, account.availability, {account.blocked.begin(), account.blocked.end()}};
    for (const auto& [id, room] : records_.rooms) {
        const auto member = room.members.find(user);
        if (member != room.members.end() && person.rooms.size() < limits::kRoomsListed)
            person.rooms.push_back(room.summary_for(id, user));
    }
    return person;
}

MemoryReader::Read<std::optional<Timestamp>> MemoryReader::last_seen(UserId user) {
    const auto found = records_.accounts.find(user);
    if (found == records_.accounts.end() || found->second.last_seen == Timestamp{}) return std::nullopt;
    return found->second.last_seen;
}

MemoryReader::Read<store::ProfilesRecord> MemoryReader::profiles_after(ProfileRevision revision) {
    store::ProfilesRecord found{{}, records_.profile_revision};
    for (const auto& [user, account] : records_.accounts) {
        if (account.profile.revision > revision) found.profiles.push_back(account.profile);
    }
    std::sort(found.profiles.begin(), found.profiles.end(),
              [](const Profile& left, const Profile& right) { return left.revision < right.revision; });
    return found;
}

MemoryReader::Read<std::optional<store::RoomRecord>> MemoryReader::room(RoomId id) {
    const auto* room = records_.room(id);
    if (!room) return std::nullopt;
    store::RoomRecord found{id, room->kind,  room->name,  room->head(),   room->last_ordinal(),
                            {}, room->owner, room->topic, room->settings, {},
                            {}};
    for (const auto& [user, read] : room->members) {
        found.members.push_back(user);
        if (const auto since = room->told_since.find(user); since != room->told_since.end())
            if (room->reads_from(user) > Ordinal(1) || since->second > Sequence())
                found.newcomers.push_back({user, room->reads_from(user), since->second});
        if (room->posters.contains(user)) found.posters.push_back(user);
    }
    return found;
}

MemoryReader::Read<std::optional<Ordinal>> MemoryReader::reads_from(RoomId id, UserId user) {
    const auto* room = records_.room(id);
    if (!room || !room->members.contains(user)) return std::nullopt;
    return room->reads_from(user);
}

MemoryReader::Read<store::HistoryRecord> MemoryReader::history(RoomId id, HistoryDirection direction, Ordinal at,
                                                               std::size_t limit) {
    const auto* room = records_.room(id);
    if (!room) return store::HistoryRecord{};
    store::HistoryRecord found{room->head(), room->last_ordinal(), {}};
    const auto count = std::clamp<std::size_t>(limit, 1, limits::kHistoryPage);
    if (direction == HistoryDirection::after) {
        found.messages = messages_from(*room, at.next(), true, count, limits::kHistoryBytes);
    } else if (direction == HistoryDirection::around) {
        found.messages = messages_around(*room, at, count);
    } else {
        const auto from = at == Ordinal() ? found.last_ordinal : std::min(at.previous(), found.last_ordinal);
        found.messages = messages_from(*room, from, false, count, limits::kHistoryBytes);
    }
    found.changes = changes_around(*room, found);
    return found;
}

MemoryReader::Read<store::HistoryRecord> MemoryReader::history_at(RoomId id, Timestamp time, Ordinal from,
                                                                  std::size_t limit) {
    const auto* room = records_.room(id);
    if (!room) return store::HistoryRecord{};
    const auto& all = room->messages;
    const auto at =
        std::partition_point(all.begin(), all.end(), [time](const Message& one) { return one.time < time; });
    const Ordinal ordinal(static_cast<std::uint64_t>(at - all.begin()) + 1);
    store::HistoryRecord found{
        room->head(), room->last_ordinal(),
        messages_around(*room, std::max(from, ordinal), std::clamp<std::size_t>(limit, 1, limits::kHistoryPage))};
    found.changes = changes_around(*room, found);
    return found;
}

MemoryReader::Read<store::HistoryRecord> MemoryReader::messages(RoomId id, std::span<const Ordinal> ordinals) {
    const auto* room = records_.room(id);
    if (!room) return store::HistoryRecord{};
    store::HistoryRecord found{room->head(), room->last_ordinal(), {}};
    std::size_t bytes = 0;
    for (const auto ordinal : std::set<Ordinal>(ordinals.begin(), ordinals.end())) {
        if (!room->has_message(ordinal)) continue;
        bytes += content_bytes(room->message(ordinal));
        if (bytes > limits::kHistoryBytes && !found.messages.empty()) break;
        found.messages.push_back(room->message(ordinal));
    }
    return found;
}

MemoryReader::Read<store::PinsRecord> MemoryReader::pins(RoomId id) {
    const auto* room = records_.room(id);
    if (!room) return store::PinsRecord{};
    store::PinsRecord found{room->head(), {}};
    for (const auto& message : room->messages)
        if (message.pinned) found.ordinals.push_back(message.ordinal);
    return found;
}

MemoryReader::Read<store::EventsRecord> MemoryReader::events_after(RoomId id, Sequence after) {
    const auto* room = records_.room(id);
    if (!room) return store::EventsRecord{};
    store::EventsRecord found{room->head(), {}};
    std::size_t bytes = 0;
    for (auto at = after.value(); at < room->events.size() && found.events.size() < limits::kSyncPage; ++at) {
        if (bytes >= limits::kHistoryBytes) break;
        found.events.push_back(event_at(*room, at));
        bytes += content_bytes(found.events.back().body);
    }
    return found;
}

MemoryReader::Read<store::DirectoryRecord> MemoryReader::directory(const RoomName& after, std::size_t limit) {
    store::DirectoryRecord found;
    const auto count = std::clamp<std::size_t>(limit, 1, limits::kDirectoryPage);
    for (auto at = records_.channels_by_name.upper_bound(after.str());
         at != records_.channels_by_name.end() && !found.more; ++at) {
        const auto& room = records_.rooms.at(at->second);
        if (room.settings.archived) continue;
        found.more = found.rooms.size() == count;
        if (!found.more)
            found.rooms.push_back({at->second, room.name, static_cast<std::uint32_t>(room.members.size()), room.topic});
    }
    return found;
}

}  // namespace parley::simulation
