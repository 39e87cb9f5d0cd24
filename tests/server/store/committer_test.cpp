// The committer over a database that fails on command, on a seeded single thread: what is told to whom, in which order,
// after a commit that went well, that failed for sure, and of which nobody knows.
#include "store/committer.hpp"

#include <gmock/gmock.h>

#include <deque>
#include <utility>

#include "support/seeded_shards.hpp"

namespace parley::store {
namespace {

using testing::ElementsAre;

// A database of one list: each post of room R gets R's next sequence. It fails where a test says so.
class ListWriter final : public Writer {
  public:
    enum class Step { begin, apply, commit, commit_unknown_but_done, commit_unknown_and_lost, reopen };
    std::deque<Step> failures;  // each fails once, in this order, when its step comes
    std::vector<AppendMessage> durable;
    int commits = 0;
    std::optional<std::uint64_t> confirm_first;  // this number is refused retryably

    std::expected<void, StorageError> begin() override {
        open_ = durable;
        return result(Step::begin, false);
    }
    std::expected<Outcome, StorageError> apply(const Change& change, Effects& effects) override {
        if (const auto failed = result(Step::apply, false); !failed) return std::unexpected(failed.error());
        const auto* post = std::get_if<AppendMessage>(&change);
        if (!post) return Outcome{Status::committed, {}, {}};
        if (post->operation.op.number == confirm_first) return Outcome{Status::retry, Refusal::confirm_first, {}};
        Sequence next(1);
        for (const auto& known : open_) {
            if (known.room != post->room) continue;
            if (known.operation.op == post->operation.op)
                return Outcome{Status::earlier, {}, {{}, post->room, next, {}}};
            next = next.next();
        }
        open_.push_back(*post);
        effects.room_events.push_back(
            {post->room, {next, MessagePosted{{}, post->operation.user, post->operation.op, {}, post->text}}});
        return Outcome{Status::committed, {}, {{}, post->room, next, {}}};
    }
    std::expected<void, StorageError> commit() override {
        if (fails(Step::commit_unknown_but_done))
            durable = open_, last_ = LastCommit::durable;
        else if (fails(Step::commit_unknown_and_lost))
            last_ = LastCommit::lost;
        else
            return certain_commit();
        failures.pop_front();
        return std::unexpected(StorageError{"sync failed", true});
    }
    void rollback() override { open_.clear(); }
    std::expected<LastCommit, StorageError> reopen() override {
        if (const auto failed = result(Step::reopen, true); !failed) return std::unexpected(failed.error());
        return last_;
    }

  private:
    bool fails(Step step) const { return !failures.empty() && failures.front() == step; }
    std::expected<void, StorageError> certain_commit() {
        if (const auto failed = result(Step::commit, false); !failed) return failed;
        durable = open_;
        ++commits;
        return {};
    }
    std::expected<void, StorageError> result(Step step, bool unknown) {
        if (!fails(step)) return {};
        failures.pop_front();
        return std::unexpected(StorageError{"the disk failed", unknown});
    }
    std::vector<AppendMessage> open_;
    LastCommit last_ = LastCommit::lost;
};
using Step = ListWriter::Step;

class Committing : public testing::Test, public CommitListener {
  protected:
    void on_room_events(shard::ShardId here, RoomId room, std::span<const RoomEvent> events) override {
        EXPECT_EQ(here, shards.home_of(room));
        for (const auto& event : events)
            heard.push_back("event " + std::to_string(room.value()) + "/" + std::to_string(event.sequence.value()));
    }
    void on_account_events(shard::ShardId here, UserId user, std::span<const AccountEvent>) override {
        EXPECT_EQ(here, shards.home_of(user));
    }
    void on_profiles(shard::ShardId here, std::span<const Profile>) override { EXPECT_EQ(here, shard::ShardId{0}); }

    void submit(std::uint64_t number, std::uint64_t room = 1, std::uint64_t outbox = 1) {
        QueuedChange change{
            AppendMessage{{UserId(1), {OutboxId(outbox), number}, number}, RoomId(room), MessageText::cut("hello"), {}},
            {},
            {}};
        change.answer = [this, number](const Outcome& outcome) { note(number, outcome); };
        if (const auto refused = queue.push(change)) note(number, {Status::retry, *refused, {}});
    }
    void note(std::uint64_t number, const Outcome& outcome) {
        heard.push_back(std::to_string(number) +
                        (outcome.done() ? " done" : " " + std::string(name_of(outcome.refusal))));
    }
    // One batch of all that waits; what is heard of it.
    std::vector<std::string> commit() {
        goes_on = committer.commit(queue.take(100, std::chrono::milliseconds(0)));
        shards.run_until_idle();
        return std::exchange(heard, {});
    }

    support::SeededShards shards{1, 1};
    std::vector<std::string> heard;
    std::vector<std::string> watched;
    StoreWatch watch{[this](const StorageError&) { watched.push_back("failing"); },
                     [this] { watched.push_back("recovered"); },
                     [this](const StorageError&) { watched.push_back("fatal"); },
                     [this](const StorageError& error) { watched.push_back("damaged: " + error.what); }};
    ListWriter writer;
    ChangeQueue queue{{}};
    Committer committer{writer, queue, shards, *this, watch, {.attempts = 3, .pause = std::chrono::milliseconds(0)}};
    bool goes_on = true;
};

TEST_F(Committing, EventsComeBeforeAnswersInTheOrderOfTheCommit) {
    submit(1, 1);
    submit(2, 2);
    submit(3, 1);
    EXPECT_THAT(commit(), ElementsAre("event 1/1", "event 1/2", "event 2/1", "1 done", "2 done", "3 done"));
    EXPECT_EQ(writer.commits, 1) << "one transaction for all";
    EXPECT_EQ(committer.counts().changes, 3u);
}

TEST_F(Committing, AResendIsAnsweredWithoutAnEvent) {
    submit(1);
    commit();
    submit(1);
    EXPECT_THAT(commit(), ElementsAre("1 done"));
}

class SureFailure : public Committing, public testing::WithParamInterface<Step> {};

TEST_P(SureFailure, RefusesTheBatchAndWhatComesBehindIt) {
    writer.failures = {GetParam()};
    submit(5);
    submit(6);
    EXPECT_THAT(commit(), ElementsAre("5 storage_failing", "6 storage_failing"));
    EXPECT_FALSE(committer.healthy());
    submit(7);
    EXPECT_THAT(commit(), ElementsAre("7 behind_a_refused_one"));
    submit(5);
    submit(6);
    submit(7);
    EXPECT_THAT(commit(), ElementsAre("event 1/1", "event 1/2", "event 1/3", "5 done", "6 done", "7 done"));
    EXPECT_TRUE(committer.healthy());
    EXPECT_THAT(watched, ElementsAre("failing", "recovered"));
}

INSTANTIATE_TEST_SUITE_P(Steps, SureFailure, testing::Values(Step::begin, Step::apply, Step::commit));

TEST_F(Committing, WhatWasQueuedBehindAFailedBatchIsRefusedToo) {
    writer.failures = {Step::commit};
    submit(5);
    auto batch = queue.take(1, {});
    submit(6);
    submit(7, 1, 2);
    ASSERT_TRUE(committer.commit(std::move(batch)));
    EXPECT_THAT(commit(), ElementsAre("5 storage_failing", "event 1/1", "6 behind_a_refused_one", "7 done"))
        << "another outbox is not concerned";
}

TEST_F(Committing, ARefusedOneThatWasQueuedAgainLetsTheOthersGo) {
    writer.failures = {Step::commit};
    submit(5);
    auto batch = queue.take(1, {});
    submit(5);
    submit(6);
    ASSERT_TRUE(committer.commit(std::move(batch)));
    EXPECT_THAT(commit(), ElementsAre("5 storage_failing", "event 1/1", "event 1/2", "5 done", "6 done"));
    submit(7);
    EXPECT_THAT(commit(), ElementsAre("event 1/3", "7 done"));
}

// 6 stood in the queue when 5 was refused, and still does when 5 comes again behind it.
TEST_F(Committing, WhatWasQueuedBeforeARefusedOneCameAgainWaitsForIt) {
    writer.failures = {Step::commit};
    submit(5);
    auto batch = queue.take(1, {});
    submit(6);
    ASSERT_TRUE(committer.commit(std::move(batch)));
    submit(5);
    EXPECT_THAT(commit(), ElementsAre("5 storage_failing", "event 1/1", "6 behind_a_refused_one", "5 done"));
    submit(6);
    EXPECT_THAT(commit(), ElementsAre("event 1/2", "6 done"));
}

TEST_F(Committing, ARetryableRefusalInABatchHoldsTheRestOfItsOutbox) {
    writer.confirm_first = 2;
    submit(1);
    submit(2);
    submit(3);
    EXPECT_THAT(commit(), ElementsAre("event 1/1", "1 done", "2 confirm_first", "3 behind_a_refused_one"));
    writer.confirm_first.reset();
    submit(2);
    submit(3);
    EXPECT_THAT(commit(), ElementsAre("event 1/2", "event 1/3", "2 done", "3 done"));
}

// A reading that fails is counted; damage is told once, and no later success makes up for it.
TEST_F(Committing, DamageThatAReadingFoundStays) {
    committer.note_failed_read({"the disk did not answer", false, false});
    EXPECT_TRUE(committer.healthy());
    committer.note_failed_read({"page 7", false, true});
    committer.note_failed_read({"page 8", false, true});
    submit(1);
    EXPECT_THAT(commit(), ElementsAre("event 1/1", "1 done")) << "what is whole goes on";
    EXPECT_TRUE(committer.commits_succeed());
    EXPECT_FALSE(committer.healthy());
    EXPECT_THAT(watched, ElementsAre("damaged: page 7"));
    EXPECT_EQ(committer.counts().failed_reads, 3u);
}

TEST_F(Committing, AnUnknownCommitThatIsDurableIsPublishedOnce) {
    writer.failures = {Step::commit_unknown_but_done};
    submit(1);
    submit(2);
    EXPECT_THAT(commit(), ElementsAre("event 1/1", "event 1/2", "1 done", "2 done"));
    EXPECT_EQ(writer.durable.size(), 2u);
    EXPECT_TRUE(committer.healthy());
    EXPECT_EQ(committer.counts().unknown_commits, 1u);
    submit(3);
    EXPECT_THAT(commit(), ElementsAre("event 1/3", "3 done"));
}

TEST_F(Committing, AnUnknownCommitThatIsLostIsAppliedAnew) {
    writer.failures = {Step::commit_unknown_and_lost};
    submit(1);
    submit(2);
    EXPECT_THAT(commit(), ElementsAre("event 1/1", "event 1/2", "1 done", "2 done"));
    EXPECT_EQ(writer.durable.size(), 2u);
    EXPECT_THAT(watched, ElementsAre("failing", "recovered"));
}

TEST_F(Committing, SettlingIsTriedAgain) {
    writer.failures = {Step::commit_unknown_and_lost, Step::reopen, Step::commit_unknown_but_done};
    submit(1);
    EXPECT_THAT(commit(), ElementsAre("event 1/1", "1 done"));
    EXPECT_TRUE(goes_on);
    EXPECT_EQ(writer.durable.size(), 1u);
}

TEST_F(Committing, ALostCommitThatThenFailsForSureIsRefused) {
    writer.failures = {Step::commit_unknown_and_lost, Step::begin};
    submit(1);
    EXPECT_THAT(commit(), ElementsAre("1 storage_failing"));
    EXPECT_TRUE(goes_on);
    EXPECT_TRUE(writer.durable.empty());
}

TEST_F(Committing, WhatCannotBeSettledEndsTheStore) {
    writer.failures = {Step::commit_unknown_but_done, Step::reopen, Step::reopen, Step::reopen};
    submit(1);
    EXPECT_THAT(commit(), ElementsAre("1 not_answered"));
    EXPECT_FALSE(goes_on);
    EXPECT_FALSE(committer.healthy());
    EXPECT_THAT(watched, ElementsAre("failing", "fatal"));
    submit(2);
    EXPECT_THAT(heard, ElementsAre("2 storage_failing"));
}

TEST_F(Committing, AProbeTellsThatTheDiskIsBack) {
    writer.failures = {Step::commit, Step::commit};
    submit(1);
    commit();
    EXPECT_TRUE(committer.probe());
    EXPECT_FALSE(committer.healthy());
    EXPECT_TRUE(committer.probe());
    EXPECT_TRUE(committer.healthy());
    EXPECT_THAT(watched, ElementsAre("failing", "recovered"));
}

}  // namespace
}  // namespace parley::store
