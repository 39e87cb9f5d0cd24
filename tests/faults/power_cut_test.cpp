// F3: the power goes while everybody talks. Nothing acknowledged may be missing from what the disk can hold then.
#include <csignal>

#include <algorithm>
#include <fstream>
#include <unordered_set>

#include "audit/stored_history.hpp"
#include "faults/disk/power_cut.hpp"
#include "faults/fault_test.hpp"
#include "sqlite/sqlite_backend.hpp"

namespace parley::faults {
namespace {

using support::TemporaryDirectory;

class F3 : public FaultTest {
  protected:
    // Talks on a disk that is recorded, from the first file on.
    void record(std::uint64_t messages) {
        disk = std::make_unique<FaultyDisk>(data(), directory.path() / "switch", std::uint64_t{2} << 30);
        environment = disk->environment();
        serve();
        Talkers::Load load;
        load.writers = load.readers = in_form(8u, 50u);
        load.under_way = 1;
        auto& all = gather(load);
        all.talk(true);
        ASSERT_TRUE(all.until_acknowledged(messages));
        EXPECT_EQ(server->end(SIGKILL), -SIGKILL);
        ASSERT_LT((*disk)->recorded + (1 << 20), (*disk)->record_room) << "the record is cut off";
        cut.emplace(disk->record());
        told = cut->told();
        ASSERT_GE(told.size(), messages);
    }
    // What is wrong with the state in this folder, or nothing.
    std::string fault_of(const std::filesystem::path& state, std::size_t at) const {
        const auto told_end = std::lower_bound(told.begin(), told.end(), at,
                                               [](const auto& one, auto entry) { return one.entry < entry; });
        if (!std::filesystem::exists(state / "parley.db"))
            return told_end == told.begin() ? "" : "there is no database, but answers were given";
        if (const auto opened = sqlite::SqliteBackend::open(state); !opened) return opened.error();
        if (const auto found = integrity_of(state); found != "ok") return found;
        audit::Verdict verdict;
        const auto stored = audit::StoredHistory::read(state, verdict);
        if (!stored) return stored.error();
        if (!verdict.is_clean()) return "holes or disagreement in the tables";
        std::unordered_set<OpId> there;
        for (const auto& room : stored->rooms)
            for (const auto& message : room.messages)
                if (!there.insert(message.op).second) return "a message is there twice";
        const auto lost =
            std::count_if(told.begin(), told_end, [&](const auto& one) { return !there.contains(one.op); });
        return lost == 0 ? "" : std::to_string(lost) + " messages that were told of are not there";
    }

    std::unique_ptr<FaultyDisk> disk;
    std::optional<PowerCut> cut;
    std::vector<PowerCut::Told> told;
};

TEST_F(F3, NothingToldIsLostWhereverThePowerGoes) {
    ASSERT_NO_FATAL_FAILURE(record(in_form(600u, 6'000u)));
    const auto cuts = in_form(40, 500);
    const auto places = cut->places();
    std::mt19937_64 chance(3);
    int states = 0;
    int bad = 0;
    int started = 0;
    std::size_t most_told = 0;
    for (int i = 0; i < cuts; ++i) {
        const auto at = places[chance() % places.size()];
        for (const auto unsynced : {Unsynced::none, Unsynced::all, Unsynced::some, Unsynced::some}) {
            TemporaryDirectory state(TemporaryDirectory::Where::memory);
            cut->rebuild(at, unsynced, chance, state.path());
            const auto fault = fault_of(state.path(), at);
            EXPECT_EQ(fault, "") << "cut before entry " << at << " of " << places.back() << ", way "
                                 << static_cast<int>(unsynced);
            bad += fault.empty() ? 0 : 1;
            ++states;
            if (unsynced != Unsynced::some || i % (cuts / 20) != 0 || started > i / (cuts / 20)) continue;
            ++started;
            auto how = start();
            how.data = state.path();
            how.port = 0;
            how.environment.clear();
            served::ServerProcess again(how);
            EXPECT_EQ(again.end(SIGTERM), 0);
        }
        most_told =
            std::max(most_told, static_cast<std::size_t>(std::count_if(
                                    told.begin(), told.end(), [&](const auto& one) { return one.entry < at; })));
    }
    EXPECT_GT(most_told, 0u) << "nothing was told before any cut";
    at_least("F3", "states after " + std::to_string(cuts) + " cuts", states, cuts * 4, "states");
    at_most("F3", "bad states, or with something acknowledged lost", bad, 0, "states");
    at_least("F3", "server started from sampled states", started, 20, "starts");
}

// The rebuilding is itself tested: it must lose what a disk would lose.
TEST(PowerCutTest, DropsWhatWasNotSyncedAndKeepsWhatWas) {
    const auto entry = [](DiskAct act, std::uint32_t file, std::uint64_t offset, std::string_view text = {}) {
        return FaultyDisk::Recorded{{act, file, offset, text.size()}, {text.data(), text.size()}};
    };
    const PowerCut cut({entry(DiskAct::create, 1, 0, "/d/a"), entry(DiskAct::write, 1, 0, "one"),
                        entry(DiskAct::sync_begins, 1, 0), entry(DiskAct::write, 1, 3, "two"),
                        entry(DiskAct::synced, 1, 0), entry(DiskAct::rename, 0, 0, {"/d/a\0/d/b", 9})});
    const auto content = [&](std::size_t at, Unsynced unsynced, const char* name) {
        TemporaryDirectory folder;
        std::mt19937_64 chance(1);
        cut.rebuild(at, unsynced, chance, folder.path());
        std::ifstream stream(folder.path() / name);
        return stream ? std::string(std::istreambuf_iterator<char>(stream), {}) : "-";
    };
    EXPECT_EQ(content(4, Unsynced::none, "a"), "-") << "not even its name is durable";
    EXPECT_EQ(content(4, Unsynced::all, "a"), "onetwo");
    EXPECT_EQ(content(5, Unsynced::none, "a"), "one") << "what came after the sync began is not";
    EXPECT_EQ(content(6, Unsynced::none, "b"), "-");
    EXPECT_EQ(content(6, Unsynced::none, "a"), "one");
    EXPECT_EQ(content(6, Unsynced::all, "b"), "onetwo");
    EXPECT_EQ(content(6, Unsynced::all, "a"), "-");
}

}  // namespace
}  // namespace parley::faults
