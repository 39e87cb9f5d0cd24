// What an earlier run has left is sent by a later one: under its own OpIds, in its order, once.
#include <set>

#include "client/jitter.hpp"
#include "kept_records.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

// A client that wrote these without a connection and is gone; what its host's storage holds.
KeptRecords left_behind(const std::vector<std::string>& texts, std::uint64_t seed = 77) {
    Server server(keeping(), seed);
    KeptRecords records;
    server.log_in({Server::summary()});
    server.cut();
    for (const auto& text : texts) server.client.post(Server::kGeneral, text);
    records.serve(server);
    EXPECT_EQ(records.size(), texts.size());
    return records;
}

SavedOutbox orphan_of(const KeptRecords& records) {
    auto orphans = records.orphans();
    EXPECT_EQ(orphans.size(), 1u);
    return orphans.empty() ? SavedOutbox{} : orphans.front();
}

class AnOrphan : public testing::Test {
  protected:
    void log_in() { server_.log_in({Server::summary()}); }
    OpId post(const std::string& text) {
        const auto op = server_.client.post(Server::kGeneral, text);
        records_.serve(server_);
        return op.value_or(OpId{});
    }
    Server server_{keeping(), 5};
    KeptRecords records_;
};

TEST_F(AnOrphan, IsSentUnderItsOwnOpIdsInItsOrder) {
    log_in();
    auto orphan = orphan_of(left_behind({"one", "two", "three"}));
    std::reverse(orphan.operations.begin(), orphan.operations.end());  // as a storage may give them
    EXPECT_EQ(server_.client.adopt(orphan), Adoption::taken);
    EXPECT_THAT(pending_texts(server_), ElementsAre("one", "two", "three"));
    const auto sent = server_.take_sent<PostText>();
    EXPECT_THAT(texts_of(sent), ElementsAre("one", "two", "three"));
    for (std::size_t i = 0; i < sent.size(); ++i) EXPECT_EQ(sent[i].op, (OpId{orphan.id, i + 1}));
    EXPECT_THAT(server_.keeps, IsEmpty());  // it is kept already
}

TEST_F(AnOrphan, IsReleasedWhenItIsSettledAndForgottenAndAllItsResultsAreConfirmed) {
    log_in();
    const auto orphan = orphan_of(left_behind({"one", "two"}));
    ASSERT_EQ(server_.client.adopt(orphan), Adoption::taken);
    server_.say(Server::done({orphan.id, 1}, 1, 1));
    server_.say(Server::done({orphan.id, 2}, 2, 2));
    EXPECT_THAT(server_.released, IsEmpty());
    EXPECT_THAT(server_.forgets, ElementsAre(OpId{orphan.id, 1}, OpId{orphan.id, 2}));
    records_.serve(server_);
    EXPECT_THAT(server_.released, ElementsAre(orphan.id));
    const auto confirmed = server_.take_sent<ConfirmResults>();
    ASSERT_THAT(confirmed, SizeIs(1));
    EXPECT_EQ(confirmed[0].outbox, orphan.id);
    EXPECT_EQ(confirmed[0].through, 2u);
    EXPECT_THAT(pending_texts(server_), IsEmpty());
    server_.say(Server::done({orphan.id, 2}, 2, 2));  // the event came too: nobody's any more
    EXPECT_THAT(server_.take_notices<OperationDone>(), SizeIs(2));
}

TEST_F(AnOrphan, GoesBeforeWhatItsAdopterWritesFromThenOn) {
    log_in();
    const auto orphan = orphan_of(left_behind({"one", "two"}));
    ASSERT_EQ(server_.client.adopt(orphan), Adoption::taken);
    server_.take_sent<PostText>();
    post("three");
    EXPECT_THAT(pending_texts(server_), ElementsAre("one", "two", "three"));
    EXPECT_THAT(server_.take_sent<PostText>(), IsEmpty());
    server_.say(Server::done({orphan.id, 1}, 1, 1));
    EXPECT_THAT(server_.take_sent<PostText>(), IsEmpty());
    server_.say(Server::done({orphan.id, 2}, 2, 2));
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("three"));
}

TEST_F(AnOrphan, GoesBackToTheRefusedOne) {
    log_in();
    const auto orphan = orphan_of(left_behind({"one", "two", "three"}));
    ASSERT_EQ(server_.client.adopt(orphan), Adoption::taken);
    server_.take_sent<PostText>();
    server_.say(Server::done({orphan.id, 1}, 1, 1));
    server_.say(Server::refused({orphan.id, 2}, Refusal::too_fast, 500));
    server_.say(Server::refused({orphan.id, 3}, Refusal::behind_a_refused_one));
    post("mine");
    EXPECT_THAT(server_.take_sent<PostText>(), IsEmpty());
    server_.pass(500);
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("two"));
    server_.say(Server::done({orphan.id, 2}, 2, 2));
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("three"));
    server_.say(Server::done({orphan.id, 3}, 3, 3));
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("mine"));
}

TEST_F(AnOrphan, IsSentAgainWholeAfterAReconnect) {
    log_in();
    const auto orphan = orphan_of(left_behind({"one", "two"}));
    ASSERT_EQ(server_.client.adopt(orphan), Adoption::taken);
    post("mine");
    server_.take_sent<PostText>();
    server_.say(Server::done({orphan.id, 1}, 1, 1));
    records_.serve(server_);
    server_.come_back();
    server_.say(Server::welcome({Server::summary()}));
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("two"));
}

TEST_F(AnOrphan, OfSomebodyElseIsNotTaken) {
    log_in();
    auto orphan = orphan_of(left_behind({"one"}));
    orphan.operations[0].owner = Server::kBo;
    EXPECT_EQ(server_.client.adopt(orphan), Adoption::not_hers);
    EXPECT_THAT(server_.take_sent<PostText>(), IsEmpty());
    EXPECT_THAT(server_.client.state().pending, IsEmpty());
}

TEST_F(AnOrphan, WaitsUntilItIsKnownWhoIsLoggedIn) {
    const auto orphan = orphan_of(left_behind({"one"}));
    EXPECT_EQ(server_.client.adopt(orphan), Adoption::not_now);
    log_in();
    EXPECT_EQ(server_.client.adopt(orphan), Adoption::taken);
    EXPECT_EQ(server_.client.adopt(orphan), Adoption::taken);  // once is enough
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("one"));
}

TEST_F(AnOrphan, WithNothingInItIsReleasedAtOnce) {
    log_in();
    EXPECT_EQ(server_.client.adopt(SavedOutbox{OutboxId(9), {}}), Adoption::taken);
    server_.collect();
    EXPECT_THAT(server_.released, ElementsAre(OutboxId(9)));
}

TEST_F(AnOrphan, KeepsItsFailedMessagesWhichAreRetriedFromTheAdoptersOutbox) {
    Server before(keeping(), 77);
    KeptRecords records;
    before.log_in({Server::summary()});
    const auto failed = before.client.post(Server::kGeneral, "refused");
    const auto waits = before.client.post(Server::kGeneral, "not answered");
    ASSERT_TRUE(failed && waits);
    records.serve(before);
    before.say(Server::refused(*failed, Refusal::not_a_member));
    records.serve(before);

    log_in();
    ASSERT_EQ(server_.client.adopt(orphan_of(records)), Adoption::taken);
    EXPECT_THAT(pending_texts(server_), ElementsAre("refused", "not answered"));
    EXPECT_EQ(server_.client.state().pending[0].stage, PendingMessage::Stage::failed);
    EXPECT_EQ(server_.client.state().pending[0].refusal, Refusal::not_a_member);
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("not answered"));
    server_.say(Server::done(*waits, 1, 1));
    records.serve(server_);
    EXPECT_THAT(server_.released, IsEmpty());  // another must not show the failed one too
    const auto again = server_.client.retry(*failed);
    ASSERT_TRUE(again);
    EXPECT_NE(again->outbox, failed->outbox);
    records.serve(server_);
    EXPECT_THAT(server_.released, ElementsAre(failed->outbox));
    EXPECT_EQ(server_.take_sent<PostText>().at(0).op, *again);
    EXPECT_FALSE(records.holds(*failed));
}

TEST_F(AnOrphan, SeveralAreSentInTheOrderOfTheirAdoption) {
    log_in();
    const auto first = orphan_of(left_behind({"one", "two"}, 77));
    const auto second = orphan_of(left_behind({"three"}, 78));
    ASSERT_NE(first.id, second.id);
    ASSERT_EQ(server_.client.adopt(first), Adoption::taken);
    ASSERT_EQ(server_.client.adopt(second), Adoption::taken);
    post("four");
    EXPECT_THAT(pending_texts(server_), ElementsAre("one", "two", "three", "four"));
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("one", "two"));
    server_.say(Server::done({first.id, 1}, 1, 1));
    server_.say(Server::done({first.id, 2}, 2, 2));
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("three"));
    server_.say(Server::done({second.id, 1}, 3, 3));
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("four"));
}

TEST_F(AnOrphan, ThatWasBegunEarlierGoesFirstThoughItIsAdoptedLater) {
    log_in();
    server_.cut();
    auto first = orphan_of(left_behind({"one", "two"}, 77));
    auto second = orphan_of(left_behind({"three"}, 78));
    first.place = 1;
    second.place = 3;
    ASSERT_EQ(server_.client.adopt(second), Adoption::taken);
    ASSERT_EQ(server_.client.adopt(first), Adoption::taken);
    post("four");
    EXPECT_THAT(pending_texts(server_), ElementsAre("one", "two", "three", "four"));
    server_.pass_to_deadline();
    server_.open();
    server_.greet();
    server_.say(Server::welcome({Server::summary()}));
    EXPECT_THAT(texts_of(server_.take_sent<PostText>()), ElementsAre("one", "two"));
}

// Ordered by the times of writing, a clock that was an hour ahead put the older words behind the newer ones.
TEST_F(AnOrphan, GoesInTheOrderOfWritingWhateverTheClockShowed) {
    log_in();
    server_.cut();
    auto first = orphan_of(left_behind({"one", "two"}, 77));
    auto second = orphan_of(left_behind({"three"}, 78));
    first.place = 1;
    for (auto& operation : first.operations) operation.written.milliseconds = 3'600'000;
    second.place = 3;
    for (auto& operation : second.operations) operation.written.milliseconds = 60'000;
    ASSERT_EQ(server_.client.adopt(first), Adoption::taken);
    ASSERT_EQ(server_.client.adopt(second), Adoption::taken);
    EXPECT_THAT(pending_texts(server_), ElementsAre("one", "two", "three"));
}

TEST_F(AnOrphan, IsRefusedForNowBeyondTheBoundAndTakenLater) {
    log_in();
    const auto of = [](std::uint64_t outbox) {
        SavedOutbox orphan{OutboxId(outbox), {}};
        for (std::uint64_t number = 1; number <= limits::kOutboxEntries; ++number) {
            const OpId op{orphan.id, number};
            orphan.operations.push_back(
                SavedOperation{Server::kAna, {}, std::nullopt, PostText{op, Server::kGeneral, MessageText::cut("x")}});
        }
        return orphan;
    };
    constexpr auto kFit = limits::kAdoptedOperations / limits::kOutboxEntries;
    for (std::uint64_t i = 1; i <= kFit; ++i) EXPECT_EQ(server_.client.adopt(of(i)), Adoption::taken);
    EXPECT_EQ(server_.client.adopt(of(kFit + 1)), Adoption::not_now);
    for (std::uint64_t number = 1; number <= limits::kOutboxEntries; ++number)
        server_.say(Server::done({OutboxId(1), number}, number, number));
    records_.serve(server_);
    EXPECT_THAT(server_.released, ElementsAre(OutboxId(1)));
    EXPECT_EQ(server_.client.adopt(of(kFit + 1)), Adoption::taken);
}

TEST_F(AnOrphan, OfAnOtherTabIsGivenUpOnSigningOut) {
    log_in();
    const auto orphan = orphan_of(left_behind({"one"}));
    ASSERT_EQ(server_.client.adopt(orphan), Adoption::taken);
    server_.client.log_out();
    server_.collect();
    EXPECT_THAT(server_.released, ElementsAre(orphan.id));
    EXPECT_EQ(server_.client.unsettled_operations(), 0u);
}

// A tab that is reloaded at any moment, against a server that dedups: nothing lost, nothing doubled, in order. A
// restart is a new client with a new outbox that adopts what the storage holds; an unanswered write may or may not be
// there.
TEST(OutboxProperty, NothingIsLostOrDoubledThroughRestarts) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Dice dice(seed);
        KeptRecords records;
        std::map<OpId, std::string> stored;  // the server's, by OpId
        std::vector<std::string> order;
        std::set<std::string> promised;  // shown as pending
        auto server = std::make_unique<Server>(keeping(), seed);
        server->log_in({Server::summary()});
        std::size_t posted = 0;
        const auto post_through = [&](bool everything) {
            server->collect();
            for (const auto& message : std::exchange(server->sent, {})) {
                const auto* post = std::get_if<PostText>(&message);
                if (post == nullptr) continue;
                if (stored.emplace(post->op, post->text.str()).second) order.push_back(post->text.str());
                if (everything || dice.up_to(2) != 0) server->say(Server::done(post->op, order.size(), order.size()));
            }
        };
        for (int step = 0; step < 400; ++step) {
            switch (dice.up_to(9)) {
                case 0: {  // killed: of the writes under way some are there
                    server->collect();
                    for (const auto& keep : server->keeps)
                        if (dice.up_to(1) == 0) records.write(keep);
                    server = std::make_unique<Server>(keeping(), seed * 1'000 + static_cast<std::uint64_t>(step));
                    server->log_in({Server::summary()});
                    auto orphans = records.orphans();
                    std::sort(orphans.begin(), orphans.end(),
                              [](const SavedOutbox& a, const SavedOutbox& b) { return a.place < b.place; });
                    for (const auto& orphan : orphans) ASSERT_EQ(server->client.adopt(orphan), Adoption::taken);
                    break;
                }
                case 1:
                    server->come_back();
                    server->say(Server::welcome({Server::summary()}));
                    break;
                case 2:
                case 3:
                    post_through(false);
                    break;
                default: {
                    // Whoever sets the clock, and however: it orders nothing.
                    server->now.wall.milliseconds = 1'700'000'000'000 + dice.up_to(999'999);
                    server->say(Beat{});
                    server->client.post(Server::kGeneral, std::to_string(++posted));
                    if (dice.up_to(3) != 0) records.serve(*server);
                    for (const auto& text : pending_texts(*server)) promised.insert(text);
                }
            }
        }
        for (int i = 0; i < 50 && (server->client.unsettled_operations() != 0 || records.size() != 0); ++i) {
            records.serve(*server);
            server->come_back();
            server->say(Server::welcome({Server::summary()}));
            post_through(true);
        }
        EXPECT_EQ(server->client.unsettled_operations(), 0u) << "seed " << seed;
        EXPECT_EQ(records.size(), 0u) << "seed " << seed;
        EXPECT_EQ(stored.size(), order.size());
        const std::set<std::string> arrived(order.begin(), order.end());
        for (const auto& text : promised) EXPECT_EQ(arrived.count(text), 1u) << text << " is lost, seed " << seed;
        std::vector<int> numbers;
        for (const auto& text : order) numbers.push_back(std::stoi(text));
        EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end())) << "seed " << seed;
        EXPECT_EQ(std::adjacent_find(numbers.begin(), numbers.end()), numbers.end()) << "doubled, seed " << seed;
    }
}

}  // namespace
}  // namespace parley::client
