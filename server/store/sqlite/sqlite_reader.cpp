#include "sqlite/sqlite_reader.hpp"

#include <algorithm>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"
#include "sqlite/database_file.hpp"
#include "sqlite/read_tables.hpp"

namespace parley::sqlite {

namespace {

Profile profile_from(const Rows& rows) {
    return {rows.get<UserId>(0),          rows.get<AccountName>(1), rows.get<Nick>(2),
            rows.get<ProfileRevision>(3), rows.get<StatusText>(4),  rows.get<Timestamp>(5)};
}

constexpr std::string_view kMessageFields =
    "SELECT ordinal, sequence, revision, author, time, text, reply_to, edited, deleted, pinned, thread, replies, "
    "replied FROM "
    "messages ";

RoomSummary summary_from(const Rows& rows, UserId reader) {
    RoomSummary room;
    room.id = rows.get<RoomId>(0);
    room.kind = rows.get<RoomKind>(1);
    room.name = rows.get<RoomName>(2);
    if (room.kind == RoomKind::direct)
        room.peer = rows.get<UserId>(3) == reader ? rows.get<UserId>(4) : rows.get<UserId>(3);
    room.head = rows.get<Sequence>(5);
    room.last_ordinal = rows.get<Ordinal>(6);
    room.read = {rows.get<ReadTurn>(7), rows.get<Ordinal>(8)};
    const auto own = rows.get<std::uint64_t>(9);
    room.unread = static_cast<std::uint32_t>(room.last_ordinal.value() - room.read.read.value() - own);
    room.topic = rows.get<RoomTopic>(10);
    room.owner = rows.get<UserId>(11);
    room.settings = {rows.get<RoomAccess>(12), rows.get<NewcomersRead>(13), rows.get<WhoPosts>(14),
                     rows.integer(15) != 0};
    room.reads_from = rows.get<Ordinal>(16);
    room.is_poster = rows.integer(17) != 0;
    room.favourite = rows.integer(18) != 0;
    room.root = {rows.get<RoomId>(19), rows.get<Ordinal>(20)};
    return room;
}

}  // namespace

SqliteReader::Opened SqliteReader::open(const std::filesystem::path& file) {
    try {
        return std::unique_ptr<store::Reader>(new SqliteReader(file));
    } catch (const std::exception& error) {
        return std::unexpected(storage_error(error));
    }
}

SqliteReader::SqliteReader(const std::filesystem::path& file)
    : database_(open_database(file, Access::read)),
      begin_(database_, "BEGIN"),
      end_(database_, "COMMIT"),
      account_(database_,
               "SELECT user, name, nick, revision, status, status_until, password_hash, registered_outbox, "
               "registered_number, owner FROM accounts WHERE name = ?1"),
      owner_(database_, "SELECT 1 FROM accounts WHERE owner = 1 LIMIT 1"),
      token_(database_, "SELECT user, expires FROM tokens WHERE hash = ?1"),
      person_(database_,
              "SELECT user, name, nick, revision, status, status_until, account_sequence, availability FROM accounts "
              "WHERE user = ?1"),
      blocked_(database_, "SELECT blocked FROM blocks WHERE user = ?1"),
      last_seen_(database_, "SELECT last_seen FROM accounts WHERE user = ?1"),
      rooms_of_person_(
          database_,
          "SELECT r.room, r.kind, coalesce(r.name, r.private_name, ''), r.first_person, r.second_person, r.head, "
          "r.last_ordinal, m.turn, m.read,"
          " (SELECT count(*) FROM messages own WHERE own.room = r.room AND own.author = m.user AND "
          "own.ordinal > m.read), r.topic, r.owner, r.access, r.newcomers, r.posts, r.archived, m.reads_from, "
          "m.poster, "
          "m.favourite, coalesce(r.root_room, 0), coalesce(r.root_ordinal, 0)"
          " FROM members m JOIN rooms r ON r.room = m.room WHERE m.user = ?1 ORDER BY r.room LIMIT ?2"),
      mentioning_(database_, kMentioning),
      profiles_(database_,
                "SELECT user, name, nick, revision, status, status_until FROM accounts WHERE revision > ?1 ORDER BY "
                "revision"),
      profile_revision_(database_, "SELECT profile_revision FROM server"),
      room_(
          database_,
          "SELECT kind, coalesce(name, private_name, ''), head, last_ordinal, owner, topic, access, newcomers, posts, "
          "archived FROM rooms WHERE room = ?1"),
      members_(database_, "SELECT user FROM members WHERE room = ?1"),
      newcomers_(
          database_,
          "SELECT user, reads_from, told_since FROM members WHERE room = ?1 AND (reads_from > 1 OR told_since > 0)"),
      posters_(database_, "SELECT user FROM members WHERE room = ?1 AND poster = 1 ORDER BY user"),
      reads_from_(database_, "SELECT reads_from FROM members WHERE room = ?1 AND user = ?2"),
      room_end_(database_, "SELECT head, last_ordinal FROM rooms WHERE room = ?1"),
      message_(database_, std::string(kMessageFields) + "WHERE room = ?1 AND ordinal = ?2"),
      message_time_(database_, "SELECT time FROM messages WHERE room = ?1 AND ordinal = ?2"),
      messages_down_(database_,
                     std::string(kMessageFields) + "WHERE room = ?1 AND ordinal <= ?2 ORDER BY ordinal DESC LIMIT ?3"),
      messages_up_(database_,
                   std::string(kMessageFields) + "WHERE room = ?1 AND ordinal > ?2 ORDER BY ordinal LIMIT ?3"),
      reactions_(database_, "SELECT emoji, user FROM reactions WHERE room = ?1 AND ordinal = ?2 ORDER BY emoji"),
      pins_(database_, "SELECT ordinal FROM messages WHERE room = ?1 AND pinned = 1 ORDER BY ordinal LIMIT ?2"),
      events_(database_,
              "SELECT e.sequence, e.kind, e.body, m.ordinal, m.author, m.outbox, m.number, m.time, m.text, "
              "m.reply_to FROM events e"
              " LEFT JOIN messages m ON m.room = e.room AND m.ordinal = e.ordinal"
              " WHERE e.room = ?1 AND e.sequence > ?2 ORDER BY e.sequence LIMIT ?3"),
      news_(database_,
            "SELECT sequence, kind, body FROM events WHERE room = ?1 AND kind IN (9, 10, 11, 12, 14) AND sequence > ?2 "
            "AND sequence <= ?3 ORDER BY sequence DESC LIMIT ?4"),
      place_of_message_(database_, "SELECT sequence FROM messages WHERE room = ?1 AND ordinal = ?2"),
      directory_(database_,
                 "SELECT room, name, members, topic FROM rooms WHERE name > ?1 AND kind = 1 AND archived = 0 ORDER BY "
                 "name LIMIT ?2") {}

void SqliteReader::begin() {
    if (database_.in_transaction()) end_.run();
    begin_.run();
}

store::StorageError SqliteReader::given_up(const std::exception& error) {
    sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    return storage_error(error);
}

SqliteReader::Read<std::optional<store::AccountRecord>> SqliteReader::account(const AccountName& name) {
    return in_transaction([&]() -> std::optional<store::AccountRecord> {
        auto rows = account_(name);
        if (!rows.next()) return std::nullopt;
        const OpId by{rows.get<OutboxId>(7), rows.get<std::uint64_t>(8)};
        return store::AccountRecord{profile_from(rows), std::string(rows.text(6)), by, rows.integer(9) != 0};
    });
}

SqliteReader::Read<bool> SqliteReader::has_owner() {
    return in_transaction([&] { return owner_.finds(); });
}

SqliteReader::Read<std::optional<store::TokenRecord>> SqliteReader::token(const store::TokenHash& hash) {
    return in_transaction([&]() -> std::optional<store::TokenRecord> {
        auto rows = token_(hash);
        if (!rows.next()) return std::nullopt;
        return store::TokenRecord{rows.get<UserId>(0), rows.get<Timestamp>(1)};
    });
}

std::vector<RoomSummary> SqliteReader::rooms_of(UserId user) {
    std::vector<RoomSummary> rooms;
    auto rows = rooms_of_person_(user, static_cast<std::int64_t>(limits::kRoomsListed));
    while (rows.next()) {
        auto& room = rooms.emplace_back(summary_from(rows, user));
        if (room.unread != 0) room.mentions = mentioning_from(mentioning_, room.id, user, room.read.read);
    }
    for (auto& room : rooms)
        if (room.kind == RoomKind::group) room.people = people_of(room.id);
    return rooms;
}

GroupPeople SqliteReader::people_of(RoomId room) {
    GroupPeople people;
    for (auto rows = members_(room); rows.next();) people.push_back(rows.get<UserId>(0));
    std::sort(people.begin(), people.end());
    return people;
}

SqliteReader::Read<std::optional<store::PersonRecord>> SqliteReader::person(UserId user) {
    return in_transaction([&]() -> std::optional<store::PersonRecord> {
        auto rows = person_(user);
        if (!rows.next()) return std::nullopt;
        return store::PersonRecord{profile_from(rows), rows.get<AccountSequence>(6), rooms_of(user),
                                   rows.get<Availability>(7), blocked_by(user)};
    });
}

std::vector<UserId> SqliteReader::blocked_by(UserId user) {
    std::vector<UserId> blocked;
    auto rows = blocked_(user);
    while (rows.next()) blocked.push_back(rows.get<UserId>(0));
    std::sort(blocked.begin(), blocked.end());
    return blocked;
}

SqliteReader::Read<std::optional<Timestamp>> SqliteReader::last_seen(UserId user) {
    return in_transaction([&]() -> std::optional<Timestamp> {
        auto rows = last_seen_(user);
        if (!rows.next() || rows.integer(0) == 0) return std::nullopt;
        return rows.get<Timestamp>(0);
    });
}

SqliteReader::Read<store::ProfilesRecord> SqliteReader::profiles_after(ProfileRevision revision) {
    return in_transaction([&] {
        store::ProfilesRecord found;
        auto rows = profiles_(revision);
        while (rows.next()) found.profiles.push_back(profile_from(rows));
        auto counted = profile_revision_();
        if (counted.next()) found.revision = counted.get<ProfileRevision>(0);
        return found;
    });
}

SqliteReader::Read<std::optional<store::RoomRecord>> SqliteReader::room(RoomId room) {
    return in_transaction([&]() -> std::optional<store::RoomRecord> {
        auto rows = room_(room);
        if (!rows.next()) return std::nullopt;
        store::RoomRecord found{
            room,
            rows.get<RoomKind>(0),
            rows.get<RoomName>(1),
            rows.get<Sequence>(2),
            rows.get<Ordinal>(3),
            {},
            rows.get<UserId>(4),
            rows.get<RoomTopic>(5),
            {rows.get<RoomAccess>(6), rows.get<NewcomersRead>(7), rows.get<WhoPosts>(8), rows.integer(9) != 0},
            {},
            {}};
        auto members = members_(room);
        while (members.next()) found.members.push_back(members.get<UserId>(0));
        auto newcomers = newcomers_(room);
        while (newcomers.next())
            found.newcomers.push_back(
                {newcomers.get<UserId>(0), newcomers.get<Ordinal>(1), newcomers.get<Sequence>(2)});
        for (auto posters = posters_(room); posters.next();) found.posters.push_back(posters.get<UserId>(0));
        return found;
    });
}

SqliteReader::Read<std::optional<Ordinal>> SqliteReader::reads_from(RoomId room, UserId user) {
    return in_transaction([&]() -> std::optional<Ordinal> {
        auto rows = reads_from_(room, user);
        if (!rows.next()) return std::nullopt;
        return rows.get<Ordinal>(0);
    });
}

SqliteReader::Read<store::DirectoryRecord> SqliteReader::directory(const RoomName& after, std::size_t limit) {
    return in_transaction([&] {
        store::DirectoryRecord found;
        const auto count = std::clamp<std::size_t>(limit, 1, limits::kDirectoryPage);
        auto rows = directory_(after, static_cast<std::int64_t>(count + 1));
        while (rows.next() && !found.more) {
            found.more = found.rooms.size() == count;
            if (!found.more)
                found.rooms.push_back(
                    {rows.get<RoomId>(0), rows.get<RoomName>(1), rows.get<std::uint32_t>(2), rows.get<RoomTopic>(3)});
        }
        return found;
    });
}

}  // namespace parley::sqlite
