// A byte of the database is another one than was written: it is found when its page is read, whatever page and byte it
// is, and never served.
#include "sqlite/checked_pages.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

#include "open_store.hpp"
#include "sqlite/database_file.hpp"
#include "sqlite/page_checksum.hpp"
#include "sqlite/schema.hpp"

namespace parley::sqlite {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr std::size_t kPage = 4'096;

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}
void write_bytes(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}
// In the file as it is, as another program would.
void overwrite(const fs::path& file, std::size_t offset, const std::string& bytes) {
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekp(static_cast<std::streamoff>(offset));
    stream << bytes;
}

class CheckedPages : public testing::Test {
  protected:
    // Some tables of several pages, long texts on overflow pages, no log beside it.
    void SetUp() override {
        OpenStore store;
        const auto ana = store.register_person("ana");
        const auto room = store.create_room(ana, "garden");
        const auto post = [&](const std::string& text) {
            store::Effects effects;
            const store::AppendMessage change{store.operation(ana), room, MessageText::cut(text), kNow};
            ASSERT_TRUE(store.writer->apply(change, effects)->done());
        };
        ASSERT_TRUE(store.writer->begin());
        for (int i = 0; i < 200; ++i) post("a message of some length, number " + std::to_string(i));
        for (int i = 0; i < 3; ++i) post(std::string(9'000, static_cast<char>('a' + i)));
        ASSERT_TRUE(store.writer->commit());
        store.close();
        whole = bytes_of(store.directory.path() / "parley.db");
        write_bytes(file, whole);
        ASSERT_EQ(whole.size() % kPage, 0u);
        ASSERT_GT(whole.size() / kPage, 20u);
    }
    // Everything that is in use, read through the layer: what SQLite says.
    std::string reading() {
        try {
            return Database(file, SQLITE_OPEN_READONLY).text("PRAGMA quick_check(1)");
        } catch (const DatabaseError& error) {
            return error.what();
        }
    }
    void expect_found(const std::string& damaged) {
        write_bytes(file, damaged);
        EXPECT_NE(reading(), "ok");
        const auto opened = SqliteBackend::open(directory.path());
        ASSERT_FALSE(opened);
        EXPECT_THAT(opened.error(), testing::AllOf(HasSubstr(file.string()), HasSubstr("Way back")));
        EXPECT_LE(std::count(opened.error().begin(), opened.error().end(), '\n'), 4) << opened.error();
        EXPECT_TRUE(bytes_of(file) == damaged) << "it was overwritten";
    }
    [[nodiscard]] std::size_t pages() const { return whole.size() / kPage; }

    support::TemporaryDirectory directory;
    fs::path file = directory.path() / "parley.db";
    std::string whole;
};

TEST_F(CheckedPages, ADatabaseIsMadeWithThem) {
    EXPECT_EQ(whole[20], static_cast<char>(kPageChecksumBytes));
    for (std::size_t i = 0; i < pages(); ++i) {
        const auto page = std::as_bytes(std::span(whole)).subspan(i * kPage, kPage);
        EXPECT_TRUE(checksum_fits(page, static_cast<std::uint32_t>(i + 1))) << "page " << i + 1;
    }
    EXPECT_EQ(reading(), "ok");
}

// Header, cell pointers, free space, cells, checksum, of the first page, of each kind of page after it, of the last.
TEST_F(CheckedPages, AFlippedByteIsFound) {
    for (std::size_t page = 0; page < pages(); page += page == 0 ? 1 : 5) {
        for (const std::size_t at : {std::size_t{0}, std::size_t{9}, std::size_t{20}, std::size_t{63}, std::size_t{108},
                                     std::size_t{1'500}, kPage - 200, kPage - 8, kPage - 1}) {
            SCOPED_TRACE("page " + std::to_string(page + 1) + ", byte " + std::to_string(at));
            auto damaged = whole;
            damaged[page * kPage + at] = static_cast<char>(damaged[page * kPage + at] ^ 4);
            expect_found(damaged);
        }
    }
}

TEST_F(CheckedPages, AByteOfAStoredTextIsFound) {
    const auto at = whole.find("number 77");
    ASSERT_NE(at, std::string::npos);
    auto damaged = whole;
    damaged[at] = 'N';
    expect_found(damaged);
    EXPECT_THAT(SqliteBackend::open(directory.path()).error(),
                HasSubstr("page " + std::to_string(at / kPage + 1) + " does not fit its checksum"));
}

TEST_F(CheckedPages, APageInThePlaceOfAnotherIsFound) {
    auto damaged = whole;
    std::swap_ranges(damaged.begin() + 5 * kPage, damaged.begin() + 6 * kPage, damaged.begin() + 9 * kPage);
    expect_found(damaged);
}

TEST_F(CheckedPages, AZeroedPieceIsFound) {
    const auto text = whole.find(std::string(3'000, 'b'));  // an overflow page: SQLite itself sees nothing in it
    ASSERT_NE(text, std::string::npos);
    const auto page = text / kPage * kPage;
    auto damaged = whole;
    std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(page + 512), 512, '\0');
    expect_found(damaged);
    std::fill_n(damaged.begin() + static_cast<std::ptrdiff_t>(page), kPage, '\0');
    expect_found(damaged);
}

// What says whether there are checksums is damaged itself, in either of its two places.
TEST_F(CheckedPages, ReservedBytesOrSchemaThatSayNoAreDamage) {
    auto damaged = whole;
    damaged[20] = '\0';
    expect_found(damaged);
    damaged = whole;
    damaged[63] = '\2';
    expect_found(damaged);
}

TEST_F(CheckedPages, DamageWhileItIsOpenIsRefusedAndTheRestIsServed) {
    auto backend = SqliteBackend::open(directory.path());
    ASSERT_TRUE(backend) << backend.error();
    const auto reader = (*backend)->open_reader().value();
    const auto at = whole.find(std::string(3'000, 'b'));
    overwrite(file, at + 1'000, "B");
    RoomId garden;
    const auto rooms = reader->directory({}, 10)->rooms;
    for (const auto& room : rooms)
        if (room.name.view() == "garden") garden = room.id;
    const auto refused = reader->history(garden, HistoryDirection::before, {}, 100);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(refused.error().damaged);
    EXPECT_THAT(refused.error().what, HasSubstr(file.string()));
    EXPECT_THAT(refused.error().what, HasSubstr("page " + std::to_string(at / kPage + 1)));
    const auto served = reader->history(garden, HistoryDirection::before, Ordinal(100), 50);
    ASSERT_TRUE(served) << served.error().what;
    EXPECT_EQ(served->messages.size(), 50u);
    const auto writer = (*backend)->open_writer().value();
    EXPECT_TRUE(writer->begin());
    EXPECT_TRUE(writer->commit());
}

TEST_F(CheckedPages, APageThatIsGoneWhileItIsOpenIsRefused) {
    Database database(file, SQLITE_OPEN_READONLY);
    ASSERT_GT(database.integer("SELECT count(*) FROM rooms"), 0);
    fs::resize_file(file, whole.size() - 10 * kPage);
    try {
        database.run(
            "SELECT sum(length(text)) FROM messages; SELECT sum(sequence) FROM events; SELECT * FROM sqlite_schema");
        ADD_FAILURE() << "it was served";
    } catch (const DatabaseError& error) {
        EXPECT_TRUE(error.is_damage()) << error.what();
    }
}

// What SQLite says by itself, without the layer: every row of the query, each followed by a space.
std::string plain_answer(const fs::path& file, int flags, const char* sql) {
    sqlite3* plain = nullptr;
    EXPECT_EQ(sqlite3_open_v2(file.c_str(), &plain, flags, "unix"), SQLITE_OK);
    std::string found;
    const auto keep = [](void* into, int, char** values, char**) {
        *static_cast<std::string*>(into) += std::string(values[0]) + " ";
        return 0;
    };
    EXPECT_EQ(sqlite3_exec(plain, sql, keep, &found, nullptr), SQLITE_OK) << sqlite3_errmsg(plain);
    sqlite3_close(plain);
    return found;
}

// Any program with SQLite reads it; one that writes would leave its own bytes where the checksums are.
TEST_F(CheckedPages, APlainSqliteReadsIt) {
    EXPECT_EQ(plain_answer(file, SQLITE_OPEN_READONLY, "SELECT count(*) FROM messages; PRAGMA integrity_check"),
              "203 ok ");
}

TEST_F(CheckedPages, ADatabaseOfBeforePassesUnchecked) {
    const auto old = directory.path() / "old.db";
    {
        Database first(old, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        first.run("CREATE TABLE notes(text TEXT); INSERT INTO notes VALUES(hex(zeroblob(5000)))");
        EXPECT_FALSE(has_checksums(first.handle()));
    }
    Database again(old, SQLITE_OPEN_READWRITE);
    EXPECT_FALSE(has_checksums(again.handle()));
    EXPECT_EQ(again.text("PRAGMA integrity_check"), "ok");
    EXPECT_EQ(again.integer("SELECT length(text) FROM notes"), 10'000);
}

// --- the log

class CheckedLogs : public CheckedPages {
  protected:
    void SetUp() override {
        CheckedPages::SetUp();
        database.emplace(open_database(file, Access::write));
        database->run("PRAGMA wal_autocheckpoint = 0");
    }
    // As a kill now would leave it.
    fs::path killed() {
        const auto folder = directory.path() / ("killed-" + std::to_string(++kills));
        fs::create_directory(folder);
        for (const char* name : {"parley.db", "parley.db-wal"}) fs::copy_file(directory.path() / name, folder / name);
        return folder / "parley.db";
    }
    void expect_whole(const fs::path& copy, const std::string& expected) {
        Database read(copy, SQLITE_OPEN_READWRITE);
        EXPECT_EQ(read.text(kContent), expected);
        EXPECT_EQ(read.text("PRAGMA integrity_check"), "ok");
    }
    static constexpr const char* kContent =
        "SELECT count(*) || ' ' || total(ordinal * length(text)) || ' ' || max(text) FROM messages";
    std::optional<Database> database;
    int kills = 0;
};

TEST_F(CheckedLogs, AByteThatIsAnotherIsFoundWhenItIsRead) {
    database->run("UPDATE messages SET text = 'written to the log ' || ordinal WHERE ordinal < 20");
    const auto log = directory.path() / "parley.db-wal";
    const auto at = bytes_of(log).find("to the log 7");
    ASSERT_NE(at, std::string::npos);
    overwrite(log, at, "T");
    Database reading(file, SQLITE_OPEN_READWRITE);
    try {
        ADD_FAILURE() << reading.text("SELECT group_concat(text) FROM messages WHERE ordinal < 20");
    } catch (const DatabaseError& error) {
        EXPECT_TRUE(error.is_damage());
        EXPECT_THAT(error.what(), HasSubstr("does not fit its checksum"));
    }
    EXPECT_THROW(reading.run("PRAGMA wal_checkpoint(TRUNCATE)"), DatabaseError) << "it may not get into the database";
}

// Transactions smaller than the cache, and larger ones, which write a page into the log more than once; rolled back in
// part and whole.
// A kill at any moment in between: SQLite alone takes from the log what was committed and carries it over, and what it
// leaves fits its checksums.
TEST_F(CheckedLogs, WhatIsCommittedSurvivesAKillAndACarryingOverByPlainSqlite) {
    std::mt19937 chance(11);
    const char* small_cache = "PRAGMA cache_size = 12; PRAGMA cache_spill = 12";
    const char* large_cache = "PRAGMA cache_size = 2000";
    for (int round = 0; round < 25; ++round) {
        const auto number = std::to_string(round);
        database->run(round % 3 == 0 ? small_cache : large_cache);
        database->run("BEGIN");
        for (int step = 0; step < 4; ++step) {
            database->run(("UPDATE messages SET text = 'r" + number + "-" + std::to_string(step) +
                           "' || hex(zeroblob(ordinal * 3)) WHERE ordinal % 7 = " + std::to_string(chance() % 7))
                              .c_str());
            database->run("SAVEPOINT here");
            database->run(("UPDATE messages SET text = 'gone' || hex(zeroblob(" + std::to_string(chance() % 2'000) +
                           ")) WHERE ordinal > " + std::to_string(chance() % 150))
                              .c_str());
            database->run(chance() % 2 == 0 ? "ROLLBACK TO here" : "RELEASE here");
        }
        const auto in_between = killed();
        database->run(chance() % 4 == 0 ? "ROLLBACK" : "COMMIT");
        const auto expected = database->text(kContent);
        const auto checked = killed();
        const auto plain = killed();
        SCOPED_TRACE(round);
        EXPECT_NO_THROW(Database(in_between, SQLITE_OPEN_READWRITE).text("PRAGMA integrity_check"));
        expect_whole(checked, expected);
        EXPECT_EQ(plain_answer(plain, SQLITE_OPEN_READWRITE, kContent), expected + " ");
        EXPECT_FALSE(fs::exists(plain.string() + "-wal")) << "it was not carried over";
        expect_whole(plain, expected);
        if (HasFailure()) break;
        if (round % 8 == 7) database->run("PRAGMA wal_checkpoint(RESTART)");
    }
}

}  // namespace
}  // namespace parley::sqlite
