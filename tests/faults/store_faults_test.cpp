// F19, F20: the database is damaged, of an earlier schema, of a later one; the start is killed at any moment.
#include <csignal>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>

#include "faults/fault_test.hpp"
#include "faults/raw_talker.hpp"
#include "sqlite/database.hpp"
#include "sqlite/schema.hpp"

namespace parley::faults {
namespace {

namespace fs = std::filesystem;
using support::TemporaryDirectory;

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}
void save(const fs::path& file, const std::string& bytes) {
    std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

// Every message with all of its columns, by room and ordinal.
using Rows = std::map<std::string, std::string>;
Rows rows_of(const fs::path& data) {
    sqlite::Database database(data / "parley.db", SQLITE_OPEN_READONLY);
    sqlite::Statement select(database,
                             "SELECT room || '/' || ordinal, sequence || ' ' || revision || ' ' || author || ' ' || "
                             "outbox || ' ' || number || ' ' || time || ' ' || text FROM messages");
    Rows rows;
    auto found = select();
    while (found.next()) rows.emplace(found.text(0), found.text(1));
    return rows;
}

struct Ended {
    int code = 0;
    std::string said;
};

class StoreFault : public FaultTest {
  protected:
    // Starts on this data and is ended at once; nothing: it listened.
    std::optional<Ended> refusal_on(const fs::path& at) {
        auto how = start();
        how.data = at;
        how.port = 0;
        how.errors = at / "said";
        how.waits = false;
        served::ServerProcess started(how);
        const bool listens = started.wait_until_it_listens();
        const int code = started.end(listens ? SIGKILL : 0);
        if (listens) return std::nullopt;
        return Ended{code, bytes_of(how.errors)};
    }
};

class F19 : public StoreFault {
  protected:
    // A database and a write-ahead log that both hold something, as a kill leaves them.
    void make_original() {
        fill(in_form(3'000u, 20'000u));
        serve();
        auto& all = gather({.writers = 10, .readers = 1, .rooms = 2});
        all.talk(true);
        ASSERT_TRUE(all.until_acknowledged(500));
        EXPECT_EQ(server->end(SIGKILL), -SIGKILL);
        database = bytes_of(data() / "parley.db");
        log = bytes_of(data() / "parley.db-wal");
        ASSERT_GT(log.size(), 4'096u);
        TemporaryDirectory copy;
        write_to(copy.path(), database, log);
        rows = rows_of(copy.path());
        page = static_cast<std::size_t>(static_cast<unsigned char>(database[16])) << 8 |
               static_cast<unsigned char>(database[17]);
    }
    static void write_to(const fs::path& folder, const std::string& database, const std::string& log) {
        save(folder / "parley.db", database);
        save(folder / "parley.db-wal", log);
    }
    struct Damage {
        std::string name;
        std::string database;
        std::string log;
    };
    Damage draw(std::mt19937& chance) const {
        Damage damage{"", database, log};
        const auto in_database = chance() % database.size();
        const auto in_log = chance() % log.size();
        switch (chance() % 5) {
            case 0:
                damage.name = "byte " + std::to_string(in_database) + " of the database flipped";
                damage.database[in_database] = static_cast<char>(damage.database[in_database] ^ (1 << chance() % 8));
                break;
            case 1:
                damage.name = "database cut at " + std::to_string(in_database);
                damage.database.resize(in_database);
                break;
            case 2:
                damage.name = "log cut at " + std::to_string(in_log);
                damage.log.resize(in_log);
                break;
            case 3:
                damage.name = "byte " + std::to_string(in_log) + " of the log flipped";
                damage.log[in_log] = static_cast<char>(damage.log[in_log] ^ (1 << chance() % 8));
                break;
            default: {
                const auto first = in_database / page * page;
                damage.name = "page at " + std::to_string(first) + " zeroed";
                std::fill_n(damage.database.begin() + static_cast<std::ptrdiff_t>(first), page, '\0');
            }
        }
        return damage;
    }
    std::string database;
    std::string log;
    std::size_t page = 4'096;
    Rows rows;
};

TEST_F(F19, DamageIsRefusedInWordsOrDoesNotShow) {
    ASSERT_NO_FATAL_FAILURE(make_original());
    const auto copies = in_form(25, 200);
    std::mt19937 chance(19);
    int refused = 0;
    int whole = 0;
    int shorter = 0;
    int wrong = 0;
    for (int i = 0; i < copies; ++i) {
        const auto damage = draw(chance);
        SCOPED_TRACE(damage.name);
        TemporaryDirectory copy;
        write_to(copy.path(), damage.database, damage.log);
        if (const auto refusal = refusal_on(copy.path())) {
            ++refused;
            EXPECT_GT(refusal->code, 0) << "a refusal is an exit code, not a crash";
            EXPECT_LE(std::count(refusal->said.begin(), refusal->said.end(), '\n'), 5) << refusal->said;
            EXPECT_NE(refusal->said.find("parley.db"), std::string::npos) << refusal->said;
            EXPECT_NE(refusal->said.find("Way back"), std::string::npos) << refusal->said;
            EXPECT_EQ(bytes_of(copy.path() / "parley.db"), damage.database) << "it was overwritten";
            EXPECT_EQ(bytes_of(copy.path() / "parley.db-wal"), damage.log) << "it was overwritten";
            continue;
        }
        // It serves: what is there must be what was there. The end may be missing: a log that is cut cannot be told
        // from one that was never longer.
        const auto now = rows_of(copy.path());
        const auto differs = std::count_if(now.begin(), now.end(), [&](const auto& row) {
            const auto was = rows.find(row.first);
            return was == rows.end() || was->second != row.second;
        });
        EXPECT_EQ(differs, 0);
        if (differs != 0) {
            ++wrong;
        } else if (now.size() < rows.size()) {
            ++shorter;
            EXPECT_NE(damage.log, log) << "messages are missing though the log is whole";
        } else {
            ++whole;
        }
    }
    at_least("F19", "copies refused in words, not overwritten", refused, 1, "copies");
    at_least("F19", "copies served whole", whole, 0, "copies");
    at_least("F19", "copies served without the end of a cut log", shorter, 0, "copies");
    at_most("F19", "copies served with wrong rows", wrong, 0, "copies");
}

// Damaged after the start: what is on the page is refused, all else goes on, and the log and /readyz say so.
TEST_F(F19, DamageWhileTheServerRunsIsRefusedAndTold) {
    fill(3'000);
    serve();
    const auto file = data() / "parley.db";
    const auto at = bytes_of(file).find("number 1500");
    ASSERT_NE(at, std::string::npos);
    {
        std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
        stream.seekp(static_cast<std::streamoff>(at));
        stream << 'N';
    }
    EXPECT_EQ(status_of("/readyz"), 200u);
    RawTalker ana(port, "ana");
    ana.say(LoadHistory{1, ana.general(), HistoryDirection::before, Ordinal(1'501), 10});
    const auto refused = ana.hear<Refused>();
    EXPECT_EQ(refused.reason, Refusal::storage_failing);
    EXPECT_EQ(status_of("/readyz"), 503u);
    ana.say(LoadHistory{2, ana.general(), HistoryDirection::before, Ordinal(500), 10});
    EXPECT_EQ(ana.hear<History>([](const History& history) { return history.request == 2; }).messages.size(), 10u);
    const auto op = ana.next_op();
    ana.say(PostText{op, ana.general(), MessageText::cut("what is whole goes on")});
    EXPECT_GT(ana.hear<Done>([&](const Done& done) { return done.op == op; }).ordinal, Ordinal(3'000));
    EXPECT_EQ(server->end(SIGTERM), 0);
    const auto said = bytes_of(directory.path() / "errors");
    const auto damaged_page = "page " + std::to_string(at / page + 1) + " ";
    EXPECT_NE(said.find("store_damaged"), std::string::npos) << said;
    EXPECT_NE(said.find(damaged_page + "of " + file.string()), std::string::npos) << said;
    EXPECT_NE(said.find("way_back"), std::string::npos) << said;
    const auto refusal = refusal_on(data());
    ASSERT_TRUE(refusal) << "it starts on a damaged database";
    EXPECT_NE(refusal->said.find(damaged_page), std::string::npos) << refusal->said;
}

class F20 : public StoreFault {
  protected:
    static void make_first_schema(const fs::path& folder) {
        sqlite::Database first(folder / "parley.db", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        first.run(bytes_of(FIRST_SCHEMA).c_str());
        // Some more, so that a step takes its time.
        first.run(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
            "INSERT INTO outboxes(user, outbox, confirmed_through, unconfirmed) SELECT 101, 1000 + i, i, i % 3 FROM n");
    }
    void kill_while_it_starts(const fs::path& at, std::chrono::microseconds after) {
        auto how = start();
        how.data = at;
        how.port = 0;
        how.waits = false;
        served::ServerProcess started(how);
        const auto until = std::chrono::steady_clock::now() + after;
        while (std::chrono::steady_clock::now() < until) {
        }
        started.end(SIGKILL);
    }
};

TEST_F(F20, AnEarlierSchemaIsTakenUpHoweverOftenTheStartIsKilled) {
    const auto rounds = in_form(15, 100);
    std::mt19937 chance(20);
    int taken_up = 0;
    int old_after_kill = 0;
    int new_after_kill = 0;
    for (int round = 0; round < rounds; ++round) {
        TemporaryDirectory at;
        make_first_schema(at.path());
        const auto before = rows_of(at.path());
        for (int kills = 0; kills < 2; ++kills)
            kill_while_it_starts(at.path(), std::chrono::microseconds(chance() % 40'000));
        const auto schema = sqlite::schema_of(sqlite::Database(at.path() / "parley.db", SQLITE_OPEN_READWRITE));
        ++(schema == 1 ? old_after_kill : new_after_kill);
        EXPECT_TRUE(schema == 1 || schema == sqlite::newest_schema()) << schema;
        const auto refusal = refusal_on(at.path());
        EXPECT_FALSE(refusal) << (refusal ? refusal->said : "");
        EXPECT_EQ(integrity_of(at.path()), "ok");
        sqlite::Database now(at.path() / "parley.db", SQLITE_OPEN_READWRITE);
        const bool whole = sqlite::schema_of(now) == sqlite::newest_schema() && rows_of(at.path()) == before &&
                           now.integer("SELECT count(*) FROM outboxes") >= 5'000 &&
                           !fs::exists(at.path() / "parley.db.new");
        EXPECT_TRUE(whole);
        taken_up += whole ? 1 : 0;
    }
    at_least("F20",
             "earlier schemas taken up after kills (" + std::to_string(old_after_kill) + " old, " +
                 std::to_string(new_after_kill) + " new after them)",
             taken_up, rounds, "databases");
}

TEST_F(F20, AFreshStartIsKilledAtAnyMoment) {
    const auto rounds = in_form(10, 100);
    std::mt19937 chance(21);
    int ready = 0;
    for (int round = 0; round < rounds; ++round) {
        TemporaryDirectory at;
        kill_while_it_starts(at.path(), std::chrono::microseconds(chance() % 40'000));
        const auto refusal = refusal_on(at.path());
        EXPECT_FALSE(refusal) << (refusal ? refusal->said : "");
        EXPECT_EQ(integrity_of(at.path()), "ok");
        ready += refusal ? 0 : 1;
    }
    at_least("F20", "fresh directories ready after a kill of the first start", ready, rounds, "directories");
}

TEST_F(F20, ALaterSchemaIsRefused) {
    TemporaryDirectory at;
    make_first_schema(at.path());
    sqlite::Database(at.path() / "parley.db", SQLITE_OPEN_READWRITE)
        .run(("PRAGMA user_version = " + std::to_string(sqlite::newest_schema() + 1)).c_str());
    const auto before = bytes_of(at.path() / "parley.db");
    const auto refusal = refusal_on(at.path());
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->code, 1);
    EXPECT_NE(refusal->said.find("newer server"), std::string::npos) << refusal->said;
    EXPECT_EQ(bytes_of(at.path() / "parley.db"), before);
}

}  // namespace
}  // namespace parley::faults
