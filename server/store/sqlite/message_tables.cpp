#include "sqlite/message_tables.hpp"

#include "protocol/limits.hpp"

namespace parley::sqlite {

MessageTables::MessageTables(Database& database)
    : find_(database, "SELECT author, text, deleted, pinned FROM messages WHERE room = ?1 AND ordinal = ?2"),
      edit_(database, "UPDATE messages SET text = ?3, edited = ?4, revision = ?5 WHERE room = ?1 AND ordinal = ?2"),
      remove_(database,
              "UPDATE messages SET text = '', edited = 0, deleted = 1, pinned = 0, revision = ?3 WHERE room = ?1 AND "
              "ordinal = ?2"),
      remove_reactions_(database, "DELETE FROM reactions WHERE room = ?1 AND ordinal = ?2"),
      add_reaction_(database, "INSERT INTO reactions(room, ordinal, emoji, user) VALUES(?1, ?2, ?3, ?4)"),
      remove_reaction_(database, "DELETE FROM reactions WHERE room = ?1 AND ordinal = ?2 AND emoji = ?3 AND user = ?4"),
      find_reaction_(database, "SELECT 1 FROM reactions WHERE room = ?1 AND ordinal = ?2 AND emoji = ?3 AND user = ?4"),
      count_reactions_(database,
                       "SELECT count(*), count(DISTINCT emoji), coalesce(max(emoji = ?3), 0) FROM reactions WHERE room "
                       "= ?1 AND ordinal = ?2"),
      revise_(database, "UPDATE messages SET revision = ?3 WHERE room = ?1 AND ordinal = ?2"),
      pin_(database, "UPDATE messages SET pinned = ?3, revision = ?4 WHERE room = ?1 AND ordinal = ?2"),
      count_pins_(database, "SELECT count(*) FROM messages WHERE room = ?1 AND pinned = 1"),
      thread_(database, "SELECT thread, replies, replied FROM messages WHERE room = ?1 AND ordinal = ?2"),
      set_thread_(database,
                  "UPDATE messages SET thread = ?3, replies = ?4, replied = ?5, revision = ?6 WHERE room = ?1 AND "
                  "ordinal = ?2"),
      mention_(database, "INSERT INTO mentions(room, ordinal, user, author) VALUES(?1, ?2, ?3, ?4)"),
      forget_mentions_(database, "DELETE FROM mentions WHERE room = ?1 AND ordinal = ?2") {}

std::optional<MessageTables::State> MessageTables::find(RoomId room, Ordinal ordinal) {
    auto rows = find_(room, ordinal);
    if (!rows.next()) return std::nullopt;
    return State{rows.get<UserId>(0), rows.get<MessageText>(1), rows.integer(2) != 0, rows.integer(3) != 0};
}

// Everybody is nobody's id, and one row however many they are.
void MessageTables::mention(RoomId room, Ordinal ordinal, UserId author, const store::Mentioned& mentioned) {
    if (mentioned.everybody) return mention_.run(room, ordinal, UserId(), author);
    for (const auto person : mentioned.people)
        if (person != author) mention_.run(room, ordinal, person, author);
}

void MessageTables::edit(const store::EditText& change, Sequence revision) {
    edit_.run(change.room, change.ordinal, change.text, change.now, revision);
    forget_mentions_.run(change.room, change.ordinal);
    mention(change.room, change.ordinal, change.operation.user, change.mentioned);
}

void MessageTables::remove(const store::DeleteMessage& change, Sequence revision) {
    remove_.run(change.room, change.ordinal, revision);
    remove_reactions_.run(change.room, change.ordinal);
    forget_mentions_.run(change.room, change.ordinal);
}

void MessageTables::set_reaction(const store::SetReaction& change, Sequence revision) {
    auto& set = change.on ? add_reaction_ : remove_reaction_;
    set.run(change.room, change.ordinal, change.emoji, change.operation.user);
    revise_.run(change.room, change.ordinal, revision);
}

void MessageTables::set_pin(const store::SetPin& change, Sequence revision) {
    pin_.run(change.room, change.ordinal, change.on, revision);
}

ThreadSoFar MessageTables::thread_of(RoomId room, Ordinal ordinal) {
    auto rows = thread_(room, ordinal);
    if (!rows.next()) throw DatabaseError(SQLITE_CORRUPT, "a thread of a message that does not exist");
    return {rows.get<RoomId>(0), rows.get<std::uint32_t>(1), rows.get<Timestamp>(2)};
}

void MessageTables::set_thread(const ThreadRoot& root, const ThreadSoFar& thread, Sequence revision) {
    set_thread_.run(root.room, root.ordinal, thread.room, std::int64_t{thread.replies}, thread.latest, revision);
}

bool MessageTables::has_reaction(const store::SetReaction& asked) {
    return find_reaction_.finds(asked.room, asked.ordinal, asked.emoji, asked.operation.user);
}

bool MessageTables::has_no_room_for(const store::SetReaction& asked) {
    auto rows = count_reactions_(asked.room, asked.ordinal, asked.emoji);
    if (!rows.next()) return false;
    const auto all = static_cast<std::uint64_t>(rows.integer(0));
    const auto kinds = static_cast<std::uint64_t>(rows.integer(1));
    const bool is_there = rows.integer(2) != 0;
    return all >= limits::kReactionsPerMessage || (!is_there && kinds >= limits::kEmojiPerMessage);
}

bool MessageTables::has_too_many_pins(RoomId room) {
    auto rows = count_pins_(room);
    return rows.next() && static_cast<std::uint64_t>(rows.integer(0)) >= limits::kPinsPerRoom;
}

}  // namespace parley::sqlite
