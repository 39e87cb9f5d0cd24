// What the checksums of pages cost: the same work on a database with them and on one without, in turn, several times,
// in one process. What counts is the ratio of CPU time (of the process, the system's part included), since times depend
// on the machine. Nothing is synced: a disk that is waited for would hide the cost. Fails above the ratios below.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>
#include <vector>

#include "sqlite/checked_pages.hpp"
#include "sqlite/schema.hpp"
#include "sqlite/sqlite_backend.hpp"
#include "support/temporary_directory.hpp"

namespace parley::sqlite {
namespace {

constexpr int kRounds = 7;
constexpr int kBatch = 50;
constexpr int kBatches = 400;
constexpr int kPages = 4'000;
constexpr double kMostWriting = 1.25;
constexpr double kMostReading = 1.25;

double cpu_seconds() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void make_all_but_checksums(Database& database) {
    const auto steps = schema_steps();
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (i != kSchemaWithChecksums - 1) steps[i](database);
}

// A database of the tables that messages take, with or without checksums.
class Place {
  public:
    explicit Place(bool checked) : database_(make(checked)) {
        database_.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA secure_delete = ON");
        if (has_checksums(database_.handle()) != checked) throw std::runtime_error("not the database that was meant");
    }
    void write() {
        Statement message(database_,
                          "INSERT INTO messages(room, ordinal, sequence, revision, author, outbox, number, time, text) "
                          "VALUES(1, ?1, ?1, ?1, 7, 9, ?1, 1700000000000, ?2)");
        Statement event(database_, "INSERT INTO events(room, sequence, kind, ordinal) VALUES(1, ?1, 1, ?1)");
        const std::string text(120, 'x');
        for (int batch = 0; batch < kBatches; ++batch) {
            database_.run("BEGIN IMMEDIATE");
            for (int i = 0; i < kBatch; ++i) {
                ++written_;
                message.run(written_, text);
                event.run(written_);
            }
            database_.run("COMMIT");
        }
    }
    // Pages of history all over the room; nearly each is read from the file.
    void read() {
        Statement history(database_,
                          "SELECT text FROM messages WHERE room = 1 AND ordinal <= ?1 ORDER BY ordinal DESC LIMIT 50");
        std::mt19937_64 chance(3);
        for (int page = 0; page < kPages; ++page) {
            auto rows = history(static_cast<std::int64_t>(chance() % static_cast<std::uint64_t>(written_)) + 1);
            while (rows.next()) read_ += rows.text(0).size();
        }
    }
    void carry_over() { database_.run("PRAGMA wal_checkpoint(TRUNCATE)"); }

  private:
    Database make(bool checked) {
        const auto file = directory_.path() / "parley.db";
        if (checked) {
            if (const auto made = SqliteBackend::open(directory_.path()); !made) throw std::runtime_error(made.error());
        } else {
            Database plain(file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
            const Step all_but_checksums = make_all_but_checksums;  // as the first schema, which had none
            migrate(plain, {&all_but_checksums, 1});
        }
        return {file, SQLITE_OPEN_READWRITE};
    }
    support::TemporaryDirectory directory_;
    Database database_;
    std::int64_t written_ = 0;
    std::size_t read_ = 0;
};

double seconds_of(Place& place, void (Place::*work)()) {
    const auto before = cpu_seconds();
    (place.*work)();
    return cpu_seconds() - before;
}

// The median of the rounds' ratios.
double ratio_of(Place& checked, Place& plain, void (Place::*work)()) {
    std::vector<double> ratios;
    for (int round = 0; round < kRounds; ++round) {
        const bool first = round % 2 == 0;
        const auto one = seconds_of(first ? checked : plain, work);
        const auto other = seconds_of(first ? plain : checked, work);
        ratios.push_back(first ? one / other : other / one);
    }
    std::sort(ratios.begin(), ratios.end());
    return ratios[kRounds / 2];
}

int run() {
    Place checked(true);
    Place plain(false);
    const auto writing = ratio_of(checked, plain, &Place::write);
    checked.carry_over();
    plain.carry_over();
    const auto reading = ratio_of(checked, plain, &Place::read);
    std::printf("CPU with checksums to without: writing %.3f (at most %.2f), reading %.3f (at most %.2f)\n", writing,
                kMostWriting, reading, kMostReading);
    return writing <= kMostWriting && reading <= kMostReading ? 0 : 1;
}

}  // namespace
}  // namespace parley::sqlite

int main() {
    return parley::sqlite::run();
}
