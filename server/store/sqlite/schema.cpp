#include "sqlite/schema.hpp"

#include <array>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "protocol/codec.hpp"
#include "sqlite/checked_pages.hpp"
#include "store/mentioned.hpp"

namespace parley::sqlite {

namespace {

// One row of `server` holds what the whole server counts. `commits` rises with every transaction of the writer: after a
// commit of unknown outcome it tells whether that one is durable.
constexpr const char* kServerTables = R"sql(
CREATE TABLE server(
  one INTEGER PRIMARY KEY CHECK(one = 1),
  commits INTEGER NOT NULL,
  profile_revision INTEGER NOT NULL,
  first_room INTEGER NOT NULL
);
CREATE TABLE accounts(
  user INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  name_skeleton TEXT UNIQUE,
  nick TEXT NOT NULL,
  nick_skeleton TEXT UNIQUE,
  password_hash TEXT NOT NULL,
  owner INTEGER NOT NULL,
  revision INTEGER NOT NULL UNIQUE,
  account_sequence INTEGER NOT NULL,
  registered_outbox INTEGER NOT NULL,
  registered_number INTEGER NOT NULL,
  created INTEGER NOT NULL
);
CREATE TABLE tokens(
  hash BLOB PRIMARY KEY,
  user INTEGER NOT NULL REFERENCES accounts(user),
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX tokens_of_user ON tokens(user, created);
)sql";

// A direct chat has no name and its two people, the lower id first; a channel has a name and no people. A post's text
// stands in `messages` alone: its event points there.
constexpr const char* kRoomTables = R"sql(
CREATE TABLE rooms(
  room INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL,
  name TEXT UNIQUE,
  first_person INTEGER REFERENCES accounts(user),
  second_person INTEGER REFERENCES accounts(user),
  head INTEGER NOT NULL,
  last_ordinal INTEGER NOT NULL,
  members INTEGER NOT NULL,
  created INTEGER NOT NULL,
  UNIQUE(first_person, second_person)
);
CREATE TABLE members(
  room INTEGER NOT NULL REFERENCES rooms(room),
  user INTEGER NOT NULL REFERENCES accounts(user),
  read INTEGER NOT NULL,
  PRIMARY KEY(room, user)
) WITHOUT ROWID;
CREATE INDEX rooms_of_member ON members(user);
CREATE TABLE messages(
  room INTEGER NOT NULL REFERENCES rooms(room),
  ordinal INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES accounts(user),
  outbox INTEGER NOT NULL,
  number INTEGER NOT NULL,
  time INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY(room, ordinal)
) WITHOUT ROWID;
CREATE INDEX messages_of_author ON messages(room, author, ordinal);
CREATE TABLE events(
  room INTEGER NOT NULL REFERENCES rooms(room),
  sequence INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  ordinal INTEGER,
  body BLOB,
  PRIMARY KEY(room, sequence)
) WITHOUT ROWID;
)sql";

// The results that an outbox has not confirmed, and up to where it has. `refusal` is 0 where the operation was done.
constexpr const char* kOperationTables = R"sql(
CREATE TABLE operations(
  user INTEGER NOT NULL REFERENCES accounts(user),
  outbox INTEGER NOT NULL,
  number INTEGER NOT NULL,
  fingerprint INTEGER NOT NULL,
  refusal INTEGER NOT NULL,
  room INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  PRIMARY KEY(user, outbox, number)
) WITHOUT ROWID;
CREATE TABLE outboxes(
  user INTEGER NOT NULL REFERENCES accounts(user),
  outbox INTEGER NOT NULL,
  confirmed_through INTEGER NOT NULL,
  unconfirmed INTEGER NOT NULL,
  PRIMARY KEY(user, outbox)
) WITHOUT ROWID;
)sql";

RoomId random_room() {
    std::random_device source;
    RoomId room;
    while (!room.names_something()) room = RoomId(std::uint64_t{source()} << 32 | source());
    return room;
}

void make_first_schema(Database& database) {
    database.run(kServerTables);
    database.run(kRoomTables);
    database.run(kOperationTables);
    const auto general = random_room();
    Statement(database,
              "INSERT INTO rooms(room, kind, name, head, last_ordinal, members, created) VALUES(?1, 1, 'general', 0, "
              "0, 0, 0)")
        .run(general);
    Statement(database, "INSERT INTO server(one, commits, profile_revision, first_room) VALUES(1, 0, 0, ?1)")
        .run(general);
    database.run("PRAGMA application_id = 0x5041524C");
}

// Which outboxes of a person were used last: the results of the others are not kept for ever.
void order_outboxes_by_use(Database& database) {
    database.run("ALTER TABLE outboxes ADD COLUMN last_used INTEGER NOT NULL DEFAULT 0");
    database.run("CREATE INDEX outboxes_with_results ON outboxes(user, last_used) WHERE unconfirmed > 0");
}

// No table changes: a server of before, which would write pages without checksums, refuses what has this version. The
// checksums themselves are there already (new_database.hpp).
void keep_checksums(Database& database) {
    if (!has_checksums(database.handle())) throw DatabaseError(SQLITE_MISUSE, "the pages have no checksums");
}

// The words of a message stand in `messages` alone, its reactions in `reactions` alone: the events of its changes name
// it by its ordinal and hold none of its words, so that what is deleted there is deleted everywhere. `edited` is 0
// where it never was.
void let_messages_change(Database& database) {
    database.run(R"sql(
ALTER TABLE messages ADD COLUMN reply_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX pins ON messages(room, ordinal) WHERE pinned = 1;
CREATE TABLE reactions(
  room INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  emoji TEXT NOT NULL,
  user INTEGER NOT NULL REFERENCES accounts(user),
  PRIMARY KEY(room, ordinal, emoji, user),
  FOREIGN KEY(room, ordinal) REFERENCES messages(room, ordinal)
) WITHOUT ROWID;
)sql");
}

std::optional<UserId> creator_in(std::span<const std::byte> room_created) {
    const auto body = decode_event_body(RoomCreated::kKind, room_created);
    if (!body.ok()) return std::nullopt;
    return std::get<RoomCreated>(body.message).creator;
}

// Whoever made a room is its owner; the first one, which nobody made, is the server's owner's. A room by invitation has
// its name in a column of its own: it takes no name from the others, and so nobody learns by a name that it is there.
void let_rooms_be_owned(Database& database) {
    database.run(R"sql(
ALTER TABLE rooms ADD COLUMN owner INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN topic TEXT NOT NULL DEFAULT '';
ALTER TABLE rooms ADD COLUMN access INTEGER NOT NULL DEFAULT 1;
ALTER TABLE rooms ADD COLUMN private_name TEXT;
UPDATE rooms SET owner = coalesce((SELECT user FROM accounts WHERE owner = 1), 0)
  WHERE room = (SELECT first_room FROM server);
)sql");
    Statement channels(database,
                       "SELECT r.room, e.body FROM rooms r JOIN events e ON e.room = r.room AND e.sequence = 1"
                       " WHERE r.kind = 1 AND e.kind = 4");
    std::vector<std::pair<RoomId, UserId>> owners;
    for (auto rows = channels(); rows.next();)
        if (const auto creator = creator_in(rows.blob(1))) owners.emplace_back(rows.get<RoomId>(0), *creator);
    Statement give(database, "UPDATE rooms SET owner = ?2 WHERE room = ?1");
    for (const auto& [room, owner] : owners) give.run(room, owner);
}

// `reads_from` is the first message that a member may read; where a room says so, the first after her coming.
void let_rooms_hide_what_was_before(Database& database) {
    database.run(R"sql(
ALTER TABLE rooms ADD COLUMN newcomers INTEGER NOT NULL DEFAULT 1;
ALTER TABLE members ADD COLUMN reads_from INTEGER NOT NULL DEFAULT 1;
)sql");
}

// `people` names those of a group chat, so that the same have one and no more. The index holds what is told of a room
// among its messages (is_room_news()).
void let_some_post_and_rooms_rest(Database& database) {
    database.run(R"sql(
ALTER TABLE rooms ADD COLUMN posts INTEGER NOT NULL DEFAULT 1;
ALTER TABLE rooms ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rooms ADD COLUMN people TEXT;
ALTER TABLE members ADD COLUMN poster INTEGER NOT NULL DEFAULT 0;
ALTER TABLE members ADD COLUMN favourite INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX group_chats ON rooms(people) WHERE people IS NOT NULL;
CREATE INDEX posters ON members(room) WHERE poster = 1;
CREATE INDEX room_news ON events(room, sequence) WHERE kind IN (9, 10, 11, 12, 14);
)sql");
}

// Whoever marks a room unread begins another turn of reading it (ReadPosition).
void let_reading_turn_back(Database& database) {
    database.run("ALTER TABLE members ADD COLUMN turn INTEGER NOT NULL DEFAULT 0");
}

// Whom which message mentions; user 0 is everybody. What is there already is read once, here.
void keep_mentions(Database& database) {
    database.run(R"sql(
CREATE TABLE mentions(
  room INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  user INTEGER NOT NULL,
  author INTEGER NOT NULL REFERENCES accounts(user),
  PRIMARY KEY(room, ordinal, user),
  FOREIGN KEY(room, ordinal) REFERENCES messages(room, ordinal)
) WITHOUT ROWID;
CREATE INDEX mentions_of_user ON mentions(room, user, ordinal, author);
)sql");
    Statement add(database, "INSERT INTO mentions(room, ordinal, user, author) VALUES(?1, ?2, ?3, ?4)");
    Statement read(database,
                   "SELECT room, ordinal, author, text FROM messages WHERE text LIKE '%<@%' OR text LIKE '%<!%'");
    for (auto rows = read(); rows.next();) {
        const auto author = rows.get<UserId>(2);
        auto mentioned = store::mentioned_in(rows.text(3));
        if (mentioned.everybody) mentioned.people = {UserId()};
        for (const auto person : mentioned.people)
            if (person != author) add.run(rows.get<RoomId>(0), rows.get<Ordinal>(1), person, author);
    }
}

// What people say of themselves, what they are shown as, when they were here, and of whom they take no messages.
void let_people_choose(Database& database) {
    database.run(R"sql(
ALTER TABLE accounts ADD COLUMN status TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN status_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE accounts ADD COLUMN availability INTEGER NOT NULL DEFAULT 1;
ALTER TABLE accounts ADD COLUMN last_seen INTEGER NOT NULL DEFAULT 0;
CREATE TABLE blocks(
  user INTEGER NOT NULL REFERENCES accounts(user),
  blocked INTEGER NOT NULL REFERENCES accounts(user),
  PRIMARY KEY(user, blocked)
) WITHOUT ROWID;
)sql");
}

// A thread is a room of a message, and the message knows how far it has come.
void let_messages_have_threads(Database& database) {
    database.run(R"sql(
ALTER TABLE rooms ADD COLUMN root_room INTEGER;
ALTER TABLE rooms ADD COLUMN root_ordinal INTEGER;
CREATE UNIQUE INDEX threads ON rooms(root_room, root_ordinal) WHERE root_room IS NOT NULL;
ALTER TABLE messages ADD COLUMN thread INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN replies INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN replied INTEGER NOT NULL DEFAULT 0;
)sql");
}

// Where newcomers read what is new, they are told what became of the room since they came, and no earlier topic or
// name.
void tell_newcomers_what_is_new(Database& database) {
    database.run(R"sql(
ALTER TABLE members ADD COLUMN told_since INTEGER NOT NULL DEFAULT 0;
UPDATE members SET told_since = coalesce((SELECT m.sequence FROM messages m WHERE m.room = members.room AND
  m.ordinal = members.reads_from - 1), 0) WHERE reads_from > 1;
)sql");
}

constexpr std::array<Step, 12> kSteps{&make_first_schema,
                                      &order_outboxes_by_use,
                                      &keep_checksums,
                                      &let_messages_change,
                                      &let_rooms_be_owned,
                                      &let_rooms_hide_what_was_before,
                                      &let_some_post_and_rooms_rest,
                                      &let_reading_turn_back,
                                      &keep_mentions,
                                      &let_people_choose,
                                      &let_messages_have_threads,
                                      &tell_newcomers_what_is_new};
static_assert(kSteps[kSchemaWithChecksums - 1] == &keep_checksums);

// Whoever leaves before the commit leaves the schema as it was.
class Migration {
  public:
    explicit Migration(Database& database) : database_(database) { database_.run("BEGIN IMMEDIATE"); }
    Migration(const Migration&) = delete;
    Migration& operator=(const Migration&) = delete;
    ~Migration() {
        if (database_.in_transaction()) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    }
    void commit(std::int64_t version) {
        // A pragma takes no parameter; the number is ours.
        database_.run(("PRAGMA user_version = " + std::to_string(version)).c_str());
        database_.run("COMMIT");
    }

  private:
    Database& database_;
};

}  // namespace

std::span<const Step> schema_steps() {
    return kSteps;
}
std::int64_t newest_schema() {
    return static_cast<std::int64_t>(kSteps.size());
}
std::int64_t schema_of(const Database& database) {
    return database.integer("PRAGMA user_version");
}

void migrate(Database& database, std::span<const Step> steps) {
    for (auto version = schema_of(database); version < static_cast<std::int64_t>(steps.size()); ++version) {
        Migration migration(database);
        steps[static_cast<std::size_t>(version)](database);
        migration.commit(version + 1);
    }
}

}  // namespace parley::sqlite
