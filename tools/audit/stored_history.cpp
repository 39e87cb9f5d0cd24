#include "audit/stored_history.hpp"

#include <exception>

#include "protocol/room_events.hpp"
#include "sqlite/database.hpp"
#include "sqlite/schema.hpp"

namespace parley::audit {

namespace {

using sqlite::Database;
using sqlite::Rows;
using sqlite::Statement;

constexpr std::int64_t kMessagePosted = MessagePosted::kKind;
// Of the events that change a message.
bool changes_a_message(std::int64_t kind) {
    return (kind >= MessageEdited::kKind && kind <= PinChanged::kKind) || kind == ThreadChanged::kKind;
}

// The events of one room in their order, each post with its message, then the messages as they are now; says what is
// missing or does not fit.
class RoomReading {
  public:
    RoomReading(StoredRoom& room, Verdict& verdict) : room_(room), verdict_(verdict) {}

    void event(const Rows& row) {
        const auto sequence = static_cast<std::uint64_t>(row.integer(0));
        miss_between(last_ + 1, sequence);
        last_ = sequence;
        if (row.integer(1) == kMessagePosted) post(row, sequence);
        if (changes_a_message(row.integer(1))) change(row, sequence);
    }
    // Ordinal, revision, whether it was deleted, whether something is left of what it said.
    void message(const Rows& row) {
        const auto ordinal = static_cast<std::uint64_t>(row.integer(0));
        const auto revision = static_cast<std::uint64_t>(row.integer(1));
        if (ordinal == 0 || ordinal > revisions_.size()) return;  // counted by end()
        if (revision != revisions_[ordinal - 1])
            differs("message " + std::to_string(ordinal) + " was changed last at " +
                    std::to_string(revisions_[ordinal - 1]) + ", and says " + std::to_string(revision));
        if (row.integer(2) != 0 && row.integer(3) != 0)
            differs("message " + std::to_string(ordinal) + " was deleted, and not all of it is gone");
    }
    void end(std::uint64_t ordinals, std::uint64_t messages) {
        miss_between(last_ + 1, room_.head.value() + 1);
        if (last_ > room_.head.value()) hole("events up to " + std::to_string(last_) + " lie above the head");
        if (last_ordinal_ != ordinals) hole("its posts end at ordinal " + std::to_string(last_ordinal_));
        if (room_.messages.size() != messages)
            hole("it has " + std::to_string(messages) + " messages for " + std::to_string(room_.messages.size()) +
                 " posts");
    }

  private:
    void post(const Rows& row, std::uint64_t sequence) {
        const auto ordinal = static_cast<std::uint64_t>(row.integer(2));
        if (ordinal != last_ordinal_ + 1)
            hole("ordinal " + std::to_string(ordinal) + " follows " + std::to_string(last_ordinal_));
        last_ordinal_ = ordinal;
        revisions_.push_back(sequence);
        if (row.is_null(3)) return hole("the post at " + std::to_string(sequence) + " has no message");
        if (static_cast<std::uint64_t>(row.integer(3)) != sequence)
            differs("the post at " + std::to_string(sequence) + " has the message of " +
                    std::to_string(row.integer(3)));
        room_.messages.push_back(
            {Sequence(sequence), {row.get<OutboxId>(4), static_cast<std::uint64_t>(row.integer(5))}});
    }
    void change(const Rows& row, std::uint64_t sequence) {
        const auto ordinal = static_cast<std::uint64_t>(row.integer(2));
        if (ordinal == 0 || ordinal > revisions_.size())
            return hole("the event at " + std::to_string(sequence) + " changes a message that was not there");
        revisions_[ordinal - 1] = sequence;
    }
    void miss_between(std::uint64_t first, std::uint64_t end) {
        if (first >= end) return;
        verdict_.add(
            Fault::holes,
            [&] { return where() + "no events " + std::to_string(first) + " to " + std::to_string(end - 1); },
            end - first);
    }
    void hole(const std::string& what) {
        verdict_.add(Fault::holes, [&] { return where() + what; });
    }
    void differs(const std::string& what) {
        verdict_.add(Fault::disagree, [&] { return where() + what; });
    }
    [[nodiscard]] std::string where() const { return "room " + room_.name + ": "; }

    StoredRoom& room_;
    Verdict& verdict_;
    std::uint64_t last_ = 0;
    std::uint64_t last_ordinal_ = 0;
    std::vector<std::uint64_t> revisions_;  // of each message: the last event that was about it
};

StoredHistory read_rooms(Database& database, Verdict& verdict) {
    StoredHistory history;
    std::vector<std::uint64_t> ordinals;
    Statement rooms(database,
                    "SELECT room, coalesce(name, private_name, ''), head, last_ordinal FROM rooms ORDER BY room");
    auto found = rooms();
    while (found.next()) {
        history.rooms.push_back({found.get<RoomId>(0), std::string(found.text(1)), found.get<Sequence>(2), {}});
        ordinals.push_back(static_cast<std::uint64_t>(found.integer(3)));
    }
    Statement events(database,
                     "SELECT e.sequence, e.kind, e.ordinal, m.sequence, m.outbox, m.number FROM events e LEFT JOIN "
                     "messages m ON m.room = e.room AND m.ordinal = e.ordinal WHERE e.room = ?1 ORDER BY e.sequence");
    Statement messages(
        database,
        "SELECT ordinal, revision, deleted, text <> '' OR pinned OR EXISTS(SELECT 1 FROM reactions r WHERE "
        "r.room = m.room AND r.ordinal = m.ordinal) FROM messages m WHERE room = ?1 ORDER BY ordinal");
    Statement count(database, "SELECT count(*) FROM messages WHERE room = ?1");
    for (std::size_t i = 0; i < history.rooms.size(); ++i) {
        auto& room = history.rooms[i];
        RoomReading reading(room, verdict);
        auto rows = events(room.id);
        while (rows.next()) reading.event(rows);
        auto now = messages(room.id);
        while (now.next()) reading.message(now);
        auto counted = count(room.id);
        reading.end(ordinals[i], counted.next() ? static_cast<std::uint64_t>(counted.integer(0)) : 0);
    }
    return history;
}

// A message says how many replies its thread has, deleted ones left out.
void compare_threads(Database& database, Verdict& verdict) {
    Statement threads(database,
                      "SELECT coalesce(room.name, room.private_name, ''), root.ordinal, root.replies, (SELECT count(*) "
                      "FROM messages m WHERE m.room = thread.room AND NOT m.deleted) AS said FROM rooms thread JOIN "
                      "messages root ON root.room = thread.root_room AND root.ordinal = thread.root_ordinal JOIN rooms "
                      "room ON room.room = root.room WHERE root.replies <> said");
    auto rows = threads();
    while (rows.next())
        verdict.add(Fault::disagree, [&] {
            return "room " + std::string(rows.text(0)) + ": message " + std::to_string(rows.integer(1)) + " counts " +
                   std::to_string(rows.integer(2)) + " replies, and its thread has " + std::to_string(rows.integer(3));
        });
}

}  // namespace

std::expected<StoredHistory, std::string> StoredHistory::read(const std::filesystem::path& data, Verdict& verdict) {
    const auto file = data / "parley.db";
    try {
        Database database(file, SQLITE_OPEN_READONLY);
        if (database.integer("PRAGMA application_id") != sqlite::kApplicationId)
            return std::unexpected(file.string() + " is not a database of Parley");
        if (sqlite::schema_of(database) != sqlite::newest_schema())
            return std::unexpected(file.string() + " has another schema than this parley-audit knows");
        database.run("BEGIN");
        auto history = read_rooms(database, verdict);
        compare_threads(database, verdict);
        database.run("COMMIT");
        return history;
    } catch (const std::exception& error) {
        return std::unexpected(file.string() + " cannot be read: " + error.what());
    }
}

}  // namespace parley::audit
