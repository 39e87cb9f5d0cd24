#include "sqlite/room_tables.hpp"

#include <algorithm>
#include <utility>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"

namespace parley::sqlite {

namespace {

constexpr std::string_view kState =
    "SELECT room, kind, coalesce(name, private_name, ''), first_person, second_person, head, last_ordinal, members, "
    "owner, topic, access, newcomers, posts, archived, coalesce(root_room, 0), coalesce(root_ordinal, 0) FROM rooms ";

// The lower id stands first, so that two people have one row whoever asks.
std::pair<std::int64_t, std::int64_t> pair_of(UserId one, UserId other) {
    return std::minmax({as_stored_id(one.value()), as_stored_id(other.value())});
}

// The same people give the same text.
std::string named(const GroupPeople& people) {
    std::string all;
    for (const auto user : people) all += std::to_string(user.value()) + " ";
    return all;
}

}  // namespace

RoomTables::RoomTables(Database& database)
    : find_(database, std::string(kState) + "WHERE room = ?1"),
      find_direct_(database, std::string(kState) + "WHERE first_person = ?1 AND second_person = ?2"),
      find_group_(database, std::string(kState) + "WHERE people = ?1"),
      find_thread_(database, std::string(kState) + "WHERE root_room = ?1 AND root_ordinal = ?2"),
      first_room_(database, "SELECT first_room FROM server"),
      find_name_(database, "SELECT 1 FROM rooms WHERE name = ?1"),
      find_member_(database, "SELECT 1 FROM members WHERE room = ?1 AND user = ?2"),
      reads_from_(database, "SELECT reads_from FROM members WHERE room = ?1 AND user = ?2"),
      count_rooms_(database,
                   "SELECT count(*) FROM members m JOIN rooms r ON r.room = m.room WHERE m.user = ?1 AND r.kind <> 4"),
      threads_followed_(database,
                        "SELECT m.room FROM members m JOIN rooms r ON r.room = m.room WHERE m.user = ?2 AND "
                        "r.root_room = ?1 ORDER BY m.room"),
      count_threads_(database,
                     "SELECT count(*) FROM members m JOIN rooms r ON r.room = m.room WHERE m.user = ?1 AND r.kind = 4"),
      // The turn of a membership is the place of its beginning among the events of her account, and rises.
      thread_to_let_go_(
          database,
          "SELECT m.room FROM members m JOIN rooms r ON r.room = m.room WHERE m.user = ?1 AND r.kind = 4"
          " ORDER BY r.last_ordinal > 0, r.last_ordinal > m.read + (SELECT count(*) FROM messages own WHERE "
          "own.room = m.room AND own.author = m.user AND own.ordinal > m.read), m.turn, m.room LIMIT 1"),
      poster_(database, "SELECT 1 FROM members WHERE room = ?1 AND user = ?2 AND poster = 1"),
      count_posters_(database, "SELECT count(*) FROM members WHERE room = ?1 AND poster = 1"),
      favourite_(database, "SELECT 1 FROM members WHERE room = ?1 AND user = ?2 AND favourite = 1"),
      members_(database, "SELECT user FROM members WHERE room = ?1"),
      add_channel_(database,
                   "INSERT INTO rooms(room, kind, head, last_ordinal, members, created, owner, access, name, "
                   "private_name) VALUES(?1, ?2, 0, 0, 0, ?3, ?4, ?5, iif(?5 = 1, ?6, NULL), iif(?5 = 1, NULL, ?6))"),
      add_direct_(database,
                  "INSERT INTO rooms(room, kind, first_person, second_person, head, last_ordinal, members, created)"
                  " VALUES(?1, ?2, ?3, ?4, 0, 0, 0, ?5)"),
      add_group_(database,
                 "INSERT INTO rooms(room, kind, people, head, last_ordinal, members, created) VALUES(?1, ?2, ?3, 0, 0, "
                 "0, ?4)"),
      add_thread_(database,
                  "INSERT INTO rooms(room, kind, root_room, root_ordinal, head, last_ordinal, members, created) "
                  "VALUES(?1, 4, ?2, ?3, 0, 0, 0, ?4)"),
      own_(database, "UPDATE rooms SET owner = ?2 WHERE room = ?1"),
      set_topic_(database, "UPDATE rooms SET topic = ?2 WHERE room = ?1"),
      set_name_(database,
                "UPDATE rooms SET name = iif(access = 1, ?2, NULL), private_name = iif(access = 1, NULL, ?2) WHERE "
                "room = ?1"),
      set_settings_(database,
                    "UPDATE rooms SET access = ?2, name = iif(?2 = 1, ?3, NULL), private_name = iif(?2 = 1, NULL, ?3), "
                    "newcomers = ?4, posts = ?5, archived = ?6 WHERE room = ?1"),
      forget_posters_(database, "UPDATE members SET poster = 0 WHERE room = ?1 AND poster = 1"),
      set_poster_(database, "UPDATE members SET poster = ?3 WHERE room = ?1 AND user = ?2"),
      set_favourite_(database, "UPDATE members SET favourite = ?3 WHERE room = ?1 AND user = ?2"),
      add_member_(database,
                  "INSERT INTO members(room, user, read, reads_from, told_since, turn) SELECT room, ?2, last_ordinal, "
                  "iif(newcomers = 2, last_ordinal + 1, 1), iif(newcomers = 2, head, 0), (SELECT account_sequence FROM "
                  "accounts WHERE user = ?2) FROM rooms WHERE room = ?1"),
      remove_member_(database, "DELETE FROM members WHERE room = ?1 AND user = ?2"),
      count_members_(database, "UPDATE rooms SET members = members + ?2 WHERE room = ?1"),
      next_sequence_(database, "UPDATE rooms SET head = head + 1 WHERE room = ?1 RETURNING head"),
      next_message_(database,
                    "UPDATE rooms SET head = head + 1, last_ordinal = last_ordinal + 1 WHERE room = ?1 RETURNING head, "
                    "last_ordinal"),
      add_event_(database, "INSERT INTO events(room, sequence, kind, ordinal, body) VALUES(?1, ?2, ?3, ?4, ?5)"),
      add_message_(database,
                   "INSERT INTO messages(room, ordinal, sequence, revision, author, outbox, number, time, text, "
                   "reply_to) VALUES(?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7, ?8, ?9)") {}

RoomTables::State RoomTables::state_from(const Rows& rows) {
    return {rows.get<RoomId>(0),
            rows.get<RoomKind>(1),
            rows.get<RoomName>(2),
            rows.get<UserId>(3),
            rows.get<UserId>(4),
            rows.get<Sequence>(5),
            rows.get<Ordinal>(6),
            rows.get<std::uint64_t>(7),
            rows.get<UserId>(8),
            rows.get<RoomTopic>(9),
            {rows.get<RoomAccess>(10), rows.get<NewcomersRead>(11), rows.get<WhoPosts>(12), rows.integer(13) != 0},
            {rows.get<RoomId>(14), rows.get<Ordinal>(15)}};
}

std::optional<RoomTables::State> RoomTables::find(RoomId room) {
    auto rows = find_(room);
    if (!rows.next()) return std::nullopt;
    return state_from(rows);
}

std::optional<RoomTables::State> RoomTables::find_direct(UserId one, UserId other) {
    const auto [first, second] = pair_of(one, other);
    auto rows = find_direct_(first, second);
    if (!rows.next()) return std::nullopt;
    return state_from(rows);
}

std::optional<RoomTables::State> RoomTables::find_group(const GroupPeople& people) {
    const auto all = named(people);
    auto rows = find_group_(all);
    if (!rows.next()) return std::nullopt;
    return state_from(rows);
}

std::optional<RoomTables::State> RoomTables::find_thread(const ThreadRoot& root) {
    auto rows = find_thread_(root.room, root.ordinal);
    if (!rows.next()) return std::nullopt;
    return state_from(rows);
}

RoomTables::State RoomTables::ruler_of(const State& room) {
    if (room.kind != RoomKind::thread) return room;
    auto ruler = find(room.root.room);
    if (!ruler) throw DatabaseError(SQLITE_CORRUPT, "a thread of a room that does not exist");
    return *std::move(ruler);
}

RoomId RoomTables::first_room() {
    auto rows = first_room_();
    if (!rows.next()) throw DatabaseError(SQLITE_CORRUPT, "the server's own row is missing");
    return rows.get<RoomId>(0);
}

bool RoomTables::is_name_taken(const RoomName& name) {
    return find_name_.finds(name);
}
bool RoomTables::is_member(RoomId room, UserId user) {
    return find_member_.finds(room, user);
}

Ordinal RoomTables::reads_from(RoomId room, UserId user) {
    auto rows = reads_from_(room, user);
    return rows.next() ? rows.get<Ordinal>(0) : Ordinal();
}

bool RoomTables::is_in_too_many(UserId user) {
    auto rows = count_rooms_(user);
    return rows.next() && rows.get<std::uint64_t>(0) >= limits::kRoomsPerPerson;
}

std::vector<RoomId> RoomTables::threads_followed(RoomId room, UserId user) {
    std::vector<RoomId> threads;
    for (auto rows = threads_followed_(room, user); rows.next();) threads.push_back(rows.get<RoomId>(0));
    return threads;
}

std::optional<RoomId> RoomTables::thread_too_many(UserId user) {
    auto counted = count_threads_(user);
    if (!counted.next() || counted.get<std::uint64_t>(0) < limits::kThreadsFollowed) return std::nullopt;
    auto rows = thread_to_let_go_(user);
    return rows.next() ? std::optional(rows.get<RoomId>(0)) : std::nullopt;
}

bool RoomTables::is_poster(RoomId room, UserId user) {
    return poster_.finds(room, user);
}

std::uint64_t RoomTables::posters(RoomId room) {
    auto rows = count_posters_(room);
    return rows.next() ? rows.get<std::uint64_t>(0) : 0;
}

bool RoomTables::is_favourite(RoomId room, UserId user) {
    return favourite_.finds(room, user);
}

GroupPeople RoomTables::people_of(RoomId room) {
    GroupPeople people;
    for (auto rows = members_(room); rows.next();) people.push_back(rows.get<UserId>(0));
    std::sort(people.begin(), people.end());
    return people;
}

void RoomTables::add_channel(const store::CreateRoom& room) {
    add_channel_.run(room.room, RoomKind::channel, room.now, room.operation.user, room.access, room.name);
}

void RoomTables::add_direct(RoomId room, UserId one, UserId other, Timestamp now) {
    const auto [first, second] = pair_of(one, other);
    add_direct_.run(room, RoomKind::direct, first, second, now);
}

void RoomTables::add_group(RoomId room, const GroupPeople& people, Timestamp now) {
    add_group_.run(room, RoomKind::group, named(people), now);
}

void RoomTables::add_thread(RoomId thread, const ThreadRoot& root, Timestamp now) {
    add_thread_.run(thread, root.room, root.ordinal, now);
}

void RoomTables::own(RoomId room, UserId owner) {
    own_.run(room, owner);
}

void RoomTables::set_topic(RoomId room, const RoomTopic& topic) {
    set_topic_.run(room, topic);
}

void RoomTables::set_name(RoomId room, const RoomName& name) {
    set_name_.run(room, name);
}

void RoomTables::set_settings(const State& room, const RoomSettings& settings) {
    set_settings_.run(room.room, settings.access, room.name, settings.newcomers, settings.posts, settings.archived);
    if (settings.posts == WhoPosts::everybody) forget_posters_.run(room.room);
}

void RoomTables::set_poster(RoomId room, UserId user, bool on) {
    set_poster_.run(room, user, on);
}

void RoomTables::set_favourite(RoomId room, UserId user, bool on) {
    set_favourite_.run(room, user, on);
}

void RoomTables::add_member(RoomId room, UserId user) {
    add_member_.run(room, user);
    count_members_.run(room, 1);
}

void RoomTables::remove_member(RoomId room, UserId user) {
    remove_member_.run(room, user);
    count_members_.run(room, -1);
}

Sequence RoomTables::next(RoomId room) {
    auto rows = next_sequence_(room);
    if (!rows.next()) throw DatabaseError(SQLITE_CORRUPT, "an event for a room that does not exist");
    return rows.get<Sequence>(0);
}

Sequence RoomTables::append(RoomId room, RoomEventBody body, store::Effects& effects) {
    const auto sequence = next(room);
    add_event_.run(room, sequence, std::int64_t{kind_of(body)}, nullptr, encode_event_body(body));
    effects.room_events.push_back({room, {sequence, std::move(body)}});
    return sequence;
}

Sequence RoomTables::append_change(RoomId room, Ordinal message, RoomEventBody change, store::Effects& effects) {
    const auto sequence = next(room);
    auto stored = change;
    if (auto* edited = std::get_if<MessageEdited>(&stored)) edited->text = {};
    add_event_.run(room, sequence, std::int64_t{kind_of(stored)}, message, encode_event_body(stored));
    effects.room_events.push_back({room, {sequence, std::move(change)}});
    return sequence;
}

store::Result RoomTables::append_message(const store::AppendMessage& post, store::Effects& effects) {
    auto rows = next_message_(post.room);
    if (!rows.next()) throw DatabaseError(SQLITE_CORRUPT, "a message for a room that does not exist");
    const store::Result result{{}, post.room, rows.get<Sequence>(0), rows.get<Ordinal>(1)};
    const auto& operation = post.operation;
    add_message_.run(post.room, result.ordinal, result.sequence, operation.user, operation.op.outbox,
                     as_stored_place(operation.op.number), post.now, post.text, post.reply_to);
    add_event_.run(post.room, result.sequence, std::int64_t{MessagePosted::kKind}, result.ordinal, nullptr);
    effects.room_events.push_back({post.room,
                                   {result.sequence, MessagePosted{result.ordinal, operation.user, operation.op,
                                                                   post.now, post.text, post.reply_to}}});
    return result;
}

RoomSummary RoomTables::summary_for(const ReadMoved& stands, UserId user) {
    const auto state = find(stands.room);
    if (!state) throw DatabaseError(SQLITE_CORRUPT, "a member of a room that does not exist");
    RoomSummary summary;
    summary.id = state->room;
    summary.kind = state->kind;
    summary.name = state->name;
    if (state->kind == RoomKind::direct) summary.peer = state->peer_of(user);
    summary.head = stands.head;
    summary.last_ordinal = stands.last_ordinal;
    summary.read = stands.read;
    summary.unread = stands.unread;
    summary.mentions = stands.mentions;
    summary.topic = state->topic;
    summary.owner = state->owner;
    summary.settings = state->settings;
    summary.reads_from = reads_from(state->room, user);
    summary.is_poster = is_poster(state->room, user);
    if (state->kind == RoomKind::group) summary.people = people_of(state->room);
    summary.favourite = is_favourite(state->room, user);
    summary.root = state->root;
    return summary;
}

}  // namespace parley::sqlite
