// What a start finds in DATA/parley.db: nothing, an older or a newer schema, something damaged, something else.
#include "sqlite/database_file.hpp"

#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iterator>

#include "open_store.hpp"
#include "sqlite/checked_pages.hpp"
#include "sqlite/schema.hpp"

namespace parley::sqlite {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::SizeIs;

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}
void write_bytes(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

class DatabaseFile : public testing::Test {
  protected:
    // A database with something in it, closed in order.
    void make_database() {
        OpenStore store;
        const auto ana = store.register_person("ana");
        const auto room = store.create_room(ana, "garden");
        for (int i = 0; i < 300; ++i)
            store.post(ana, room, "a message of some length that fills the pages of the file");
        store.close();
        fs::copy_file(store.directory.path() / "parley.db", file);
    }
    void make_first_schema() {
        std::ifstream fixture(FIRST_SCHEMA);
        const std::string sql{std::istreambuf_iterator<char>(fixture), {}};
        ASSERT_FALSE(sql.empty());
        Database first(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        first.run(sql.c_str());
        ASSERT_EQ(schema_of(first), 1);
    }
    // The start is refused, says so in few lines, and leaves the file as it is.
    void expect_refused(const std::string& finding) {
        const auto before = bytes_of(file);
        const auto opened = SqliteBackend::open(directory.path());
        ASSERT_FALSE(opened);
        EXPECT_THAT(opened.error(), AllOf(HasSubstr(file.string()), HasSubstr(finding)));
        EXPECT_LE(std::count(opened.error().begin(), opened.error().end(), '\n'), 4);
        EXPECT_TRUE(bytes_of(file) == before) << "the file was changed";
    }

    support::TemporaryDirectory directory;
    fs::path file = directory.path() / "parley.db";
};

TEST_F(DatabaseFile, NothingIsReadableByOthers) {
    OpenStore store;
    store.register_person("ana");
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(store.directory.path())) {
        names.push_back(entry.path().filename());
        EXPECT_EQ(entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all), fs::perms::none)
            << entry.path();
    }
    EXPECT_THAT(names, testing::IsSupersetOf({"parley.db", "parley.db-wal", "parley.db-shm"}));
}

TEST_F(DatabaseFile, OpenPermissionsAreClosed) {
    make_database();
    ASSERT_EQ(::chmod(file.c_str(), 0644), 0);
    ASSERT_TRUE(SqliteBackend::open(directory.path()));
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(DatabaseFile, UsesTheSettingsThatPromisesNeed) {
    make_database();
    const auto database = open_database(file, Access::write);
    EXPECT_EQ(database.text("PRAGMA journal_mode"), "wal");
    EXPECT_EQ(database.integer("PRAGMA synchronous"), 2);
    EXPECT_EQ(database.integer("PRAGMA foreign_keys"), 1);
    EXPECT_EQ(database.integer("PRAGMA secure_delete"), 1);
    EXPECT_EQ(database.integer("PRAGMA application_id"), kApplicationId);
    EXPECT_EQ(schema_of(database), newest_schema());
    auto reading = open_database(file, Access::read);
    EXPECT_THROW(reading.run("DELETE FROM messages"), DatabaseError);
}

TEST_F(DatabaseFile, TheFirstSchemaIsTakenUp) {
    make_first_schema();
    EXPECT_FALSE(has_checksums(Database(file, SQLITE_OPEN_READONLY).handle()));
    const auto opened = SqliteBackend::open(directory.path());
    ASSERT_TRUE(opened) << opened.error();
    EXPECT_EQ(schema_of(open_database(file, Access::read)), newest_schema());
    EXPECT_TRUE(has_checksums(Database(file, SQLITE_OPEN_READONLY).handle()));
    EXPECT_FALSE(fs::exists(directory.path() / "parley.db.new"));
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    const auto reader = (*opened)->open_reader().value();
    const auto ana = reader->account(AccountName::cut("ana"))->value();
    EXPECT_TRUE(ana.owner);
    const auto person = reader->person(ana.profile.user)->value();
    EXPECT_THAT(person.rooms, SizeIs(3)) << "general, garden, and the direct chat with bo";
    for (const auto& room : person.rooms) {
        EXPECT_EQ(reader->events_after(room.id, {})->events.size(), room.head.value());
        EXPECT_EQ(reader->history(room.id, HistoryDirection::before, {}, 100)->messages.size(),
                  room.last_ordinal.value());
    }
    const auto garden = std::find_if(person.rooms.begin(), person.rooms.end(),
                                     [](const auto& room) { return room.name.view() == "garden"; });
    ASSERT_NE(garden, person.rooms.end());
    EXPECT_EQ(garden->unread, 1u);
    EXPECT_EQ(reader->history(garden->id, HistoryDirection::before, {}, 1)->messages[0].text.view(),
              "Grüße 🌱 aus dem Garten");
}

// The rooms of the fourth schema in a database of the newest one.
constexpr const char* kSinceTheFourth =
    "DROP INDEX threads; ALTER TABLE rooms DROP COLUMN root_room; ALTER TABLE rooms DROP COLUMN root_ordinal;"
    "ALTER TABLE messages DROP COLUMN thread; ALTER TABLE messages DROP COLUMN replies;"
    "ALTER TABLE messages DROP COLUMN replied;"
    "DROP TABLE blocks; ALTER TABLE accounts DROP COLUMN status; ALTER TABLE accounts DROP COLUMN status_until;"
    "ALTER TABLE accounts DROP COLUMN availability; ALTER TABLE accounts DROP COLUMN last_seen;"
    "DROP TABLE mentions; ALTER TABLE members DROP COLUMN turn;"
    "DROP INDEX group_chats; DROP INDEX posters; DROP INDEX room_news;"
    "ALTER TABLE rooms DROP COLUMN posts; ALTER TABLE rooms DROP COLUMN archived;"
    "ALTER TABLE rooms DROP COLUMN people; ALTER TABLE members DROP COLUMN poster;"
    "ALTER TABLE members DROP COLUMN favourite;"
    "ALTER TABLE rooms DROP COLUMN owner; ALTER TABLE rooms DROP COLUMN topic;"
    "ALTER TABLE rooms DROP COLUMN access; ALTER TABLE rooms DROP COLUMN private_name;"
    "ALTER TABLE rooms DROP COLUMN newcomers; ALTER TABLE members DROP COLUMN reads_from;"
    "ALTER TABLE members DROP COLUMN told_since";

// A database of the schema before messages could change: what it holds is as it was, and can change now.
TEST_F(DatabaseFile, TheThirdSchemaIsTakenUpWhereItIs) {
    {
        ASSERT_TRUE(prepare_database(file));
        Database third(file, SQLITE_OPEN_READWRITE);
        third.run(
            "DROP INDEX pins; DROP TABLE reactions; ALTER TABLE messages DROP COLUMN reply_to;"
            "ALTER TABLE messages DROP COLUMN edited; ALTER TABLE messages DROP COLUMN deleted;"
            "ALTER TABLE messages DROP COLUMN pinned; PRAGMA user_version = 3");
        third.run(kSinceTheFourth);
        third.run(
            "INSERT INTO accounts VALUES(7, 'ana', 'ana', 'Ana', NULL, 'hash', 1, 1, 0, 1, 1, 0);"
            "INSERT INTO members SELECT room, 7, 0 FROM rooms;"
            "UPDATE rooms SET head = 1, last_ordinal = 1, members = 1;"
            "INSERT INTO messages SELECT room, 1, 1, 1, 7, 5, 1, 1000, 'said before' FROM rooms;"
            "INSERT INTO events SELECT room, 1, 1, 1, NULL FROM rooms;"
            "INSERT INTO accounts VALUES(8, 'bo', 'bo', 'Bo', NULL, 'hash', 0, 2, 0, 2, 1, 0);"
            "INSERT INTO members SELECT room, 8, 0 FROM rooms;"
            "UPDATE rooms SET head = 3, last_ordinal = 3, members = 2;"
            "INSERT INTO messages SELECT room, 2, 2, 2, 7, 5, 2, 1000, 'is it <@8>?' FROM rooms;"
            "INSERT INTO events SELECT room, 2, 1, 2, NULL FROM rooms;"
            "INSERT INTO messages SELECT room, 3, 3, 3, 7, 5, 3, 1000, 'no `<@8>`' FROM rooms;"
            "INSERT INTO events SELECT room, 3, 1, 3, NULL FROM rooms;");
        ASSERT_EQ(schema_of(third), 3);
    }
    const auto opened = SqliteBackend::open(directory.path());
    ASSERT_TRUE(opened) << opened.error();
    EXPECT_EQ(schema_of(open_database(file, Access::read)), newest_schema());
    const auto reader = (*opened)->open_reader().value();
    const auto room = reader->person(UserId(7))->value().rooms.at(0).id;
    const auto said = [&] { return reader->history(room, HistoryDirection::after, {}, 1)->messages.at(0); };
    EXPECT_EQ(reader->person(UserId(8))->value().rooms.at(0).mentions, Mentioning{Ordinal(2)})
        << "as it was said before";
    EXPECT_EQ(said(), (Message{Ordinal(1), Sequence(1), Sequence(1), UserId(7), Timestamp{1'000},
                               MessageText::cut("said before")}));
    const auto writer = (*opened)->open_writer().value();
    store::Effects effects;
    ASSERT_TRUE(writer->begin());
    const store::Operation operation{UserId(7), {OutboxId(5), 9}, 2};
    EXPECT_TRUE(writer->apply(store::EditText{operation, room, Ordinal(1), MessageText::cut("said now"), kNow}, effects)
                    ->done());
    ASSERT_TRUE(writer->commit());
    EXPECT_EQ(said().text.view(), "said now");
}

// Whoever made a room owns it; the first one, which nobody made, is the server's owner's.
TEST_F(DatabaseFile, TheRoomsOfTheFourthSchemaGetTheirOwners) {
    const RoomId garden(77);
    {
        const auto fourth = SqliteBackend::open(directory.path()).value();
        const auto writer = fourth->open_writer().value();
        store::Effects effects;
        ASSERT_TRUE(writer->begin());
        for (const auto& [user, name] : {std::pair(UserId(~7ull), "ana"), {UserId(8), "bo"}}) {
            const store::RegisterAccount account{
                {OutboxId(user.value()), 1}, user, AccountName::cut(name), "hash", true, kNow};
            ASSERT_TRUE(writer->apply(account, effects)->done());
        }
        const store::Operation operation{UserId(8), {OutboxId(5), 2}, 2};
        const store::CreateRoom room{operation, garden, RoomName::cut("garden"), kNow};
        ASSERT_TRUE(writer->apply(room, effects)->done());
        ASSERT_TRUE(writer->commit());
    }
    {
        Database fourth(file, SQLITE_OPEN_READWRITE);
        fourth.run(kSinceTheFourth);
        fourth.run("PRAGMA user_version = 4");
    }
    const auto opened = SqliteBackend::open(directory.path());
    ASSERT_TRUE(opened) << opened.error();
    EXPECT_EQ(schema_of(open_database(file, Access::read)), newest_schema());
    const auto reader = (*opened)->open_reader().value();
    EXPECT_EQ(reader->room(garden)->value().owner, UserId(8));
    EXPECT_EQ(reader->room(garden)->value().settings.access, RoomAccess::open);
    const auto general = reader->directory({}, 10)->rooms.at(1);
    EXPECT_EQ(general.name.view(), "general");
    EXPECT_EQ(reader->room(general.id)->value().owner, UserId(~7ull));
}

// Neither the words that it had nor those that an edit gave it.
TEST_F(DatabaseFile, NothingIsLeftOfTheWordsOfADeletedMessage) {
    const std::string first = "the first secret words";
    const std::string second = "the second secret words, a little longer";
    OpenStore store;
    const auto ana = store.register_person("ana");
    const auto room = store.create_room(ana, "garden");
    for (int i = 0; i < 50; ++i) store.post(ana, room, "a message before");
    store.post(ana, room, first);
    for (int i = 0; i < 50; ++i) store.post(ana, room, "a message behind");
    const Ordinal secret(51);
    store.apply(store::EditText{store.operation(ana), room, secret, MessageText::cut(second), kNow});
    const auto path = store.directory.path();
    store.apply(store::DeleteMessage{store.operation(ana), room, secret, kNow});
    store.close();
    const auto bytes = bytes_of(path / "parley.db");
    EXPECT_GT(bytes.size(), 4'096u);
    EXPECT_EQ(bytes.find("secret words"), std::string::npos);
    EXPECT_FALSE(fs::exists(path / "parley.db-wal")) << "what is not looked at";
}

// As a kill leaves it: its last changes stand in the log alone.
TEST_F(DatabaseFile, WhatTheLogOfAnEarlierSchemaHoldsIsTakenAlong) {
    make_first_schema();
    support::TemporaryDirectory running;
    const auto live = running.path() / "parley.db";
    fs::copy_file(file, live);
    Database first(live, SQLITE_OPEN_READWRITE);
    first.run("PRAGMA journal_mode = WAL; UPDATE messages SET text = 'changed last' WHERE room = 103 AND ordinal = 1");
    const auto before = first.text("SELECT group_concat(room || ordinal || text) FROM messages");
    ASSERT_THAT(before, HasSubstr("changed last"));
    for (const char* name : {"parley.db", "parley.db-wal"})
        fs::copy_file(running.path() / name, directory.path() / name, fs::copy_options::overwrite_existing);
    ASSERT_TRUE(SqliteBackend::open(directory.path()));
    EXPECT_EQ(Database(file, SQLITE_OPEN_READONLY).text("SELECT group_concat(room || ordinal || text) FROM messages"),
              before);
}

// The copy is cut off by a limit on the size of files, as by a disk that is full.
TEST_F(DatabaseFile, AnEarlierSchemaStaysAsItIsWhereItsCopyFindsNoRoom) {
    make_first_schema();
    const auto before = bytes_of(file);
    const auto ignored_before = std::signal(SIGXFSZ, SIG_IGN);
    rlimit limit{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &limit), 0);
    const rlimit low{before.size() / 2, limit.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &low), 0);
    const auto refused = SqliteBackend::open(directory.path());
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &limit), 0);
    std::signal(SIGXFSZ, ignored_before);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error(), AllOf(HasSubstr(file.string()), HasSubstr("It is as it was before")));
    EXPECT_TRUE(bytes_of(file) == before);
    EXPECT_FALSE(fs::exists(directory.path() / "parley.db.new")) << "it would keep the room taken";
    EXPECT_TRUE(SqliteBackend::open(directory.path())) << "with room again";
}

TEST_F(DatabaseFile, ANewerSchemaIsRefused) {
    make_database();
    { Database(file, SQLITE_OPEN_READWRITE).run("PRAGMA user_version = 1000"); }
    expect_refused("has schema 1000");
}

TEST_F(DatabaseFile, AnotherProgramsDatabaseIsRefused) {
    { Database(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE).run("CREATE TABLE bookmarks(url TEXT)"); }
    expect_refused("another program");
}

TEST_F(DatabaseFile, WhatIsNoDatabaseIsRefused) {
    write_bytes(file, std::string(5'000, 'x'));
    expect_refused("not a database");
    write_bytes(file, "SQLite format 3");
    expect_refused("not a database");
    write_bytes(file, "");
    expect_refused("empty");
}

TEST_F(DatabaseFile, ACutTailIsRefused) {
    make_database();
    const auto whole = bytes_of(file);
    for (const std::size_t keep :
         {whole.size() - 1, whole.size() - 4'096, whole.size() / 2, std::size_t{4'096}, std::size_t{200}}) {
        write_bytes(file, whole.substr(0, keep));
        expect_refused("cannot be used");
    }
}

TEST_F(DatabaseFile, AZeroedPageIsRefused) {
    make_database();
    const auto whole = bytes_of(file);
    const auto pages = whole.size() / 4'096;
    ASSERT_GT(pages, 10u);
    for (std::size_t page = 0; page < pages; page += 3) {
        auto damaged = whole;
        std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(page * 4'096), 4'096, '\0');
        write_bytes(file, damaged);
        expect_refused("cannot be used");
    }
}

TEST_F(DatabaseFile, ALogWithoutItsDatabaseIsRefused) {
    write_bytes(directory.path() / "parley.db-wal", "log");
    const auto opened = SqliteBackend::open(directory.path());
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error(), HasSubstr("it is missing"));
    EXPECT_FALSE(fs::exists(file));
}

TEST_F(DatabaseFile, AnUnfinishedFirstStartIsStartedAnew) {
    write_bytes(directory.path() / "parley.db.new", "half of a database");
    write_bytes(directory.path() / "parley.db.new-journal", "and its journal");
    ASSERT_TRUE(SqliteBackend::open(directory.path()));
    EXPECT_FALSE(fs::exists(directory.path() / "parley.db.new"));
    EXPECT_FALSE(fs::exists(directory.path() / "parley.db.new-journal"));
}

TEST_F(DatabaseFile, ADirectoryThatIsNotThereIsAnError) {
    const auto opened = SqliteBackend::open(directory.path() / "nowhere");
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error(), HasSubstr("cannot be made"));
}

// A step that fails, or a crash in it, leaves the schema before it.
TEST_F(DatabaseFile, AMigrationIsWholeOrNotThere) {
    make_database();
    auto database = open_database(file, Access::write);
    const Step good = [](Database& at) { at.run("CREATE TABLE added(number INTEGER)"); };
    const Step bad = [](Database& at) {
        at.run("CREATE TABLE half(number INTEGER)");
        at.run("CREATE TABLE added(number INTEGER)");
    };
    std::vector<Step> steps(schema_steps().begin(), schema_steps().end());
    steps.insert(steps.end(), {good, bad});
    EXPECT_THROW(migrate(database, steps), DatabaseError);
    EXPECT_EQ(schema_of(database), newest_schema() + 1);
    EXPECT_EQ(database.integer("SELECT count(*) FROM sqlite_schema WHERE name IN ('added', 'half')"), 1);
    EXPECT_FALSE(database.in_transaction());
}

}  // namespace
}  // namespace parley::sqlite
