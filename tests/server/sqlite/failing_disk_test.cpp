// Real SQLite on a disk that fails on command: a layer below it (a VFS) whose syncs or writes to the log give errors.
#include <atomic>
#include <cstring>

#include <sqlite3.h>

#include "open_store.hpp"

namespace parley::sqlite {
namespace {

using store::LastCommit;
using store::Status;

enum class Failing { nothing, next_sync, every_sync, writes_to_log };
std::atomic<Failing> failing = Failing::nothing;

// SQLite's own file behind a table of methods of ours; both lie in the one block that SQLite gives.
struct File {
    sqlite3_file base;
    const sqlite3_io_methods* real_methods;
    bool is_log;
};
sqlite3_vfs* real_vfs() {
    static sqlite3_vfs* vfs = sqlite3_vfs_find("unix");
    return vfs;
}
sqlite3_file* real_file(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + sizeof(File));
}

int failing_sync(sqlite3_file* file, int flags) {
    const auto how = failing.load();
    if (how == Failing::next_sync) failing = Failing::nothing;
    if (how == Failing::next_sync || how == Failing::every_sync) return SQLITE_IOERR_FSYNC;
    return real_file(file)->pMethods->xSync(real_file(file), flags);
}
int failing_write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    if (failing == Failing::writes_to_log && reinterpret_cast<File*>(file)->is_log) return SQLITE_FULL;
    return real_file(file)->pMethods->xWrite(real_file(file), data, size, offset);
}
template <auto Method>
struct Forward;
template <class... Arguments, int (*sqlite3_io_methods::*Method)(sqlite3_file*, Arguments...)>
struct Forward<Method> {
    static int call(sqlite3_file* file, Arguments... arguments) {
        auto* real = real_file(file);
        return (real->pMethods->*Method)(real, arguments...);
    }
};
void forward_barrier(sqlite3_file* file) {
    real_file(file)->pMethods->xShmBarrier(real_file(file));
}

const sqlite3_io_methods* our_methods() {
    using M = sqlite3_io_methods;
    static const sqlite3_io_methods methods{2,
                                            Forward<&M::xClose>::call,
                                            Forward<&M::xRead>::call,
                                            failing_write,
                                            Forward<&M::xTruncate>::call,
                                            failing_sync,
                                            Forward<&M::xFileSize>::call,
                                            Forward<&M::xLock>::call,
                                            Forward<&M::xUnlock>::call,
                                            Forward<&M::xCheckReservedLock>::call,
                                            Forward<&M::xFileControl>::call,
                                            Forward<&M::xSectorSize>::call,
                                            Forward<&M::xDeviceCharacteristics>::call,
                                            Forward<&M::xShmMap>::call,
                                            Forward<&M::xShmLock>::call,
                                            forward_barrier,
                                            Forward<&M::xShmUnmap>::call,
                                            nullptr,
                                            nullptr};
    return &methods;
}
int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    auto* ours = reinterpret_cast<File*>(file);
    *ours = {};
    ours->is_log = (flags & SQLITE_OPEN_WAL) != 0;
    const int code = real_vfs()->xOpen(real_vfs(), name, real_file(file), flags, out_flags);
    if (real_file(file)->pMethods) ours->base.pMethods = our_methods();
    return code;
}

class FailingDisk : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        static sqlite3_vfs vfs = *real_vfs();
        vfs.zName = "failing";
        vfs.szOsFile = static_cast<int>(sizeof(File)) + real_vfs()->szOsFile;
        vfs.xOpen = open_file;
        ASSERT_EQ(sqlite3_vfs_register(&vfs, 1), SQLITE_OK);
        registered = &vfs;
    }
    static void TearDownTestSuite() { sqlite3_vfs_unregister(registered); }
    void SetUp() override {
        store.emplace();
        ana = store->register_person("ana");
        room = store->create_room(ana, "garden");
        post = {{ana, {OutboxId(9), 1}, 1}, room, MessageText::cut("hello"), kNow};
    }
    void TearDown() override { failing = Failing::nothing; }

    // The error of a commit of `post` under this failure.
    store::StorageError commit_fails(Failing how) {
        store::Effects effects;
        EXPECT_TRUE(store->writer->begin());
        EXPECT_TRUE(store->writer->apply(post, effects)->done());
        failing = how;
        const auto committed = store->writer->commit();
        EXPECT_FALSE(committed);
        return committed ? store::StorageError{} : committed.error();
    }
    std::size_t messages() { return store->reader->history(room, HistoryDirection::before, {}, 10)->messages.size(); }

    static inline sqlite3_vfs* registered = nullptr;
    std::optional<OpenStore> store;
    UserId ana;
    RoomId room;
    store::AppendMessage post;
};

TEST_F(FailingDisk, AFailedSyncIsSettledByReopening) {
    EXPECT_TRUE(commit_fails(Failing::next_sync).outcome_unknown);
    const auto last = store->writer->reopen();
    ASSERT_TRUE(last) << last.error().what;
    EXPECT_EQ(messages(), *last == LastCommit::durable ? 1u : 0u) << "what reopen says is what is there";
    EXPECT_EQ(store->apply(post).status, *last == LastCommit::durable ? Status::earlier : Status::committed);
    EXPECT_EQ(messages(), 1u);
}

TEST_F(FailingDisk, WhileSyncsFailNothingIsSettled) {
    EXPECT_TRUE(commit_fails(Failing::every_sync).outcome_unknown);
    for (int i = 0; i < 3; ++i) {
        EXPECT_FALSE(store->writer->reopen());
        EXPECT_FALSE(store->writer->begin()) << "a writer that is not settled writes nothing";
    }
    EXPECT_EQ(messages(), 0u) << "reading goes on";
    failing = Failing::nothing;
    const auto last = store->writer->reopen();
    ASSERT_TRUE(last) << last.error().what;
    EXPECT_TRUE(store->apply(post).done());
    EXPECT_EQ(messages(), 1u);
}

TEST_F(FailingDisk, AFullDiskFailsForSureAndPasses) {
    EXPECT_FALSE(commit_fails(Failing::writes_to_log).outcome_unknown);
    store->writer->rollback();
    EXPECT_EQ(messages(), 0u) << "reading goes on";
    EXPECT_FALSE(commit_fails(Failing::writes_to_log).outcome_unknown);
    failing = Failing::nothing;
    EXPECT_EQ(store->apply(post).status, Status::committed);
    EXPECT_EQ(messages(), 1u);
}

TEST_F(FailingDisk, AllIsThereAfterTheTroubles) {
    EXPECT_TRUE(commit_fails(Failing::next_sync).outcome_unknown);
    ASSERT_TRUE(store->writer->reopen());
    EXPECT_TRUE(store->apply(post).done());
    store->close();
    store->open();
    EXPECT_EQ(messages(), 1u);
    EXPECT_EQ(store->apply(post).status, Status::earlier);
}

}  // namespace
}  // namespace parley::sqlite
