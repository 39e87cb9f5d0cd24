// The store with its threads, on real shards and a real SQLite file.
#include "store/store_thread.hpp"

#include <gmock/gmock.h>

#include <future>
#include <latch>
#include <map>

#include "shard/asio_shards.hpp"
#include "sqlite/sqlite_backend.hpp"
#include "support/temporary_directory.hpp"

namespace parley::store {
namespace {

using shard::ShardId;

constexpr Timestamp kNow{1'700'000'000'000};

// SQLite behind a gate: a test can keep the store thread waiting at its next transaction.
class GatedWriter final : public Writer {
  public:
    GatedWriter(std::unique_ptr<Writer> writer, std::mutex& gate) : writer_(std::move(writer)), gate_(gate) {}
    std::expected<void, StorageError> begin() override {
        const std::lock_guard pass(gate_);
        return writer_->begin();
    }
    std::expected<Outcome, StorageError> apply(const Change& change, Effects& effects) override {
        return writer_->apply(change, effects);
    }
    std::expected<void, StorageError> commit() override { return writer_->commit(); }
    void rollback() override { writer_->rollback(); }
    std::expected<LastCommit, StorageError> reopen() override { return writer_->reopen(); }

  private:
    std::unique_ptr<Writer> writer_;
    std::mutex& gate_;
};

class GatedBackend final : public Backend {
  public:
    explicit GatedBackend(Backend& backend) : backend_(backend) {}
    std::expected<std::unique_ptr<Writer>, StorageError> open_writer() override {
        return std::make_unique<GatedWriter>(backend_.open_writer().value(), gate);
    }
    std::expected<std::unique_ptr<Reader>, StorageError> open_reader() override { return backend_.open_reader(); }
    std::mutex gate;

  private:
    Backend& backend_;
};

// What each shard was told, written and read on that shard's thread, and after the threads have ended.
class Heard final : public CommitListener {
  public:
    explicit Heard(shard::Shards& shards) : shards_(shards), events_(shards.count()) {}
    void on_room_events(ShardId here, RoomId room, std::span<const RoomEvent> events) override {
        shards_.at(here).assert_here();
        EXPECT_EQ(here, shards_.home_of(room));
        auto& known = events_[index_of(here)][room];
        for (const auto& event : events) {
            EXPECT_EQ(event.sequence.value(), known + 1) << "dense, in the order of the commits";
            known = event.sequence.value();
        }
    }
    void on_account_events(ShardId here, UserId user, std::span<const AccountEvent>) override {
        shards_.at(here).assert_here();
        EXPECT_EQ(here, shards_.home_of(user));
    }
    void on_profiles(ShardId here, std::span<const Profile>) override { EXPECT_EQ(here, ShardId{0}); }
    // Only on the room's home.
    std::uint64_t head_of(RoomId room) { return events_[index_of(shards_.home_of(room))][room]; }

  private:
    shard::Shards& shards_;
    std::vector<std::map<RoomId, std::uint64_t>> events_;
};

class StoreThreads : public testing::Test {
  protected:
    void SetUp() override {
        shards.start();
        start({});
    }
    void TearDown() override {
        store.reset();
        shards.stop();
    }
    void start(StoreSettings settings) {
        store.reset();
        auto started = StoreThread::start(gated, shards, heard, {}, settings);
        ASSERT_TRUE(started);
        store = *std::move(started);
    }
    Outcome submit_and_wait(Change change) {
        std::promise<Outcome> answered;
        store->submit(std::move(change), ShardId{0}, [&](const Outcome& outcome) { answered.set_value(outcome); });
        return answered.get_future().get();
    }
    UserId register_person(const char* name) {
        const UserId user(++last_id);
        EXPECT_TRUE(submit_and_wait(
                        RegisterAccount{{OutboxId(user.value()), 1}, user, AccountName::cut(name), "hash", true, kNow})
                        .done());
        return user;
    }
    RoomId create_room(UserId user, const char* name) {
        const RoomId room(++last_id);
        EXPECT_TRUE(
            submit_and_wait(CreateRoom{{user, {OutboxId(user.value()), ++last_id}, 1}, room, RoomName::cut(name), kNow})
                .done());
        return room;
    }
    AppendMessage post(UserId user, RoomId room, std::uint64_t number) {
        return {{user, {OutboxId(7'000 + number / 1'000), number}, number}, room, MessageText::cut("hello"), kNow};
    }

    support::TemporaryDirectory directory;
    std::unique_ptr<sqlite::SqliteBackend> backend = sqlite::SqliteBackend::open(directory.path()).value();
    GatedBackend gated{*backend};
    shard::AsioShards shards{3};
    Heard heard{shards};
    std::unique_ptr<StoreThread> store;
    std::uint64_t last_id = 100;
};

TEST_F(StoreThreads, AnswersOnTheRoomsHomeAfterItsEvents) {
    const auto ana = register_person("ana");
    std::vector<RoomId> rooms;
    for (const char* name : {"a", "b", "c", "d", "e"}) rooms.push_back(create_room(ana, name));
    std::latch answers(500);
    for (std::uint64_t i = 0; i < 500; ++i) {
        const auto room = rooms[i % rooms.size()];
        store->submit(post(ana, room, i + 1), ShardId{2}, [this, room, &answers](const Outcome& outcome) {
            shards.at(shards.home_of(room)).assert_here();
            EXPECT_EQ(outcome.status, Status::committed);
            EXPECT_GE(heard.head_of(room), outcome.result.sequence.value()) << "an acknowledgement overtook its event";
            answers.count_down();
        });
    }
    answers.wait();
}

TEST_F(StoreThreads, WhatWaitsBecomesOneTransaction) {
    const auto ana = register_person("ana");
    const auto room = create_room(ana, "garden");
    const auto before = store->counts().commits.load();
    std::latch answers(301);
    {
        const std::lock_guard closed(gated.gate);
        for (std::uint64_t i = 1; i <= 301; ++i) {
            store->submit(post(ana, room, i), ShardId{0}, [&](const Outcome& outcome) {
                EXPECT_EQ(outcome.status, Status::committed);
                answers.count_down();
            });
        }
    }
    answers.wait();
    EXPECT_LE(store->counts().commits.load() - before, 2u) << "the first may have been taken alone";
    EXPECT_EQ(heard.head_of(room), 303u);
}

TEST_F(StoreThreads, AFullQueueRefusesAndGoesBackToTheRefusedOne) {
    const auto ana = register_person("ana");
    const auto room = create_room(ana, "garden");
    start({.queue = {.entries = 10}});
    std::map<std::uint64_t, Outcome> outcomes;  // on shard 0 until all are there
    std::latch answers(40);
    const auto send = [&](std::uint64_t number, std::latch& done) {
        store->submit(post(ana, room, number), ShardId{0}, [&, number](const Outcome& outcome) {
            shards.post_to(ShardId{0}, [&, number, outcome] {
                outcomes[number] = outcome;
                done.count_down();
            });
        });
    };
    {
        const std::lock_guard closed(gated.gate);
        for (std::uint64_t number = 1; number <= 40; ++number) send(number, answers);
    }
    answers.wait();
    const auto refused =
        std::find_if(outcomes.begin(), outcomes.end(), [](const auto& entry) { return !entry.second.done(); });
    ASSERT_NE(refused, outcomes.end());
    EXPECT_EQ(refused->second.refusal, Refusal::busy);
    for (auto later = std::next(refused); later != outcomes.end(); ++later)
        EXPECT_EQ(later->second.refusal, Refusal::behind_a_refused_one);
    for (auto number = refused->first; number <= 40; ++number) {
        std::latch one(1);
        send(number, one);
        one.wait();
        EXPECT_EQ(outcomes[number].result.ordinal, Ordinal(number)) << "in the order of the outbox";
    }
}

TEST_F(StoreThreads, StoppingCommitsAndAnswersWhatIsQueued) {
    const auto ana = register_person("ana");
    const auto room = create_room(ana, "garden");
    std::latch answers(100);
    for (std::uint64_t i = 1; i <= 100; ++i) {
        store->submit(post(ana, room, i), ShardId{0}, [&](const Outcome& outcome) {
            EXPECT_TRUE(outcome.done());
            answers.count_down();
        });
    }
    store->stop();
    answers.wait();
    EXPECT_EQ(submit_and_wait(post(ana, room, 101)).refusal, Refusal::busy);
    std::promise<bool> read;
    store->read(
        ShardId{1}, [&](Reader& reader) { return reader.room(room); },
        [&](const auto& found) { read.set_value(found.has_value()); });
    EXPECT_FALSE(read.get_future().get()) << "no reader any more";
    start({});
    EXPECT_EQ(submit_and_wait(post(ana, room, 101)).result.ordinal, Ordinal(101));
}

TEST_F(StoreThreads, ReadsOnItsOwnThreadsAndTellsTheAsker) {
    const auto ana = register_person("ana");
    const auto room = create_room(ana, "garden");
    submit_and_wait(post(ana, room, 1));
    const std::lock_guard closed(gated.gate);  // reading does not wait for writing
    std::promise<std::size_t> read;
    store->read(
        ShardId{1}, [&](Reader& reader) { return reader.history(room, HistoryDirection::before, {}, 10); },
        [&](const Reader::Read<HistoryRecord>& found) {
            shards.at(ShardId{1}).assert_here();
            read.set_value(found->messages.size());
        });
    EXPECT_EQ(read.get_future().get(), 1u);
}

TEST_F(StoreThreads, TooManyReadsAreToldSo) {
    start({.reader_threads = 1, .read_queue_entries = 2});
    std::promise<void> begun;
    std::promise<void> may_end;
    auto end = may_end.get_future().share();
    std::latch told(4);
    store->run_query(ShardId{0}, [&](Reader*) -> shard::Task {
        begun.set_value();
        end.wait();
        return [&] { told.count_down(); };
    });
    begun.get_future().wait();
    std::atomic<int> without_reader = 0;
    for (int i = 0; i < 3; ++i) {
        store->run_query(ShardId{0}, [&](Reader* reader) -> shard::Task {
            if (!reader) ++without_reader;
            return [&] { told.count_down(); };
        });
    }
    EXPECT_EQ(without_reader, 1);
    may_end.set_value();
    told.wait();
    EXPECT_EQ(without_reader, 1);
}

}  // namespace
}  // namespace parley::store
