// SqliteReader: messages and their pages, and the events of a room.
#include <algorithm>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "sqlite/sqlite_reader.hpp"

namespace parley::sqlite {

namespace {

Message message_from(const Rows& rows) {
    Message message{rows.get<Ordinal>(0), rows.get<Sequence>(1),  rows.get<Sequence>(2),
                    rows.get<UserId>(3),  rows.get<Timestamp>(4), rows.get<MessageText>(5)};
    message.reply_to = rows.get<Ordinal>(6);
    if (rows.integer(7) != 0) message.edited = rows.get<Timestamp>(7);
    message.deleted = rows.integer(8) != 0;
    message.pinned = rows.integer(9) != 0;
    if (rows.integer(10) != 0)
        message.thread = ThreadSoFar{rows.get<RoomId>(10), rows.get<std::uint32_t>(11), rows.get<Timestamp>(12)};
    return message;
}

// A post's event is its message, an edit's words are its message's.
RoomEvent event_from(const Rows& rows) {
    const auto sequence = rows.get<Sequence>(0);
    if (rows.get<std::uint8_t>(1) == MessagePosted::kKind) {
        const OpId op{rows.get<OutboxId>(5), rows.get<std::uint64_t>(6)};
        return {sequence, MessagePosted{rows.get<Ordinal>(3), rows.get<UserId>(4), op, rows.get<Timestamp>(7),
                                        rows.get<MessageText>(8), rows.get<Ordinal>(9)}};
    }
    auto body = decode_event_body(rows.get<std::uint8_t>(1), rows.blob(2));
    if (!body.ok()) throw DatabaseError(SQLITE_CORRUPT, "a stored event cannot be read");
    if (auto* edited = std::get_if<MessageEdited>(&body.message)) edited->text = rows.get<MessageText>(8);
    return {sequence, std::move(body.message)};
}

}  // namespace

bool SqliteReader::read_end(RoomId room, Sequence& head, Ordinal& last_ordinal) {
    auto rows = room_end_(room);
    if (!rows.next()) return false;
    head = rows.get<Sequence>(0);
    last_ordinal = rows.get<Ordinal>(1);
    return true;
}

// By emoji, and of each by people: as everybody orders the set.
void SqliteReader::add_reactions(RoomId room, Message& message) {
    std::vector<std::pair<Emoji, std::vector<UserId>>> found;
    auto rows = reactions_(room, message.ordinal);
    while (rows.next()) {
        auto emoji = rows.get<Emoji>(0);
        if (found.empty() || found.back().first != emoji) found.emplace_back(std::move(emoji), std::vector<UserId>());
        found.back().second.push_back(rows.get<UserId>(1));
    }
    for (auto& [emoji, users] : found) {
        std::sort(users.begin(), users.end());
        Reaction reaction{std::move(emoji), {}};
        for (const auto user : users) reaction.users.push_back(user);
        message.reactions.push_back(std::move(reaction));
    }
}

// As many rows as fit into the bytes, and at least one.
std::vector<Message> SqliteReader::take_messages(RoomId room, Rows& rows, std::size_t bytes) {
    std::vector<Message> messages;
    while (rows.next()) {
        auto message = message_from(rows);
        if (!message.deleted) add_reactions(room, message);
        const auto size = content_bytes(message);
        if (size > bytes && !messages.empty()) break;
        bytes -= std::min(bytes, size);
        messages.push_back(std::move(message));
    }
    return messages;
}

std::vector<Message> SqliteReader::messages_down(RoomId room, Ordinal at, std::size_t limit, std::size_t bytes) {
    auto rows = messages_down_(room, at, static_cast<std::int64_t>(limit));
    auto messages = take_messages(room, rows, bytes);
    std::reverse(messages.begin(), messages.end());
    return messages;
}

std::vector<Message> SqliteReader::messages_up(RoomId room, Ordinal above, std::size_t limit, std::size_t bytes) {
    auto rows = messages_up_(room, above, static_cast<std::int64_t>(limit));
    return take_messages(room, rows, bytes);
}

std::vector<Message> SqliteReader::messages_around(RoomId room, Ordinal at, std::size_t limit) {
    auto messages = messages_down(room, at, limit - limit / 2, limits::kHistoryBytes / 2);
    const auto above = messages.empty() ? at : messages.back().ordinal;
    for (auto& message : messages_up(room, above, limit - messages.size(), limits::kHistoryBytes / 2))
        messages.push_back(std::move(message));
    return messages;
}

SqliteReader::Read<store::HistoryRecord> SqliteReader::history(RoomId room, HistoryDirection direction, Ordinal at,
                                                               std::size_t limit) {
    return in_transaction([&] {
        store::HistoryRecord found;
        const auto count = std::clamp<std::size_t>(limit, 1, limits::kHistoryPage);
        if (!read_end(room, found.head, found.last_ordinal)) return found;
        if (direction == HistoryDirection::after) {
            found.messages = messages_up(room, at, count, limits::kHistoryBytes);
        } else if (direction == HistoryDirection::around) {
            found.messages = messages_around(room, at, count);
        } else {
            const auto from = at == Ordinal() ? found.last_ordinal : at.previous();
            found.messages = messages_down(room, from, count, limits::kHistoryBytes);
        }
        found.changes = changes_around(room, found);
        return found;
    });
}

std::vector<RoomEvent> SqliteReader::changes_around(RoomId room, const store::HistoryRecord& page) {
    std::vector<RoomEvent> changes;
    const auto is_last = page.messages.empty() || page.messages.back().ordinal == page.last_ordinal;
    if (page.messages.empty() && page.last_ordinal != Ordinal()) return changes;
    Sequence above;
    if (!page.messages.empty() && page.messages.front().ordinal > Ordinal(1)) {
        auto before = place_of_message_(room, page.messages.front().ordinal.previous());
        if (before.next()) above = before.get<Sequence>(0);
    }
    auto rows = news_(room, above, is_last ? page.head : page.messages.back().sequence,
                      static_cast<std::int64_t>(limits::kHistoryChanges));
    while (rows.next()) {
        auto body = decode_event_body(rows.get<std::uint8_t>(1), rows.blob(2));
        if (!body.ok()) throw DatabaseError(SQLITE_CORRUPT, "a stored event cannot be read");
        changes.push_back({rows.get<Sequence>(0), std::move(body.message)});
    }
    std::reverse(changes.begin(), changes.end());
    return changes;
}

// Times rise with ordinals, as long as nobody sets the server's clock back: then it is one of those that the time was
// reached with. Ordinals are dense, so that no index of times is needed.
Ordinal SqliteReader::first_from(RoomId room, Timestamp time, Ordinal last) {
    std::uint64_t first = 1;
    auto end = last.value();
    while (first < end) {
        const auto middle = first + (end - first) / 2;
        auto rows = message_time_(room, Ordinal(middle));
        if (!rows.next()) throw DatabaseError(SQLITE_CORRUPT, "a message is missing");
        if (rows.get<Timestamp>(0) < time)
            first = middle + 1;
        else
            end = middle;
    }
    return Ordinal(end);
}

SqliteReader::Read<store::HistoryRecord> SqliteReader::history_at(RoomId room, Timestamp time, Ordinal from,
                                                                  std::size_t limit) {
    return in_transaction([&] {
        store::HistoryRecord found;
        if (!read_end(room, found.head, found.last_ordinal)) return found;
        const auto at = std::max(from, first_from(room, time, found.last_ordinal));
        found.messages = messages_around(room, at, std::clamp<std::size_t>(limit, 1, limits::kHistoryPage));
        found.changes = changes_around(room, found);
        return found;
    });
}

SqliteReader::Read<store::HistoryRecord> SqliteReader::messages(RoomId room, std::span<const Ordinal> ordinals) {
    return in_transaction([&] {
        store::HistoryRecord found;
        if (!read_end(room, found.head, found.last_ordinal)) return found;
        std::vector<Ordinal> wanted(ordinals.begin(), ordinals.end());
        std::sort(wanted.begin(), wanted.end());
        wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
        std::size_t bytes = 0;
        for (const auto ordinal : wanted) {
            auto rows = message_(room, ordinal);
            auto one = take_messages(room, rows, limits::kHistoryBytes);
            if (one.empty()) continue;
            bytes += content_bytes(one.front());
            if (bytes > limits::kHistoryBytes && !found.messages.empty()) break;
            found.messages.push_back(std::move(one.front()));
        }
        return found;
    });
}

SqliteReader::Read<store::PinsRecord> SqliteReader::pins(RoomId room) {
    return in_transaction([&] {
        store::PinsRecord found;
        Ordinal last_ordinal;
        if (!read_end(room, found.head, last_ordinal)) return found;
        auto rows = pins_(room, static_cast<std::int64_t>(limits::kPinsPerRoom));
        while (rows.next()) found.ordinals.push_back(rows.get<Ordinal>(0));
        return found;
    });
}

SqliteReader::Read<store::EventsRecord> SqliteReader::events_after(RoomId room, Sequence after) {
    return in_transaction([&] {
        store::EventsRecord found;
        Ordinal last_ordinal;
        if (!read_end(room, found.head, last_ordinal)) return found;
        std::size_t bytes = 0;
        auto rows = events_(room, after, static_cast<std::int64_t>(limits::kSyncPage));
        while (bytes < limits::kHistoryBytes && rows.next()) {
            found.events.push_back(event_from(rows));
            bytes += content_bytes(found.events.back().body);
        }
        return found;
    });
}

}  // namespace parley::sqlite
