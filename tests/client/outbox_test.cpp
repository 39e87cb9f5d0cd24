#include "scripted_server.hpp"

namespace parley::client {
namespace {

using Server = ScriptedServer;

std::vector<std::uint64_t> numbers(const std::vector<PostText>& posts) {
    std::vector<std::uint64_t> all;
    for (const auto& post : posts) all.push_back(post.op.number);
    return all;
}

std::vector<OpId> post_many(Server& server, std::size_t count) {
    std::vector<OpId> ops;
    for (std::size_t i = 0; i < count; ++i) {
        const auto op = server.client.post(Server::kGeneral, "text " + std::to_string(i));
        EXPECT_TRUE(op.has_value());
        ops.push_back(op.value_or(OpId{}));
    }
    return ops;
}

class OutboxOfAClient : public testing::Test {
  protected:
    OutboxOfAClient() { server_.log_in({Server::summary()}); }
    Server server_;
};

TEST_F(OutboxOfAClient, AtMostAWindowIsUnanswered) {
    const auto ops = post_many(server_, 100);
    EXPECT_EQ(server_.take_sent<PostText>().size(), limits::kUnansweredPerSession);
    server_.say(Server::done(ops[0]));
    const auto more = numbers(server_.take_sent<PostText>());
    EXPECT_EQ(more, (std::vector<std::uint64_t>{ops[64].number}));
}

TEST_F(OutboxOfAClient, IsBounded) {
    post_many(server_, limits::kOutboxEntries);
    EXPECT_EQ(server_.client.post(Server::kGeneral, "one too many"), std::nullopt);
    EXPECT_EQ(server_.client.join_room(RoomId(5)), std::nullopt);
    EXPECT_EQ(server_.client.unsettled_operations(), limits::kOutboxEntries);
}

TEST_F(OutboxOfAClient, EverythingUnsettledIsSentAgainInOrderAfterAReconnect) {
    const auto ops = post_many(server_, 10);
    server_.take_sent<PostText>();
    server_.say(Server::done(ops[0]));
    server_.say(Server::done(ops[3]));
    server_.come_back();
    EXPECT_TRUE(server_.take_sent<PostText>().empty());  // not before Welcome
    server_.say(Server::welcome({Server::summary()}));
    EXPECT_EQ(numbers(server_.take_sent<PostText>()), (std::vector<std::uint64_t>{2, 3, 5, 6, 7, 8, 9, 10}));
}

TEST_F(OutboxOfAClient, PostsMadeOfflineWaitForTheConnection) {
    server_.cut();
    post_many(server_, 3);
    EXPECT_EQ(server_.client.state().pending.size(), 3u);
    EXPECT_TRUE(server_.take_sent<PostText>().empty());
    server_.pass_to_deadline();
    server_.open();
    server_.greet();
    server_.say(Server::welcome({Server::summary()}));
    EXPECT_EQ(numbers(server_.take_sent<PostText>()), (std::vector<std::uint64_t>{1, 2, 3}));
}

TEST_F(OutboxOfAClient, AfterARetryableRefusalItGoesBackToTheRefusedOne) {
    const auto ops = post_many(server_, 5);
    server_.take_sent<PostText>();
    server_.say(Server::done(ops[0]));
    server_.say(Server::refused(ops[1], Refusal::too_fast, 700));
    for (std::size_t i = 2; i < 5; ++i) server_.say(Server::refused(ops[i], Refusal::behind_a_refused_one));
    server_.pass(699);
    EXPECT_TRUE(server_.take_sent<PostText>().empty());
    EXPECT_EQ(server_.client.next_deadline(), server_.now.monotonic_ms + 1);
    server_.pass(1);
    EXPECT_EQ(numbers(server_.take_sent<PostText>()), (std::vector<std::uint64_t>{2}));  // alone
    server_.say(Server::done(ops[1]));
    EXPECT_EQ(numbers(server_.take_sent<PostText>()),
              (std::vector<std::uint64_t>{3, 4}));  // then more with every answer
    server_.say(Server::done(ops[2]));
    EXPECT_EQ(numbers(server_.take_sent<PostText>()), (std::vector<std::uint64_t>{5}));
    EXPECT_EQ(server_.client.state().pending.size(), 2u);
    EXPECT_TRUE(server_.take_notices<OperationRefused>().empty());
}

TEST_F(OutboxOfAClient, WithoutATimeItWaitsWithAGrowingJitter) {
    const auto op = post_many(server_, 1)[0];
    std::int64_t longest = 0;
    for (int i = 0; i < 12; ++i) {
        EXPECT_EQ(server_.take_sent<PostText>().size(), 1u);
        server_.say(Server::refused(op, Refusal::storage_failing));
        const auto due = server_.client.next_deadline();
        ASSERT_TRUE(due);
        longest = std::max(longest, *due - server_.now.monotonic_ms);
        server_.say(Beat{});
        while (server_.sent.empty()) {
            server_.pass_to_deadline();
            server_.say(Beat{});
        }
    }
    EXPECT_GT(longest, 2'000);
    EXPECT_LE(longest, 30'000);
}

TEST_F(OutboxOfAClient, AFinalRefusalFailsTheMessageAndItCanBeRetriedOrDiscarded) {
    const auto ops = post_many(server_, 2);
    server_.take_sent<PostText>();
    server_.say(Server::refused(ops[0], Refusal::not_a_member));
    ASSERT_EQ(server_.take_notices<OperationRefused>().size(), 1u);
    ASSERT_EQ(server_.client.state().pending.size(), 2u);
    EXPECT_EQ(server_.client.state().pending[0].stage, PendingMessage::Stage::failed);
    EXPECT_EQ(server_.client.state().pending[0].refusal, Refusal::not_a_member);
    EXPECT_FALSE(server_.client.discard(ops[1]));  // still on its way
    EXPECT_TRUE(server_.client.retry(ops[0]).has_value());
    const auto again = server_.take_one<PostText>();
    EXPECT_EQ(again.op.number, 3u);
    EXPECT_EQ(again.text.str(), "text 0");
    server_.say(Server::refused(again.op, Refusal::not_a_member));
    EXPECT_TRUE(server_.client.discard(again.op));
    EXPECT_EQ(server_.client.state().pending.size(), 1u);
}

TEST_F(OutboxOfAClient, AnEntryGoesOnItsEventOrItsAnswerWhicheverComesFirst) {
    const auto ops = post_many(server_, 2);
    server_.say(Server::events({Server::posted(1, 1, Server::kAna, ops[0])}));
    EXPECT_EQ(server_.client.unsettled_operations(), 1u);
    const auto first = server_.take_notices<OperationDone>();
    ASSERT_EQ(first.size(), 1u);
    EXPECT_EQ(first[0].sequence, Sequence(1));
    server_.say(Server::done(ops[0], 1, 1));
    EXPECT_TRUE(server_.take_notices<OperationDone>().empty());
    server_.say(Server::done(ops[1], 2, 2));
    EXPECT_EQ(server_.take_notices<OperationDone>().size(), 1u);
    server_.say(Server::events({Server::posted(2, 2, Server::kAna, ops[1])}));
    EXPECT_TRUE(server_.take_notices<OperationDone>().empty());
    EXPECT_TRUE(server_.client.state().pending.empty());
}

TEST_F(OutboxOfAClient, ConfirmsTheContiguousSettledPrefixInSteps) {
    const auto ops = post_many(server_, 40);
    server_.sent.clear();
    for (std::size_t i = 1; i < 40; ++i) server_.say(Server::done(ops[i]));
    EXPECT_TRUE(server_.take_sent<ConfirmResults>().empty());  // the first is still out
    server_.say(Server::done(ops[0]));
    const auto confirmed = server_.take_one<ConfirmResults>();
    EXPECT_EQ(confirmed.outbox, ops[0].outbox);
    EXPECT_EQ(confirmed.through, 40u);
}

TEST_F(OutboxOfAClient, ConfirmsAtOnceWhenTheServerAsks) {
    const auto ops = post_many(server_, 3);
    server_.say(Server::done(ops[0]));
    server_.sent.clear();
    server_.say(Server::refused(ops[1], Refusal::confirm_first, 10));
    EXPECT_EQ(server_.take_one<ConfirmResults>().through, 1u);
    server_.pass(10);
    EXPECT_EQ(numbers(server_.take_sent<PostText>()), (std::vector<std::uint64_t>{2}));
}

// The second sending of an operation was refused for now while its event was on the way: the server waits for an
// operation that never comes again, unless it is told.
TEST_F(OutboxOfAClient, TellsAServerThatWaitsForASettledOneSo) {
    const auto ops = post_many(server_, 2);
    server_.say(Server::events({Server::posted(1, 1, Server::kAna, ops[0])}));
    server_.say(Server::refused(ops[0], Refusal::busy, 10));
    server_.sent.clear();
    server_.say(Server::refused(ops[1], Refusal::behind_a_refused_one, 10));
    EXPECT_EQ(server_.take_one<ConfirmResults>().through, 1u);
    server_.pass(10);
    EXPECT_EQ(numbers(server_.take_sent<PostText>()), (std::vector<std::uint64_t>{2}));
}

TEST_F(OutboxOfAClient, EveryKindOfChangeCarriesARisingOp) {
    EXPECT_EQ(server_.client.join_room(RoomId(5))->number, 1u);
    EXPECT_EQ(server_.client.create_room("den")->number, 2u);
    EXPECT_EQ(server_.client.leave_room(RoomId(5))->number, 3u);
    EXPECT_EQ(server_.client.open_direct_chat(Server::kBo)->number, 4u);
    EXPECT_EQ(server_.client.set_nick("Ana")->number, 5u);
    server_.collect();
    std::vector<std::uint64_t> sent;
    for (const auto& message : server_.sent) sent.push_back(op_of(message)->number);
    EXPECT_EQ(sent, (std::vector<std::uint64_t>{1, 2, 3, 4, 5}));
}

// Against a model of the server's go-back-N: whatever it refuses for now and whenever the connection breaks, everything
// is taken once and in order.
TEST(OutboxProperty, EverythingIsTakenOnceAndInOrder) {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Server server({}, seed);
        server.log_in({Server::summary()});
        std::uint64_t state = seed;
        const auto chance = [&state](std::uint64_t of) {
            return (state = state * 6364136223846793005u + 1442695040888963407u) >> 33 < (1u << 31) / of;
        };
        std::uint64_t taken = 0;    // the last number the server has stored
        bool holding_back = false;  // refused for now: only taken + 1 is welcome
        std::size_t posted = 0;
        for (int step = 0; step < 20'000 && (posted < 300 || server.client.unsettled_operations() != 0); ++step) {
            if (posted < 300 && chance(2)) posted += server.client.post(Server::kGeneral, "x") ? 1u : 0u;
            server.collect();
            const auto sent = std::exchange(server.sent, {});
            for (const auto& message : sent) {
                const auto* post = std::get_if<PostText>(&message);
                if (post == nullptr) continue;
                if (post->op.number <= taken) {
                    server.say(Server::done(post->op, post->op.number, post->op.number));
                } else if (holding_back && post->op.number != taken + 1) {
                    server.say(Server::refused(post->op, Refusal::behind_a_refused_one));
                } else if (chance(10)) {
                    holding_back = true;
                    server.say(Server::refused(post->op, Refusal::busy, 5));
                } else {
                    ASSERT_EQ(post->op.number, taken + 1) << "seed " << seed;
                    holding_back = false;
                    taken = post->op.number;
                    if (!chance(8))
                        server.say(Server::done(post->op, taken, taken));
                    else if (chance(2))
                        server.say(Server::events(
                            {Server::posted(server.general().applied.value() + 1, 1, Server::kAna, post->op)}));
                }
            }
            if (chance(200)) {
                server.come_back();
                server.say(Server::welcome({Server::summary()}));
            } else if (server.sent.empty() && server.client.unsettled_operations() != 0) {
                server.say(Beat{});
                server.pass(10);
                if (chance(20)) {  // an answer was lost: only a new connection brings it
                    server.come_back();
                    server.say(Server::welcome({Server::summary()}));
                }
            }
        }
        EXPECT_EQ(taken, 300u) << "seed " << seed;
        EXPECT_EQ(server.client.unsettled_operations(), 0u) << "seed " << seed;
        EXPECT_TRUE(server.client.state().pending.empty());
    }
}

}  // namespace
}  // namespace parley::client
